"""A mapping in the making: what Torc takes of KDL nodes becomes its fields, what it passes over becomes notes."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING, Record
from torclint.syntax.node import Mapping, Node, Note, ParseError, Scalar, Sequence, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from torclint.syntax.kdl_tree import Entry, KdlNode

    Rule = Callable[["Fields", KdlNode], None]

_TYPE_NAMES = {str: "a string", int: "an integer", bool: "a boolean"}


class Table(Record):
    """The children that Torc looks for in a block, and the fields of the spec that have no place in KDL."""

    rules: dict[str, Rule]
    not_in_kdl: frozenset[str] = frozenset()


class RefusedNode(ParseError):
    """A node of which Torc cannot make a part of a spec."""


class Source:
    """The text that is read, and what was passed over in it so far."""

    __slots__ = ("notes", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.notes: list[Note] = []

    def note(self, start: int, end: int, kind: str, text: str) -> None:
        self.notes.append(Note(Span(start, end), kind, text))

    def refuse(self, message: str, offset: int) -> RefusedNode:
        return RefusedNode(message, self.text, offset)


class Fields:
    """A mapping that is being filled; `lists` are its fields that grow by one node after the other."""

    __slots__ = ("entries", "lists", "source")

    def __init__(self, source: Source) -> None:
        self.source = source
        self.entries: list[tuple[Scalar, Node]] = []
        self.lists: dict[str, Sequence] = {}

    def set(self, name: str, node: KdlNode, value: Node) -> None:
        self.entries.append((Scalar(name, node.name_start, node.name_end), value))

    def append(self, name: str, node: KdlNode, item: Node) -> None:
        known = self.lists.get(name)
        if known is None:
            known = self.lists[name] = Sequence([], item.start, item.end, False)
            self.set(name, node, known)
        known.items.append(item)
        known.end = item.end

    def read(self, children: Iterable[KdlNode], table: Table) -> None:
        """Take over what `table` knows of `children`."""
        rules = table.rules
        for child in children:
            rule = rules.get(child.name)
            if rule is not None:
                rule(self, child)
            elif child.name in table.not_in_kdl:
                self._pass_over(child, "not-in-kdl", f"{child.name} cannot be written in KDL; Torc ignores it")
            else:
                self._pass_over(child, "unknown-node", f"Torc does not know {child.name!r} here and ignores it")

    def _pass_over(self, child: KdlNode, kind: str, text: str) -> None:
        self.source.note(child.name_start, child.name_end, kind, text)


def scalar(source: Source, entry: Entry) -> Scalar:
    value = entry.value
    if type(value) is int and not -(2**63) <= value < 2**63:
        value = (value + 2**63) % 2**64 - 2**63  # `as i64`
        source.note(entry.start, entry.end, "wrapped-integer", f"Torc takes this number for {value}")
    return Scalar(value, entry.start, entry.end)


def mapping(fields: Fields, node: KdlNode) -> Mapping:
    return Mapping(fields.entries, node.start, node.end, False)


def note_rest(source: Source, node: KdlNode) -> None:
    """Torc takes one entry of this node: the others and a block are passed over."""
    if len(node.entries) > 1:
        note_entries(source, node, 1)
    if node.children is not None:
        note_block(source, node)


def note_entries(source: Source, node: KdlNode, first: int) -> None:
    for entry in node.entries[first:]:
        note_extra(source, node, entry)


def note_extra(source: Source, node: KdlNode, entry: Entry) -> None:
    start = entry.start if entry.key is None else entry.key_start
    source.note(start, entry.end, "extra-argument", f"Torc ignores this value of {node.name}")


def note_block(source: Source, node: KdlNode) -> None:
    if node.children:
        child = node.children[0]
        source.note(child.start, node.children[-1].end, "unknown-node", f"Torc ignores the block of {node.name}")


def note_type(source: Source, node: KdlNode, entry: Entry, *types: type) -> None:
    expected = " or ".join(_TYPE_NAMES[wanted] for wanted in types)
    text = f"{node.name} must be {expected}; Torc ignores this value"
    source.note(entry.start, entry.end, "wrong-type", text)


def note_key(source: Source, entry: Entry) -> None:
    if entry.key is not None:
        text = f"Torc takes the value and ignores {entry.key!r}"
        source.note(entry.key_start, entry.end, "property-name", text)
