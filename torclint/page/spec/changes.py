"""The difference that barriers make, line by line, and where in it, or else in the spec, a line of the new text is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markupsafe import Markup

from torclint.record import Record
from torclint.text.diff import unified_diff

if TYPE_CHECKING:
    from collections.abc import Iterable

    from torclint.page.spec.regions import Regions
    from torclint.text.edits import Edit

MOST_LINES = 400
_MOST_CHARACTERS = 400  # of a line
_HUNK = re.compile(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")


class Line(Record):
    """A line of a diff. `sign` is "+", "-", " ", or "@" for the head of a hunk; `old` and `new` are its numbers, 0 for none."""

    sign: str
    old: int
    new: int
    text: str


class Diff(Record):
    """`left_out`: so many lines more than are told here."""

    lines: tuple[Line, ...]
    left_out: int = 0


def diff_of(text: str, edits: Iterable[Edit], most: int = MOST_LINES) -> Diff:
    """What the edits change, with some lines around it."""
    lines: list[Line] = []
    old = new = 0
    left_out = 0
    for raw in unified_diff(text, edits, "", ""):
        if not old and not new and raw[:4] in ("--- ", "+++ "):
            continue
        hunk = _HUNK.fullmatch(raw)
        if hunk is not None:
            old, new = int(hunk[1]) + (hunk[2] == "0"), int(hunk[3]) + (hunk[4] == "0")
            line = Line("@", old, new, "")
        else:
            sign = raw[0]
            line = Line(sign, old if sign != "+" else 0, new if sign != "-" else 0, _cut(raw[1:]))
            old += sign != "+"
            new += sign != "-"
        if len(lines) < most:
            lines.append(line)
        else:
            left_out += 1
    return Diff(tuple(lines), left_out)


def _cut(text: str) -> str:
    return text if len(text) <= _MOST_CHARACTERS else f"{text[:_MOST_CHARACTERS]}…"


class NewLines:
    """Leads from lines of the new text to where they can be seen: in the diff, or, where nothing changed, in the spec."""

    def __init__(self, diff: Diff, regions: Regions) -> None:
        self._regions = regions
        self._new = {line.new for line in diff.lines if line.sign in "+ "}
        # from which new line on, so many lines less is the old one
        self._shifts = [(0, 0)]
        for line in diff.lines:
            if line.sign == "@" or (line.sign in " " and line.new - line.old != self._shifts[-1][1]):
                self._shifts.append((line.new, line.new - line.old))
        self._is_whole = not diff.left_out

    def anchor(self, line: int) -> str:
        if line in self._new:
            return f"#N{line}"
        if not self._is_whole:
            return ""
        shift = next(shift for start, shift in reversed(self._shifts) if start <= line)
        return self._regions.anchor(line - shift)

    def link(self, line: int) -> Markup:
        anchor = self.anchor(line)
        return Markup('<a href="{}">{:,}</a>').format(anchor, line) if anchor else Markup(f"{line:,}")
