"""Offsets of a text as positions of the protocol, in the units that the client counts characters in."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from lsprotocol import types

if TYPE_CHECKING:
    from torclint.syntax.node import Span
    from torclint.text.edits import Edit
    from torclint.text.lines import LineIndex

# bytes per unit, and the encoding that has as many of them as the text has units
_UNITS = {"utf-8": (1, "utf-8"), "utf-16": (2, "utf-16-le"), "utf-32": (4, "utf-32-le")}


class Places:
    """Turns offsets (in code points) of one text into positions and back. `encoding`: what the client agreed to."""

    def __init__(self, lines: LineIndex, encoding: str) -> None:
        self.lines = lines
        self.text = lines.text
        self._size, self._codec = _UNITS.get(encoding, _UNITS["utf-16"])

    def position(self, offset: int) -> types.Position:
        """The position of `offset`; one past the end is taken for the end."""
        offset = max(0, min(offset, len(self.text)))
        line = bisect_right(self.lines.starts, offset) - 1
        before = self.text[self.lines.starts[line] : offset]
        return types.Position(line, self._units(before))

    def range(self, start: int, end: int) -> types.Range:
        return types.Range(self.position(start), self.position(end))

    def of(self, span: Span) -> types.Range:
        """The range of a span; one without width covers the character after it, where its line has one."""
        start, end = span
        if end <= start:
            end = start + 1 if start < len(self.text) and self.text[start] not in "\r\n" else start
        return self.range(start, end)

    def edit(self, edit: Edit) -> types.TextEdit:
        return types.TextEdit(self.range(edit.start, edit.end), edit.replacement)

    def offset(self, position: types.Position) -> int:
        """The offset of a position; past the end of a line or of the text that end is meant, within a character its start."""
        starts = self.lines.starts
        if position.line >= len(starts):
            return len(self.text)
        start = starts[position.line]
        line = self.lines.line_text(position.line + 1)
        if line.isascii():
            return start + min(position.character, len(line))
        left = position.character
        for place, char in enumerate(line):
            left -= 1 if char.isascii() else self._units(char)
            if left < 0:
                return start + place
        return start + len(line)

    def _units(self, text: str) -> int:
        return len(text) if text.isascii() else len(text.encode(self._codec, "surrogatepass")) // self._size
