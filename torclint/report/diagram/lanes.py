"""The picture for a terminal: a line for each box in the order of the stages, and lanes at its left that lead to those that
wait for it."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING
from torclint.report.diagram.names import middle_cut
from torclint.report.diagram.pieces import BARRIER, DATA, FILE, STAGE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from torclint.report.diagram.boxes import Link
    from torclint.report.diagram.picture import Picture
    from torclint.report.terminal import Palette, Terminal

_MARKS = {STAGE: "●", BARRIER: "◆", FILE: "▫", DATA: "○"}
ASCII = str.maketrans({
    "●": "o", "◆": "#", "▫": "=", "○": "@", "│": "|", "─": "-", "├": "+", "┤": "+", "┼": "+", "┴": "+", "╯": "'", "╰": "'",
    "╮": ".", "×": "x", "←": "<", "…": "~", "↺": "!",
})  # fmt: skip
_LEAST_NAME = 16


def render(pictures: Sequence[Picture], headings: Sequence[str], terminal: Terminal) -> Iterator[str]:
    """All pictures one below the other, line by line."""
    palette = terminal.palette
    for number, (picture, heading) in enumerate(zip(pictures, headings, strict=True)):
        if number:
            yield ""
        if heading:
            yield f"{palette.strong}{heading}{palette.off}"
        colour = _colour(palette, max((link.cost for link in picture.links), default=0))
        yield f"{colour}{picture.total}{palette.off if colour else ''}; {picture.about}"
        yield ""
        yield from _Drawing(picture, terminal).lines()
        if picture.notes:
            yield ""
            yield from picture.notes


def _colour(palette: Palette, cost: int) -> str:
    return ("", palette.warning, palette.error)[cost]


class _Drawing:
    """One picture. A lane belongs to the box at its top and ends at the last one that waits for it."""

    def __init__(self, picture: Picture, terminal: Terminal) -> None:
        self._picture = picture
        self._width = terminal.width
        self._palette = terminal.palette
        self._order = sorted(range(len(picture.boxes)), key=lambda box: (picture.level[box], box))
        row = {box: number for number, box in enumerate(self._order)}
        self._into: dict[int, list[Link]] = {box: [] for box in self._order}
        self._last = dict.fromkeys(self._order, -1)  # the last row that a lane from this box leads to
        for link in picture.links:
            self._into[link.target].append(link)
            if not link.leads_back:
                self._last[link.source] = max(self._last[link.source], row[link.target])
        self._lanes: list[int | None] = []  # the box that each lane comes from

    def lines(self) -> Iterator[str]:
        for number, box in enumerate(self._order):
            yield from self._box(number, box)

    def _box(self, number: int, box: int) -> Iterator[str]:
        above = [link for link in self._into[box] if not link.leads_back]
        joined = {lane for lane, source in enumerate(self._lanes) if any(link.source == source for link in above)}
        ended = {lane for lane in joined if self._last[self._lanes[lane] or 0] <= number}
        free = [lane for lane, source in enumerate(self._lanes) if source is None]
        own = min(ended) if ended else free[0] if free else len(self._lanes)
        drawing = self._crossing(own, joined, ended)
        for lane in ended:
            self._lanes[lane] = None
        goes_on = self._last[box] > number
        self._lanes[own : own + 1] = [box if goes_on else None]
        while self._lanes and self._lanes[-1] is None:
            self._lanes.pop()
        below = "".join("│ " if lane is not None else "  " for lane in self._lanes)
        margin = max(len(drawing), len(below))
        yield self._named(box, drawing.ljust(margin))
        details = sorted(self._into[box], key=lambda link: -link.edges)
        for link in details:
            if link.label or link.leads_back:
                yield self._waiting(link, below.ljust(margin))
        if number + 1 < len(self._order):
            yield below.rstrip()

    def _crossing(self, own: int, joined: set[int], ended: set[int]) -> str:
        """The row of a box: its mark, and lines to it from the lanes that lead there."""
        others = joined - {own}
        first, last = min([own, *others]), max([own, *others])
        parts = []
        for lane in range(max(len(self._lanes), own + 1)):
            inside = first <= lane <= last
            if lane == own:
                mark = "*"
            elif lane in others:
                mark = self._joint(lane in ended, lane == first, lane == last)
            elif self._lanes[lane] is not None:
                mark = "┼" if inside else "│"
            else:
                mark = "─" if inside else " "
            parts.append(mark + ("─" if first <= lane < last else " "))
        return "".join(parts)

    @staticmethod
    def _joint(ends: bool, is_first: bool, is_last: bool) -> str:
        if is_first:
            return "╰" if ends else "├"
        if is_last:
            return "╯" if ends else "┤"
        return "┴" if ends else "┼"

    def _named(self, box: int, drawing: str) -> str:
        about = self._picture.boxes[box]
        palette = self._palette
        measure = about.measure
        room = max(self._width - len(drawing) - len(measure) - 3, _LEAST_NAME)
        name = middle_cut(about.title, room)
        look = palette.good if about.kind == BARRIER else palette.strong if about.is_job else palette.info
        mark = f"{look}{_MARKS[about.kind]}{palette.off if look else ''}"
        shown = f"{look}{name}{palette.off if look else ''}" if about.kind == BARRIER else name
        return f"{drawing.replace('*', mark)} {shown}{f'  {measure}' if measure else ''}".rstrip()

    def _waiting(self, link: Link, drawing: str) -> str:
        palette = self._palette
        colour = _colour(palette, link.cost)
        label = f"{link.label} dependencies" if link.label else "1 dependency"
        back = "↺ " if link.leads_back else ""
        room = max(self._width - len(drawing) - len(label) - len(back) - 7, _LEAST_NAME)
        name = middle_cut(self._picture.boxes[link.source].title, room)
        return f"{drawing}   {back}← {name}  {colour}{label}{palette.off if colour else ''}"
