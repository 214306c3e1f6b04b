"""One quantity along the time, that goes up and down in steps, and the limit that it has."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from torclint.page.charts.frame import AXIS, Pause, axis, framed, number, percent, text
from torclint.page.charts.scales import Scale, count_ticks
from torclint.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markupsafe import Markup

    from torclint.page.charts.scales import Tick

_TOP = 16  # pixels above the plot, for what is written at the uppermost line
_WIDE, _HIGH = 1000, 100  # of the plane that a plot is drawn on before it is stretched


class Steps(Record):
    """`times` are those at which a step begins, and in the end when the last one ends: one more than `values`."""

    times: Sequence[float]
    values: Sequence[float]


def chart(
    name: str,
    title: str,
    told: str,
    steps: Steps,
    seconds: float,
    *,
    limit: float | None = None,
    limit_text: str = "",
    ticks: Sequence[Tick] | None = None,
    pauses: Sequence[Pause] = (),
    height: float = 120,
) -> Markup:
    """The area below `steps` from 0 to `seconds`; `limit` is a line above it with `limit_text` beside."""
    most = max((*steps.values, limit or 0.0, 1e-9))
    ticks = count_ticks(most) if ticks is None else ticks
    bottom = _TOP + height
    scale = Scale(0.0, most)

    def y(value: float) -> float:
        return bottom - height * scale.place(value) / 100

    def parts() -> Iterator[str]:
        yield from axis(seconds, _TOP, bottom, pauses)
        yield f'<g class="plot" data-steps="{_read(steps)}" data-seconds="{number(seconds)}">'
        yield plot(steps, Scale(0.0, seconds), most, _TOP, height)
        yield "</g>"
        for tick in ticks:
            yield f'<line class="grid" x1="0" x2="100%" y1="{number(y(tick.value))}" y2="{number(y(tick.value))}"/>'
            if tick.value and not (limit and abs(y(tick.value) - y(limit)) < _TOP):
                yield f'<text class="value" x="2" y="{number(y(tick.value) - 3)}">{text(tick.text)}</text>'
        if limit:
            yield f'<line class="limit" x1="0" x2="100%" y1="{number(y(limit))}" y2="{number(y(limit))}"/>'
            yield f'<text class="value" x="2" y="{number(y(limit) - 4)}">{text(limit_text)}</text>'

    return framed(name, title, told, bottom + AXIS, parts())


def plot(steps: Steps, scale: Scale, most: float, top: float, height: float) -> str:
    """The area alone, as wide as there is room."""
    rise = Scale(0.0, most)
    line = []
    for (start, end), value in zip(pairwise(steps.times), steps.values, strict=True):
        y = _HIGH - rise.place(value)
        line.append(f"{number(scale.place(start) * 10)} {number(y)}H{number(scale.place(end) * 10)}")
    drawn = "V".join(part if not place else part.split(" ", 1)[1] for place, part in enumerate(line))
    if not drawn:
        return ""
    first = number(scale.place(steps.times[0]) * 10)
    return (
        f'<svg x="0" y="{number(top)}" width="{percent(100)}" height="{number(height)}" '
        f'viewBox="0 0 {_WIDE} {_HIGH}" preserveAspectRatio="none">'
        f'<path class="area" d="M{drawn}V{_HIGH}H{first}Z"/><path class="line" d="M{drawn}"/></svg>'
    )


def _read(steps: Steps) -> str:
    """What charts.js tells under the pointer: `TIME VALUE` for each step."""
    pairs = zip(steps.times, steps.values, strict=False)
    return ",".join(f"{number(start)} {number(value)}" for start, value in pairs)
