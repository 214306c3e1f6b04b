"""The kinds of rule that Torc's mapping of KDL is made of (Torc 1.0.0, workflow_spec.rs:4593-5856).

A rule takes of a node what Torc takes; what Torc passes over becomes a note, what it refuses a ParseError.
"""

from __future__ import annotations

from torclint.record import TYPE_CHECKING
from torclint.syntax.kdl_fields import (
    Fields,
    Table,
    mapping,
    note_block,
    note_entries,
    note_key,
    note_rest,
    note_type,
    scalar,
)
from torclint.syntax.node import Node, Sequence

if TYPE_CHECKING:
    from torclint.syntax.kdl_fields import Rule
    from torclint.syntax.kdl_tree import Entry, KdlNode


def one(wanted: type) -> Rule:
    """The first entry, if it is of the type `wanted`; the last such node wins."""

    def rule(fields: Fields, node: KdlNode) -> None:
        entry = _first(fields, node, wanted)
        if entry is not None:
            fields.set(node.name, node, scalar(fields.source, entry))

    return rule


def each(field: str) -> Rule:
    """The first entry, a string, as one more item of the list `field`."""

    def rule(fields: Fields, node: KdlNode) -> None:
        entry = _first(fields, node, str)
        if entry is not None:
            fields.append(field, node, scalar(fields.source, entry))

    return rule


def every(field: str) -> Rule:
    """All entries that are strings, as more items of the list `field`."""

    def rule(fields: Fields, node: KdlNode) -> None:
        for entry in _all(fields, node, str):
            fields.append(field, node, scalar(fields.source, entry))

    return rule


def whole(wanted: type) -> Rule:
    """All entries of the type `wanted` as the list; the last node that has any wins."""

    def rule(fields: Fields, node: KdlNode) -> None:
        entries = _all(fields, node, wanted)
        if entries:
            _set_list(fields, node, entries)

    return rule


def strict_strings(refusal: str) -> Rule:
    """All entries as the list, which may be empty; anything but a string is refused."""

    def rule(fields: Fields, node: KdlNode) -> None:
        for entry in node.entries:
            if type(entry.value) is not str:
                raise fields.source.refuse(refusal, entry.start)
        _set_list(fields, node, node.entries)
        note_block(fields.source, node)

    return rule


def texts(label: str) -> Rule:
    """A block of `key "text"`; any other value is refused, and an empty block is as good as none."""

    def rule(fields: Fields, node: KdlNode) -> None:
        source = fields.source
        note_entries(source, node, 0)
        block = Fields(source)
        for child in node.children or []:
            if not child.entries or type(child.entries[0].value) is not str:
                raise source.refuse(f"{label} '{child.name}' must have a string value", child.start)
            block.set(child.name, child, scalar(source, child.entries[0]))
            note_rest(source, child)
        if block.entries:
            fields.set(node.name, node, mapping(block, node))
        else:
            source.note(node.start, node.end, "empty-block", f"an empty {node.name} is ignored")

    return rule


def block(table: Table) -> Rule:
    """A block with children of its own."""

    def rule(fields: Fields, node: KdlNode) -> None:
        note_entries(fields.source, node, 0)
        inner = Fields(fields.source)
        inner.read(node.children or [], table)
        fields.set(node.name, node, mapping(inner, node))

    return rule


def values() -> Rule:
    """A block of `key value` with any key; strings, integers and booleans are taken."""

    def rule(fields: Fields, node: KdlNode) -> None:
        note_entries(fields.source, node, 0)
        inner = Fields(fields.source)
        for child in node.children or []:
            entry = _first(inner, child, str, int, bool)
            if entry is not None:
                inner.set(child.name, child, scalar(fields.source, entry))
        fields.set(node.name, node, mapping(inner, node))

    return rule


def item(field: str, table: Table, begin: Rule, finish: Rule | None = None) -> Rule:
    """A block that is one more item of the list `field`: `begin` takes its entries, `finish` sees it complete."""

    def rule(fields: Fields, node: KdlNode) -> None:
        inner = Fields(fields.source)
        begin(inner, node)
        inner.read(node.children or [], table)
        if finish is not None:
            finish(inner, node)
        fields.append(field, node, mapping(inner, node))

    return rule


def checked_later(wanted: type) -> Rule:
    """A child that the end of its item looks for; here only what is passed over is told."""

    def rule(fields: Fields, node: KdlNode) -> None:
        _first(fields, node, wanted)

    return rule


def _first(fields: Fields, node: KdlNode, *types: type) -> Entry | None:
    source = fields.source
    if not node.entries:
        source.note(node.start, node.end, "no-value", f"{node.name} without a value is ignored")
        note_block(source, node)
        return None
    entry = node.entries[0]
    note_rest(source, node)
    if type(entry.value) in types:
        note_key(source, entry)
        return entry
    note_type(source, node, entry, *types)
    return None


def _all(fields: Fields, node: KdlNode, wanted: type) -> list[Entry]:
    for entry in node.entries:
        if type(entry.value) is not wanted:
            note_type(fields.source, node, entry, wanted)
    note_block(fields.source, node)
    return [entry for entry in node.entries if type(entry.value) is wanted]


def _set_list(fields: Fields, node: KdlNode, entries: list[Entry]) -> None:
    items: list[Node] = [scalar(fields.source, entry) for entry in entries]
    start, end = (items[0].start, items[-1].end) if items else (node.end, node.end)
    fields.set(node.name, node, Sequence(items, start, end, False))
