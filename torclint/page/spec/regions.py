"""Which lines of a spec are on its page: all of a small one, of a large one those around what is spoken of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Iterable

    from torclint.text.lines import LineIndex

WHOLE_LINES, WHOLE_CHARACTERS = 2_000, 300_000  # up to which a spec is shown as a whole
_MOST_LINES = 2_500
_HEAD = 30  # lines from the beginning, where a spec says what it is
_AROUND = 3  # lines before and after one that is spoken of


class Regions:
    """Ranges of lines, from 1, in order and apart. Links lead only to lines that are there."""

    def __init__(self, lines: LineIndex, spoken_of: Iterable[int]) -> None:
        self.total = len(lines.starts) - (lines.text.endswith(("\n", "\r")) and len(lines.starts) > 1)
        self.is_whole = self.total <= WHOLE_LINES and len(lines.text) <= WHOLE_CHARACTERS
        if self.is_whole:
            self._lines = set(range(1, self.total + 1))
        else:
            self._lines = set(range(1, min(self.total, _HEAD) + 1))
            for line in spoken_of:
                around = range(max(1, line - _AROUND), min(self.total, line + _AROUND) + 1)
                if len(self._lines) + len(around) > _MOST_LINES:
                    break
                self._lines.update(around)

    @property
    def all(self) -> list[range]:
        regions: list[range] = []
        for line in sorted(self._lines):
            if regions and regions[-1].stop == line:
                regions[-1] = range(regions[-1].start, line + 1)
            else:
                regions.append(range(line, line + 1))
        return regions

    @property
    def left_out(self) -> int:
        return self.total - len(self._lines)

    def anchor(self, line: int) -> str:
        """`#L12`, or "" where that line is not on the page."""
        return f"#L{line}" if line in self._lines else ""

    def link(self, line: int) -> Markup:
        """The number of a line, leading to it where it is on the page."""
        anchor = self.anchor(line)
        return Markup('<a href="{}">{:,}</a>').format(anchor, line) if anchor else Markup(f"{line:,}")
