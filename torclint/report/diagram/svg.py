"""The picture as SVG, drawn without Graphviz: one file, no fonts or scripts from elsewhere, light and dark."""

from __future__ import annotations

from html import escape
from itertools import pairwise
from math import log10

from torclint.record import TYPE_CHECKING, Record
from torclint.report.cells import visible, width
from torclint.report.diagram.boxes import BUSY_FROM, HEAVY_FROM
from torclint.report.diagram.layout import Spacing, lay_out
from torclint.report.diagram.looks import COSTS, style
from torclint.report.diagram.names import middle_cut
from torclint.report.diagram.pieces import BARRIER, DATA, FILE, STAGE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from torclint.report.diagram.boxes import Box, Link
    from torclint.report.diagram.layout import Layout, Point
    from torclint.report.diagram.picture import Picture

_ID = "tg"  # begins the ids in a picture of its own
_MARGIN = 24
_EDGE = 8  # around a picture in a page: for lines that lead round, and for what shows where the reader is
_BETWEEN = 56  # from one picture to the next
_HEADER = 74
_LEGEND = 34
_LINE = 16
_ARROW = 7
_MOST_CELLS = 40  # of a name
_SPACING = Spacing(beside=28, below=20)
_MEANS = ("", f"{BUSY_FROM:,} dependencies or more", f"{HEAVY_FROM:,} dependencies or more")


class _Look(Record):
    """How the box of one kind is drawn: the sizes of its texts, its height and the room around its name."""

    name_size: float
    height: float
    around: float


_LOOKS = {
    STAGE: _Look(13, 48, 32),
    BARRIER: _Look(13, 28, 36),
    FILE: _Look(11, 24, 26),
    DATA: _Look(11, 24, 26),
}


class Hooks(Record):
    """How a picture takes part in a page: `id` begins the ids in it; `box` and `link` give the attributes, as they are written,
    of the element `a` around each box and each line."""

    id: str
    box: Callable[[int], str]
    link: Callable[[int], str]


def render(pictures: Sequence[Picture], headings: Sequence[str]) -> Iterator[str]:
    """Pictures side by side under their headings, as one SVG document, line by line."""
    panels = [_Panel(picture, heading) for picture, heading in zip(pictures, headings, strict=True)]
    body = max(panel.height for panel in panels)
    legend = list(legend_of(pictures))
    wide = max(sum(panel.width for panel in panels) + _BETWEEN * (len(panels) - 1), _legend_width(legend)) + 2 * _MARGIN
    high = _MARGIN + body + (_LEGEND if legend else 0) + _MARGIN
    told = "; ".join(f"{heading}: {each.total}, {each.about}" for each, heading in zip(pictures, headings, strict=True))
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide:.0f}" height="{high:.0f}" viewBox="0 0 {wide:.0f} {high:.0f}"'
        ' role="img" class="tg">'
    )
    yield f"<title>{_text(pictures[0].name or 'workflow')}</title>"
    yield f"<desc>{_text(told)}</desc>"
    yield f"<style>{style()}</style>"
    yield from _arrows(_ID)
    yield f'<rect class="page" width="{wide:.0f}" height="{high:.0f}" rx="8"/>'
    x = float(_MARGIN)
    for number, panel in enumerate(panels):
        if number:
            yield f'<path class="rule" d="M{x - _BETWEEN / 2:.1f} {_MARGIN}V{_MARGIN + body:.1f}"/>'
        yield f'<g transform="translate({x:.1f} {_MARGIN})">'
        yield from panel.drawn()
        yield "</g>"
        x += panel.width + _BETWEEN
    yield from _drawn_legend(legend, high - _MARGIN)
    yield "</svg>"


def embedded(picture: Picture, heading: str, hooks: Hooks) -> Iterator[str]:
    """The boxes and lines of one picture as a part of a page, whose reader can go from one to the next. What stands around
    them in a picture of its own (numbers, notes, legend, style) is left to the page."""
    layout = _laid_out(picture)
    wide, high = layout.width + 2 * _EDGE, layout.height + 2 * _EDGE
    yield (
        f'<svg id="{hooks.id}" class="tg" role="group" aria-labelledby="{hooks.id}-title {hooks.id}-desc"'
        f' width="{wide:.0f}" height="{high:.0f}" viewBox="{-_EDGE} {-_EDGE} {wide:.0f} {high:.0f}">'
    )
    yield f'<title id="{hooks.id}-title">{_text(heading)}</title>'
    yield f'<desc id="{hooks.id}-desc">{_text(f"{picture.total}, {picture.about}")}</desc>'
    yield from _arrows(hooks.id)
    yield from _drawn(picture, layout, hooks)
    yield "</svg>"


class _Panel:
    """One picture with its heading. Sizes are in pixels."""

    def __init__(self, picture: Picture, heading: str) -> None:
        self._picture = picture
        self._heading = heading
        self._layout = _laid_out(picture)
        texts = [_sans(heading, 12), _sans(picture.total, 20), _sans(picture.about, 12)]
        self.width = max(self._layout.width, *texts, *(_sans(note, 12) for note in picture.notes))
        self.height = _HEADER + self._layout.height + len(picture.notes) * _LINE + (12 if picture.notes else 0)

    def drawn(self) -> Iterator[str]:
        picture = self._picture
        worst = COSTS[max((link.cost for link in picture.links), default=0)]
        yield f'<text class="quiet small" y="11">{_text(self._heading)}</text>'
        yield f'<text class="total {worst}" y="34">{_text(picture.total)}</text>'
        yield f'<text class="quiet small" y="53">{_text(picture.about)}</text>'
        yield f'<g transform="translate({(self.width - self._layout.width) / 2:.1f} {_HEADER})">'
        yield from _drawn(picture, self._layout)
        yield "</g>"
        for number, note in enumerate(picture.notes):
            y = _HEADER + self._layout.height + 12 + _LINE * number + 11
            yield f'<text class="quiet small" y="{y:.1f}">{_text(note)}</text>'


def _drawn(picture: Picture, layout: Layout, hooks: Hooks | None = None) -> Iterator[str]:
    """Lines, the heaviest on top, then boxes, then what is written beside lines."""
    for number in sorted(range(len(picture.links)), key=lambda number: picture.links[number].edges):
        line = _line(picture.links[number], layout.ways[number], hooks.id if hooks else _ID)
        yield f"<a {hooks.link(number)}>{_wide(line)}{line}</a>" if hooks else line
    for number, (box, centre) in enumerate(zip(picture.boxes, layout.boxes, strict=True)):
        kind = box.kind.replace(" ", "-")
        title = f"<title>{_text(f'{box.title}, {box.measure or box.kind}, line {box.line}')}</title>"
        yield f'<a class="{kind}" {hooks.box(number)}>{title}' if hooks else f'<g class="{kind}">{title}'
        yield from _box(box, centre)
        yield "</a>" if hooks else "</g>"
    for link, place in zip(picture.links, layout.labels, strict=True):
        if place is not None:
            yield from _label(link, place)


def _laid_out(picture: Picture) -> Layout:
    labels = [(_sans(link.label, 12) + 10, 18.0) if link.label else None for link in picture.links]
    pairs = [(link.source, link.target) for link in picture.links]
    return lay_out([_size(box) for box in picture.boxes], picture.level, pairs, labels, _SPACING)


def _size(box: Box) -> Point:
    look = _LOOKS[box.kind]
    name, measure = middle_cut(box.title, _MOST_CELLS), box.measure
    wide = _mono(name, look.name_size)
    if box.kind == STAGE:
        return max(wide, _sans(measure, 12), 60) + look.around, look.height
    return wide + (_sans(measure, 11) + 8 if measure else 0) + look.around, look.height


def _box(box: Box, centre: Point) -> Iterator[str]:
    look = _LOOKS[box.kind]
    wide, high = _size(box)
    left, top = centre[0] - wide / 2, centre[1] - high / 2
    name, measure = middle_cut(box.title, _MOST_CELLS), box.measure
    if box.kind == FILE:
        fold = 8
        yield (
            f'<path d="M{left:.1f} {top:.1f}H{left + wide - fold:.1f}L{left + wide:.1f} {top + fold:.1f}'
            f'V{top + high:.1f}H{left:.1f}Z"/>'
        )
    else:
        corner = {STAGE: 8.0, BARRIER: 4.0}.get(box.kind, high / 2)
        yield f'<rect x="{left:.1f}" y="{top:.1f}" width="{wide:.1f}" height="{high:.1f}" rx="{corner:.1f}"/>'
    if box.kind == STAGE:
        yield f'<text class="name" x="{centre[0]:.1f}" y="{centre[1] - 3.5:.1f}">{_text(name)}</text>'
        yield f'<text class="measure" x="{centre[0]:.1f}" y="{centre[1] + 14:.1f}">{_text(measure)}</text>'
    else:
        more = f'<tspan class="measure" dx="8">{_text(measure)}</tspan>' if measure else ""
        y = centre[1] + look.name_size * 0.35
        yield f'<text class="name" x="{centre[0]:.1f}" y="{y:.1f}">{_text(name)}{more}</text>'


def _line(link: Link, way: tuple[Point, ...], id: str) -> str:
    """A smooth line through the corners, upright at each of them; its end leaves room for the arrow."""
    points = [point for point, last in zip(way, (None, *way), strict=False) if point != last]
    x, y = points[-1]
    if len(points) > 2 and abs(y - points[-2][1]) <= _ARROW:
        points.pop(-2)
    points[-1] = (x, y - _ARROW if way[0][1] < y else y + _ARROW)
    parts = [f"M{points[0][0]:.1f} {points[0][1]:.1f}"]
    for (x1, y1), (x2, y2) in pairwise(points):
        if abs(x1 - x2) < 0.05:
            parts.append(f"L{x2:.1f} {y2:.1f}")
        else:
            middle = (y1 + y2) / 2
            parts.append(f"C{x1:.1f} {middle:.1f} {x2:.1f} {middle:.1f} {x2:.1f} {y2:.1f}")
    cost = COSTS[link.cost]
    back = " back" if link.leads_back else ""
    thick = min(1.4 + 0.35 * log10(max(link.edges, 1)), 5)
    return f'<path class="line {cost}{back}" stroke-width="{thick:.1f}" marker-end="url(#{id}-{cost})" d="{"".join(parts)}"/>'


def _wide(line: str) -> str:
    """The same line again, unseen and so wide that a pointer finds it."""
    return f'<path class="reach" {line[line.index(" d=") + 1 :]}'


def _label(link: Link, centre: Point) -> Iterator[str]:
    wide = _sans(link.label, 12) + 6
    yield f'<rect class="behind" x="{centre[0] - wide / 2:.1f}" y="{centre[1] - 9:.1f}" width="{wide:.1f}" height="18" rx="4"/>'
    yield f'<text class="label {COSTS[link.cost]}" x="{centre[0]:.1f}" y="{centre[1] + 4:.1f}">{_text(link.label)}</text>'


def _arrows(id: str) -> Iterator[str]:
    yield "<defs>"
    for cost in COSTS:
        yield (
            f'<marker id="{id}-{cost}" viewBox="0 0 10 10" refX="2" refY="5" markerWidth="9" markerHeight="9" '
            f'markerUnits="userSpaceOnUse" orient="auto"><path class="tip {cost}" d="M0 0L10 5L0 10Z"/></marker>'
        )
    yield "</defs>"


def legend_of(pictures: Sequence[Picture]) -> Iterator[tuple[str, str]]:
    """(how it is drawn, what it means) for what is not said by the picture itself."""
    links = [link for picture in pictures for link in picture.links]
    kinds = {box.kind for picture in pictures for box in picture.boxes}
    for kind, meaning in ((BARRIER, "barrier"), (FILE, "file"), (DATA, "user data")):
        if kind in kinds:
            yield kind.replace(" ", "-"), meaning
    for cost in (1, 2):
        if any(link.cost == cost for link in links):
            yield COSTS[cost], _MEANS[cost]
    if any(link.leads_back for link in links):
        yield "calm back", "closes a cycle"


def _legend_width(legend: Sequence[tuple[str, str]]) -> float:
    return sum(24 + 8 + _sans(meaning, 12) + 22 for _, meaning in legend)


def _drawn_legend(legend: Sequence[tuple[str, str]], bottom: float) -> Iterator[str]:
    x, y = float(_MARGIN), bottom - 6
    for look, meaning in legend:
        if look.split()[0] in COSTS:
            yield f'<path class="line {look}" stroke-width="3" d="M{x:.1f} {y:.1f}h24"/>'
        else:
            corner = 6 if look == "user-data" else 3
            yield f'<g class="{look}"><rect x="{x:.1f}" y="{y - 6:.1f}" width="24" height="12" rx="{corner}"/></g>'
        yield f'<text class="quiet small" x="{x + 32:.1f}" y="{y + 4:.1f}">{_text(meaning)}</text>'
        x += 24 + 8 + _sans(meaning, 12) + 22


def _mono(text: str, size: float) -> float:
    return width(text) * size * 0.615


def _sans(text: str, size: float) -> float:
    # on the wide side: which font it will be is not known
    return width(text) * size * (0.6 if any(char.isdigit() for char in text) else 0.58)


def _text(text: str) -> str:
    """Text that XML takes: it has no way to write control characters and the two that are no characters."""
    return escape(visible(text).replace("\ufffe", "\\ufffe").replace("\uffff", "\\uffff"))
