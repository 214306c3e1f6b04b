"""The picture as SVG, drawn without Graphviz: one file, no fonts or scripts from elsewhere, light and dark."""

from __future__ import annotations

from html import escape
from itertools import pairwise
from math import log10

from torclint.record import TYPE_CHECKING, Record
from torclint.report.cells import visible, width
from torclint.report.diagram.boxes import BUSY_FROM, HEAVY_FROM
from torclint.report.diagram.layout import Spacing, lay_out
from torclint.report.diagram.names import middle_cut
from torclint.report.diagram.pieces import BARRIER, DATA, FILE, STAGE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from torclint.report.diagram.boxes import Box, Link
    from torclint.report.diagram.layout import Layout, Point
    from torclint.report.diagram.picture import Picture

_MARGIN = 24
_BETWEEN = 56  # from one picture to the next
_HEADER = 74
_LEGEND = 34
_LINE = 16
_ARROW = 7
_MOST_CELLS = 40  # of a name
_SPACING = Spacing(beside=28, below=20)
_COSTS = ("calm", "busy", "heavy")
_MEANS = ("", f"{BUSY_FROM:,} dependencies or more", f"{HEAVY_FROM:,} dependencies or more")

_MONO = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace"
_SANS = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif"
_LIGHT = {
    "page": "#ffffff", "box": "#f6f8fa", "edge": "#b4bdc7", "text": "#1f2328", "quiet": "#59636e", "barrier": "#0b6e75",
    "onbarrier": "#ffffff", "item": "#fff8e5", "itemedge": "#d4a72c", "calm": "#818b98", "busy": "#b35900", "heavy": "#cf222e",
}  # fmt: skip
_DARK = {
    "page": "#0d1117", "box": "#1c222b", "edge": "#4d5662", "text": "#e6edf3", "quiet": "#9aa4af", "barrier": "#2ba6ad",
    "onbarrier": "#04191b", "item": "#272115", "itemedge": "#9e7b1f", "calm": "#8b949e", "busy": "#e3933a", "heavy": "#ff6b66",
}  # fmt: skip


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


def render(pictures: Sequence[Picture], headings: Sequence[str]) -> Iterator[str]:
    """Pictures side by side under their headings, as one SVG document, line by line."""
    panels = [_Panel(picture, heading) for picture, heading in zip(pictures, headings, strict=True)]
    body = max(panel.height for panel in panels)
    legend = list(_legend(pictures))
    wide = max(sum(panel.width for panel in panels) + _BETWEEN * (len(panels) - 1), _legend_width(legend)) + 2 * _MARGIN
    high = _MARGIN + body + (_LEGEND if legend else 0) + _MARGIN
    told = "; ".join(f"{heading}: {each.total}, {each.about}" for each, heading in zip(pictures, headings, strict=True))
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide:.0f}" height="{high:.0f}" viewBox="0 0 {wide:.0f} {high:.0f}"'
        ' role="img" class="tg">'
    )
    yield f"<title>{_text(pictures[0].name or 'workflow')}</title>"
    yield f"<desc>{_text(told)}</desc>"
    yield f"<style>{_style()}</style>"
    yield from _arrows()
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
        worst = _COSTS[max((link.cost for link in picture.links), default=0)]
        yield f'<text class="quiet small" y="11">{_text(self._heading)}</text>'
        yield f'<text class="total {worst}" y="34">{_text(picture.total)}</text>'
        yield f'<text class="quiet small" y="53">{_text(picture.about)}</text>'
        yield f'<g transform="translate({(self.width - self._layout.width) / 2:.1f} {_HEADER})">'
        heaviest_last = sorted(range(len(picture.links)), key=lambda number: picture.links[number].edges)
        for number in heaviest_last:
            yield _line(picture.links[number], self._layout.ways[number])
        for box, centre in zip(picture.boxes, self._layout.boxes, strict=True):
            yield from _box(box, centre)
        for link, place in zip(picture.links, self._layout.labels, strict=True):
            if place is not None:
                yield from _label(link, place)
        yield "</g>"
        for number, note in enumerate(picture.notes):
            y = _HEADER + self._layout.height + 12 + _LINE * number + 11
            yield f'<text class="quiet small" y="{y:.1f}">{_text(note)}</text>'


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
    kind = box.kind.replace(" ", "-")
    yield f'<g class="{kind}"><title>{_text(f"{box.title}, {box.measure or box.kind}, line {box.line}")}</title>'
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
    yield "</g>"


def _line(link: Link, way: tuple[Point, ...]) -> str:
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
    cost = _COSTS[link.cost]
    back = " back" if link.leads_back else ""
    thick = min(1.4 + 0.35 * log10(max(link.edges, 1)), 5)
    return f'<path class="line {cost}{back}" stroke-width="{thick:.1f}" marker-end="url(#tg-{cost})" d="{"".join(parts)}"/>'


def _label(link: Link, centre: Point) -> Iterator[str]:
    wide = _sans(link.label, 12) + 6
    yield f'<rect class="behind" x="{centre[0] - wide / 2:.1f}" y="{centre[1] - 9:.1f}" width="{wide:.1f}" height="18" rx="4"/>'
    yield f'<text class="label {_COSTS[link.cost]}" x="{centre[0]:.1f}" y="{centre[1] + 4:.1f}">{_text(link.label)}</text>'


def _arrows() -> Iterator[str]:
    yield "<defs>"
    for cost in _COSTS:
        yield (
            f'<marker id="tg-{cost}" viewBox="0 0 10 10" refX="2" refY="5" markerWidth="9" markerHeight="9" '
            f'markerUnits="userSpaceOnUse" orient="auto"><path class="tip {cost}" d="M0 0L10 5L0 10Z"/></marker>'
        )
    yield "</defs>"


def _legend(pictures: Sequence[Picture]) -> Iterator[tuple[str, str]]:
    """(how it is drawn, what it means) for what is not said by the picture itself."""
    links = [link for picture in pictures for link in picture.links]
    kinds = {box.kind for picture in pictures for box in picture.boxes}
    for kind, meaning in ((BARRIER, "barrier"), (FILE, "file"), (DATA, "user data")):
        if kind in kinds:
            yield kind.replace(" ", "-"), meaning
    for cost in (1, 2):
        if any(link.cost == cost for link in links):
            yield _COSTS[cost], _MEANS[cost]
    if any(link.leads_back for link in links):
        yield "calm back", "closes a cycle"


def _legend_width(legend: Sequence[tuple[str, str]]) -> float:
    return sum(24 + 8 + _sans(meaning, 12) + 22 for _, meaning in legend)


def _drawn_legend(legend: Sequence[tuple[str, str]], bottom: float) -> Iterator[str]:
    x, y = float(_MARGIN), bottom - 6
    for look, meaning in legend:
        if look.split()[0] in _COSTS:
            yield f'<path class="line {look}" stroke-width="3" d="M{x:.1f} {y:.1f}h24"/>'
        else:
            corner = 6 if look == "user-data" else 3
            yield f'<g class="{look}"><rect x="{x:.1f}" y="{y - 6:.1f}" width="24" height="12" rx="{corner}"/></g>'
        yield f'<text class="quiet small" x="{x + 32:.1f}" y="{y + 4:.1f}">{_text(meaning)}</text>'
        x += 24 + 8 + _sans(meaning, 12) + 22


def _style() -> str:
    rules = [
        f".tg text{{font-family:{_SANS}}}",
        f".tg .name{{font-family:{_MONO};font-size:13px;text-anchor:middle}}",
        ".tg .file .name,.tg .user-data .name{font-size:11px}",
        ".tg .measure,.tg .label{font-size:12px;text-anchor:middle}",
        f".tg tspan.measure{{font-size:11px;font-family:{_SANS}}}",
        ".tg .total{font-size:20px;font-weight:600}",
        ".tg .small{font-size:12px}",
        ".tg .label.heavy{font-weight:600}",
        ".tg .line{fill:none}",
        ".tg .back{stroke-dasharray:6 4}",
        *_colours(_LIGHT),
    ]
    return "".join(rules) + "@media(prefers-color-scheme:dark){" + "".join(_colours(_DARK)) + "}"


def _colours(tone: dict[str, str]) -> Iterator[str]:
    yield f".tg .page,.tg .behind{{fill:{tone['page']}}}.tg .rule{{stroke:{tone['edge']};stroke-opacity:.5}}"
    yield f".tg .stage rect{{fill:{tone['box']};stroke:{tone['edge']}}}"
    yield f".tg .barrier rect{{fill:{tone['barrier']}}}.tg .barrier text,.tg .barrier tspan{{fill:{tone['onbarrier']}}}"
    yield f".tg .file path,.tg .file rect,.tg .user-data rect{{fill:{tone['item']};stroke:{tone['itemedge']}}}"
    yield f".tg .name,.tg .total.calm{{fill:{tone['text']}}}.tg .measure,.tg .quiet,.tg .label.calm{{fill:{tone['quiet']}}}"
    for cost in _COSTS:
        yield f".tg .line.{cost}{{stroke:{tone[cost]}}}.tg .tip.{cost}{{fill:{tone[cost]}}}"
    for cost in _COSTS[1:]:
        yield f".tg .label.{cost},.tg .total.{cost}{{fill:{tone[cost]}}}"


def _mono(text: str, size: float) -> float:
    return width(text) * size * 0.615


def _sans(text: str, size: float) -> float:
    # on the wide side: which font it will be is not known
    return width(text) * size * (0.6 if any(char.isdigit() for char in text) else 0.58)


def _text(text: str) -> str:
    """Text that XML takes: it has no way to write control characters and the two that are no characters."""
    return escape(visible(text).replace("\ufffe", "\\ufffe").replace("\uffff", "\\uffff"))
