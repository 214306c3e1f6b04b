"""Anchors of a YAML text that edits take away, although something else is written as an alias of them."""

from __future__ import annotations

import re

from torclint.record import TYPE_CHECKING, Record
from torclint.syntax.insertion.places import BLANKS, comments_within
from torclint.syntax.insertion.style import CannotEdit, Style, body_of
from torclint.syntax.node import Mapping, Scalar, Sequence
from torclint.syntax.yaml_properties import anchor_of, anchor_place, body_start
from torclint.text.edits import Edit

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from torclint.syntax.node import Document, Node

_LIKE_AN_ANCHOR = re.compile(r"&[A-Za-z0-9_-]")


class _Anchor(Record):
    """The nodes that have an anchor of one name, and its aliases in the order of the text, with the field they stand in."""

    defined: list[Node]
    used: list[tuple[int, Node, str]]


def with_anchors(document: Document, edits: Iterable[Edit], fields: Container[str]) -> list[Edit]:
    """The edits, and what keeps aliases right: an anchor whose value goes, or becomes another, moves to the first alias.

    Raises CannotEdit where that is no string, number or the like, or stands somewhere else than in the lists `fields`.
    """
    made = list(edits)
    if document.format != "yaml" or _LIKE_AN_ANCHOR.search(document.text) is None:
        return made
    anchors = _anchors(document)
    for name, anchor in anchors.items():
        for node in anchor.defined:
            if not _is_lost(document, node, made):
                continue
            left = [(use, field) for start, use, field in anchor.used if not _is_covered(start, made)]
            if left:
                use, field = left[0]
                if field not in fields or not isinstance(node, Scalar):
                    raise CannotEdit(f"the anchor `&{name}` would go, and is used elsewhere")
                if any(len(each.defined) > 1 for each in anchors.values()):
                    # serde_yaml numbers anchors by how many names there are, so that an alias could mean another one
                    raise CannotEdit(f"`&{name}` is used elsewhere, and cannot move where an anchor is defined twice")
                made += _moved(document, name, node, use, made)
    return made


def _is_lost(document: Document, node: Node, edits: list[Edit]) -> bool:
    if _is_covered(node.start, edits):
        return True
    return isinstance(node, Scalar) and _is_covered(body_start(document.text, node.start, node.end), edits)


def _is_covered(offset: int, edits: list[Edit]) -> bool:
    return any(edit.start <= offset < edit.end for edit in edits)


def _moved(document: Document, name: str, node: Scalar, use: Node, edits: list[Edit]) -> list[Edit]:
    text = document.text
    body = body_of(document, node)
    if not isinstance(node.value, str) and "\n" in body:
        raise CannotEdit(f"the value of the anchor `&{name}` is written over several lines")
    value = Style("yaml", '"').string(node.value) if isinstance(node.value, str) else body
    moved = [Edit(use.start, use.end, f"&{name} {value}".rstrip())]
    if _is_covered(node.start, edits):
        return moved
    start, end = anchor_place(text, node.start)
    if comments_within(document, node.start, node.end - len(body)):
        raise CannotEdit(f"a comment stands behind the anchor `&{name}`")
    while text[end : end + 1] and text[end] in BLANKS:
        end += 1
    return [*moved, Edit(start, end, "")]


def _anchors(document: Document) -> dict[str, _Anchor]:
    text = document.text
    anchors: dict[str, _Anchor] = {}
    pending: list[tuple[Node, str]] = [(document.root, "")]
    while pending:
        node, field = pending.pop()
        if node.alias:
            anchors.setdefault(text[node.start + 1 : node.end], _Anchor([], [])).used.append((node.start, node, field))
            continue
        name = anchor_of(text, node.start)
        if name and not _is_of_first_key(node):
            anchors.setdefault(name, _Anchor([], [])).defined.append(node)
        if isinstance(node, Sequence):
            pending.extend((item, field) for item in node.items)
        elif isinstance(node, Mapping):
            for key, value in node.entries:
                pending += ((key, ""), (value, str(key.value)))
    for anchor in anchors.values():
        anchor.used.sort(key=lambda use: use[0])
    return anchors


def _is_of_first_key(node: Node) -> bool:
    """Whether the anchor at the start of `node` is that of its first key: a block mapping starts where that does."""
    return isinstance(node, Mapping) and bool(node.entries) and node.entries[0][0].start == node.start
