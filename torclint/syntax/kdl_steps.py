"""How an item of a list in KDL begins and ends: its name, its properties, and what it must have.

Torc 1.0.0, workflow_spec.rs:4593-5856.
"""

from __future__ import annotations

from torclint.record import TYPE_CHECKING
from torclint.syntax.json import parse as parse_json
from torclint.syntax.kdl_fields import Fields, note_entries, note_extra, note_key, note_type, scalar
from torclint.syntax.node import Mapping, Node, ParseError, Scalar, Sequence

if TYPE_CHECKING:
    from torclint.syntax.kdl_fields import Rule
    from torclint.syntax.kdl_tree import KdlNode


def no_entries(fields: Fields, node: KdlNode) -> None:
    """The start of an item that has no name."""
    note_entries(fields.source, node, 0)


def optional_name(fields: Fields, node: KdlNode) -> None:
    """The start of an item whose first entry is its name, if it is a string."""
    if not node.entries:
        return
    entry = node.entries[0]
    if type(entry.value) is str:
        note_key(fields.source, entry)
        fields.set("name", node, scalar(fields.source, entry))
    else:
        note_type(fields.source, node, entry, str)
    note_entries(fields.source, node, 1)


def name(fields: Fields, node: KdlNode) -> None:
    """The start of an item whose first entry must be its name, whether an argument or a property."""
    if not node.entries or type(node.entries[0].value) is not str:
        raise fields.source.refuse(f"{node.name} must have a name", node.start)
    optional_name(fields, node)


def name_and(*properties: str) -> Rule:
    """As `name`, and the last property of each of the names given, if it is a string."""

    def begin(fields: Fields, node: KdlNode) -> None:
        source = fields.source
        if not node.entries or type(node.entries[0].value) is not str:
            raise source.refuse(f"{node.name} must have a name", node.start)
        fields.set("name", node, scalar(source, node.entries[0]))
        if node.entries[0].key not in properties:
            note_key(source, node.entries[0])
        last = {entry.key: entry for entry in node.entries if entry.key is not None and entry.key in properties}
        for key in properties:
            entry = last.get(key)
            if entry is None:
                continue
            if type(entry.value) is str:
                written = Scalar(key, entry.key_start, entry.key_end)
                fields.entries.append((written, scalar(source, entry)))
            else:
                note_type(source, node, entry, str)
        for entry in node.entries[1:]:
            if entry.key is None or last.get(entry.key) is not entry:
                note_extra(source, node, entry)

    return begin


def last_json(field: str) -> Rule:
    """The end of an item that must have a child `field` with a string of JSON, of which the last counts."""

    def finish(fields: Fields, node: KdlNode) -> None:
        source = fields.source
        written = [child for child in node.children or [] if child.name == field]
        if not written or not written[-1].entries or type(written[-1].entries[0].value) is not str:
            raise source.refuse(f"{node.name} must have a {field} property", node.start)
        entry = written[-1].entries[0]
        try:
            root = parse_json(str(entry.value)).root
        except ParseError as error:
            raise source.refuse(f"the JSON in this string, {error}", entry.start) from None
        _place(root, entry.start, entry.end)
        fields.set(field, written[-1], root)

    return finish


def needs(field: str) -> Rule:
    """The end of an item that is refused without `field`."""

    def finish(fields: Fields, node: KdlNode) -> None:
        if all(key.value != field for key, _ in fields.entries):
            raise fields.source.refuse(f"{node.name} must have a {field} property", node.start)

    return finish


def always_list(field: str) -> Rule:
    """The end of an item that has the list `field` even where nothing is in it."""

    def finish(fields: Fields, node: KdlNode) -> None:
        if field not in fields.lists:
            fields.set(field, node, Sequence([], node.end, node.end, False))

    return finish


def _place(root: Node, start: int, end: int) -> None:
    """Give all nodes of `root` one span: they come from one string."""
    pending = [root]
    while pending:
        node = pending.pop()
        node.start, node.end = start, end
        if isinstance(node, Sequence):
            pending += node.items
        elif isinstance(node, Mapping):
            for key, value in node.entries:
                pending += (key, value)
