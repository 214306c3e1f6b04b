"""The tree that every syntax is read into: scalars, sequences and mappings, each with its span in the text."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING, Record
from torclint.text.lines import LineIndex, Position

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    Plain = None | bool | int | float | str | list["Plain"] | dict[str, "Plain"]


class Span(Record):
    """Offsets of a piece of text in code points, `end` not included."""

    start: int
    end: int


class Scalar:
    """A string, number, boolean or null; the span covers its quotes. `alias`: written as an alias of a value elsewhere."""

    __slots__ = ("alias", "end", "start", "value")

    def __init__(self, value: bool | int | float | str | None, start: int, end: int, alias: bool = False) -> None:
        self.value = value
        self.start = start
        self.end = end
        self.alias = alias

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    @property
    def plain(self) -> Plain:
        return self.value


class Sequence:
    """A list; `flow` tells `[a, b]` from block style."""

    __slots__ = ("alias", "end", "flow", "items", "start")

    def __init__(self, items: list[Node], start: int, end: int, flow: bool, alias: bool = False) -> None:
        self.items = items
        self.start = start
        self.end = end
        self.flow = flow
        self.alias = alias

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    @property
    def plain(self) -> Plain:
        return [item.plain for item in self.items]


class Mapping:
    """A mapping with its entries as written; a key written twice stands twice, and the last one counts."""

    __slots__ = ("alias", "end", "entries", "flow", "start")

    def __init__(
        self, entries: list[tuple[Scalar, Node]], start: int, end: int, flow: bool, alias: bool = False
    ) -> None:
        self.entries = entries
        self.start = start
        self.end = end
        self.flow = flow
        self.alias = alias

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    @property
    def plain(self) -> Plain:
        return {str(key.value): value.plain for key, value in self.entries}

    def get(self, name: str) -> Node | None:
        """The value under `name`, the last one where the key stands several times; None if it is not there."""
        for key, value in reversed(self.entries):
            if key.value == name:
                return value
        return None

    def key(self, name: str) -> Scalar | None:
        """The key node that goes with `get(name)`."""
        for key, _ in reversed(self.entries):
            if key.value == name:
                return key
        return None


Node = Scalar | Sequence | Mapping


class Note(Record):
    """Something that Torc's reader passes over in silence while it builds the tree (KDL), with its place."""

    span: Span
    kind: str
    text: str


class ParseError(ValueError):
    """Torc cannot read the text. `offset` in code points; line and column count from 1."""

    def __init__(self, message: str, text: str, offset: int) -> None:
        position = LineIndex(text).position(offset)
        super().__init__(f"{position.line}:{position.column}: {message}")
        self.message = message
        self.offset = min(max(offset, 0), len(text))
        self.line = position.line
        self.column = position.column


class Document:
    """A text that was read: its tree, its format ("yaml", "json", "json5" or "kdl") and its comments."""

    __slots__ = ("_comments", "_find_comments", "_lines", "format", "notes", "root", "text")

    def __init__(
        self,
        text: str,
        format: str,
        root: Node,
        find_comments: Callable[[str, Node], list[Span]],
        notes: tuple[Note, ...] = (),
    ) -> None:
        self.text = text
        self.format = format
        self.root = root
        self.notes = notes
        self._find_comments = find_comments
        self._comments: list[Span] | None = None
        self._lines: LineIndex | None = None

    @property
    def lines(self) -> LineIndex:
        if self._lines is None:
            self._lines = LineIndex(self.text)
        return self._lines

    def use(self, lines: LineIndex) -> None:
        """Take the lines of its text, which were found already."""
        self._lines = lines

    @property
    def comments(self) -> list[Span]:
        """Spans of all comments, in order; looked for at the first question, since most runs never ask."""
        if self._comments is None:
            self._comments = self._find_comments(self.text, self.root)
        return self._comments

    def renew(self, text: str) -> None:
        """Have `text` for its text, to which the nodes were brought already."""
        self.text = text
        self._comments = None
        self._lines = None

    @property
    def value(self) -> Any:
        """Plain data as Torc's JSON value has it: the last of two equal keys wins, no NaN."""
        return self.root.plain

    def position(self, offset: int) -> Position:
        return self.lines.position(offset)
