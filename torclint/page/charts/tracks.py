"""Tracks along the time, one under the other: bars for what is told one by one, areas for what is counted."""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING

from torclint.page.charts.frame import AXIS, Pause, axis, framed, number, percent, text
from torclint.page.charts.scales import Scale
from torclint.page.charts.steps import Steps, plot
from torclint.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markupsafe import Markup

# What came of something. Each has a colour and, but for the first, a shape at its end: nobody has to tell colours apart.
DONE, FAILED, RETRIED, ENDED, OPEN = "done", "failed", "retried", "ended", "open"
MARKS = {
    FAILED: "M-6 0 0-6 6 0 0 6z",
    RETRIED: "M-6 0 0-6 6 0 0 6z",
    ENDED: "M-5-5H5V5H-5z",
    OPEN: "M-5-6 6 0-5 6z",
}

_LABEL = 20  # pixels for the name of a track
_BELOW = 10  # and under it
_LANE, _THIN_LANE = 18, 8
_GAP = 2
_MANY_LANES = 16
_AREA = 30
_BAND, _SHADES = 5, 4
_ROOM_FOR_TEXT = 5  # percent of the width from which on a bar is named
_CELLS = 60  # of a text in a bar; what does not fit is clipped


class Bar(Record):
    """One thing that took time. `told` says all about it; `text` is written into it where there is room; one that is
    `strong` stands out."""

    start: float
    end: float
    kind: str
    told: str
    text: str = ""
    strong: bool = False


class Track(Record):
    """`label` is its name and `note` what is said beside it. Bars that would cover one another stand on lanes of their
    own. `area`: how much at each time; `marks`: (time, kind, what to tell) upon it; `failed`: how many failures there were
    in each of equal stretches of the time, as a band of shades below the area."""

    label: str
    note: str = ""
    bars: Sequence[Bar] = ()
    area: Steps | None = None
    marks: Sequence[tuple[float, str, str]] = ()
    failed: Sequence[int] = ()


def chart(
    name: str, title: str, told: str, tracks: Sequence[Track], seconds: float, pauses: Sequence[Pause] = ()
) -> Markup:
    """All tracks on one axis from 0 to `seconds`."""
    scale = Scale(0.0, seconds)
    parts: list[str] = []
    y = 0.0
    for track in tracks:
        parts.append(_heading(track, y))
        y += _LABEL
        if track.area is not None:
            parts += _area(track, track.area, scale, y)
            y += _AREA
        if track.bars:
            lanes = lanes_of(track.bars)
            high = _LANE if max(lanes) < _MANY_LANES else _THIN_LANE
            for bar, lane in zip(track.bars, lanes, strict=True):
                parts.append(_bar(bar, scale, y + lane * (high + _GAP), high))
            y += (max(lanes) + 1) * (high + _GAP)
        y += _BELOW
    return framed(name, title, told, y + AXIS, (*axis(seconds, 0.0, y, pauses), *parts))


def lanes_of(bars: Sequence[Bar]) -> list[int]:
    """For each bar the lane that it stands on: the uppermost one that is free when it starts."""
    free: list[int] = []
    taken: list[tuple[float, int]] = []  # until when, and which
    lanes = [0] * len(bars)
    used = 0
    for place in sorted(range(len(bars)), key=lambda place: (bars[place].start, bars[place].end, place)):
        while taken and taken[0][0] <= bars[place].start:
            heappush(free, heappop(taken)[1])
        if free:
            lanes[place] = heappop(free)
        else:
            lanes[place] = used
            used += 1
        heappush(taken, (bars[place].end, lanes[place]))
    return lanes


def _heading(track: Track, y: float) -> str:
    note = f'<tspan class="note" dx="10">{text(track.note)}</tspan>' if track.note else ""
    return f'<text class="label" x="0" y="{number(y + 14)}">{text(track.label)}{note}</text>'


def _bar(bar: Bar, scale: Scale, y: float, high: float) -> str:
    x = scale.place(bar.start)
    wide = scale.place(bar.end) - x
    name = ""
    if bar.text and high == _LANE and wide >= _ROOM_FOR_TEXT:
        name = f'<svg width="100%" height="100%"><text x="5" y="13">{text(bar.text[:_CELLS])}</text></svg>'
    mark = MARKS.get(bar.kind, "")
    if mark:
        mark = f'<svg class="mark" x="100%" y="50%"><path d="{mark}"/></svg>'
    return (
        f'<svg class="bar {bar.kind}{" strong" if bar.strong else ""}" x="{percent(x)}" y="{number(y)}" '
        f'width="{percent(wide)}" height="{number(high)}">'
        f'<title>{text(bar.told)}</title><rect width="100%" height="100%"/>{name}{mark}</svg>'
    )


def _area(track: Track, area: Steps, scale: Scale, y: float) -> Iterator[str]:
    read = ",".join(f"{number(start)} {number(value)}" for start, value in zip(area.times, area.values, strict=False))
    yield f'<g class="plot" data-steps="{read}" data-seconds="{number(scale.high)}" data-name="{text(track.label)}">'
    yield f'<line class="base" x1="0" x2="100%" y1="{number(y + _AREA)}" y2="{number(y + _AREA)}"/>'
    yield plot(area, scale, max((*area.values, 1e-9)), y, _AREA)
    yield "</g>"
    yield from _band(track.failed, y + _AREA + 2)
    for moment, kind, told in track.marks:
        x = percent(scale.place(moment))
        yield (
            f'<svg class="bar {kind}" x="{x}" y="{number(y + _AREA)}" width="0" height="0"><title>{text(told)}</title>'
            f'<svg class="mark"><path d="{MARKS[kind]}"/></svg></svg>'
        )


def _band(counts: Sequence[int], y: float) -> Iterator[str]:
    """A path for each shade: the more there were, the darker."""
    most = max(counts, default=0)
    if not most:
        return
    shades: dict[int, list[str]] = {}
    for place, count in enumerate(counts):
        if count:
            shades.setdefault(-(-count * _SHADES // most), []).append(f"M{place} 0h1v1h-1z")
    yield (
        f'<svg class="band" x="0" y="{number(y)}" width="100%" height="{_BAND}" viewBox="0 0 {len(counts)} 1" '
        'preserveAspectRatio="none">'
    )
    for shade in sorted(shades):
        yield f'<path opacity="{number(shade / _SHADES)}" d="{"".join(shades[shade])}"/>'
    yield "</svg>"
