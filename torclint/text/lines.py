"""Lines and columns of a text: offsets in code points, positions counted from 1."""

from __future__ import annotations

import re
from bisect import bisect_right

from torclint.record import TYPE_CHECKING, Record

if TYPE_CHECKING:
    from torclint.text.edits import Edit

_LINE_BREAK = re.compile(r"\r\n|\n|\r")


class Position(Record):
    """A place as editors show it; line and column count from 1, the column in code points."""

    line: int
    column: int


class LineIndex:
    """Turns offsets into positions. The table is built at the first question: most texts have no findings."""

    __slots__ = ("_starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts: list[int] | None = None

    @property
    def starts(self) -> list[int]:
        """Offset of the first code point of every line."""
        if self._starts is None:
            self._starts = [0, *(found.end() for found in _LINE_BREAK.finditer(self.text))]
        return self._starts

    @property
    def texts(self) -> list[str]:
        """All lines without their line breaks; the last one is empty where the text ends in a line break."""
        return _LINE_BREAK.split(self.text)

    def position(self, offset: int) -> Position:
        """The position of `offset`; an offset past the end is taken for the end."""
        offset = max(0, min(offset, len(self.text)))
        line = bisect_right(self.starts, offset)
        return Position(line, offset - self.starts[line - 1] + 1)

    def edited(self, edit: Edit) -> LineIndex:
        """The index of the text with one edit made; lines that it leaves alone are not looked for again."""
        text, starts, (start, end, new) = self.text, self.starts, edit
        # what stands next to the edit may join with it to one line break, or come apart
        first = bisect_right(starts, max(start - 1, 0)) - 1
        last = bisect_right(starts, min(end + 1, len(text)))
        begin, until = starts[first], starts[last] if last < len(starts) else len(text)
        shift = len(new) - (end - start)
        part = f"{text[begin:start]}{new}{text[end:until]}"
        found = [begin + each.end() for each in _LINE_BREAK.finditer(part)]
        if last < len(starts) and found and found[-1] == until + shift:
            found.pop()
        edited = LineIndex(f"{text[:start]}{new}{text[end:]}")
        edited._starts = [*starts[: first + 1], *found, *(place + shift for place in starts[last:])]
        return edited

    def line_text(self, line: int) -> str:
        """The text of line `line` (from 1) without its line break."""
        start = self.starts[line - 1]
        end = self.starts[line] if line < len(self.starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")
