"""What would be lost if a piece of a YAML text went: an anchor in it that is used elsewhere."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING, Record
from torclint.syntax.insertion.style import CannotEdit
from torclint.syntax.node import Mapping, Sequence
from torclint.syntax.yaml_properties import anchor_of

if TYPE_CHECKING:
    from torclint.syntax.node import Document, Node


class _Anchors(Record):
    """Where each anchor name is defined, and where it is used, as offsets in the text."""

    defined: dict[str, set[int]]
    used: dict[str, set[int]]


def keep_anchors(document: Document, gone: list[tuple[int, int]]) -> None:
    """Raise CannotEdit if text[start:end] of `gone` defines an anchor that is used in what stays."""
    text = document.text
    if document.format != "yaml" or not any("&" in text[start:end] for start, end in gone):
        return

    def is_gone(offset: int) -> bool:
        return any(start <= offset < end for start, end in gone)

    anchors = _anchors(document)
    for name, places in anchors.defined.items():
        if not any(map(is_gone, places)):
            continue
        if not all(map(is_gone, anchors.used.get(name, ()))):
            raise CannotEdit(f"the anchor `&{name}` on what is to be removed is used elsewhere")
        if any(len(each) > 1 for each in anchors.defined.values()):
            # serde_yaml numbers anchors by how many names there are: with one less, an alias may mean another one
            raise CannotEdit(
                f"an anchor is defined twice, so that removing `&{name}` could change what others stand for"
            )


def _anchors(document: Document) -> _Anchors:
    text = document.text
    anchors = _Anchors({}, {})
    pending: list[Node] = [document.root]
    while pending:
        node = pending.pop()
        if node.alias:
            anchors.used.setdefault(text[node.start + 1 : node.end], set()).add(node.start)
            continue
        name = anchor_of(text, node.start)
        if name:  # a block mapping starts where its first key does: the same anchor
            anchors.defined.setdefault(name, set()).add(node.start)
        if isinstance(node, Sequence):
            pending.extend(node.items)
        elif isinstance(node, Mapping):
            for pair in node.entries:
                pending.extend(pair)
    return anchors
