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
_FINEST = 2500  # so many steps can be told apart on a wide screen
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
    unit: str = "",
    pauses: Sequence[Pause] = (),
    height: float = 120,
) -> Markup:
    """The area below `steps` from 0 to `seconds`; `limit` is a line above it with `limit_text` beside. `unit`
    follows values that charts.js tells: "bytes", a word, or nothing."""
    most = max((*steps.values, limit or 0.0, 1e-9))
    ticks = count_ticks(most) if ticks is None else ticks
    bottom = _TOP + height
    scale = Scale(0.0, most)

    def y(value: float) -> float:
        return bottom - height * scale.place(value) / 100

    def parts() -> Iterator[str]:
        yield from axis(seconds, _TOP, bottom, pauses)
        yield f'<g class="plot" data-steps="{_read(steps)}" data-seconds="{number(seconds)}" data-unit="{unit}">'
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
    for start, end, value in _visible(steps, (scale.high - scale.low) / _FINEST):
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


def _visible(steps: Steps, least: float) -> Iterator[tuple[float, float, float]]:
    """(start, end, value) of steps that last `least` seconds: several short ones are one with their mean, and a single one
    between two long ones is not seen."""
    begun = weight = 0.0  # of the short steps that have not become one yet
    held: tuple[float, float, float] | None = None
    for (start, end), value in zip(pairwise(steps.times), steps.values, strict=True):
        if held is None:
            held = (start, end, value)
            begun = end
        elif end - start >= least:
            yield held[0], start, held[2]
            held, begun, weight = (start, end, value), end, 0.0
        else:
            weight += (end - start) * value
            if end - begun >= least:
                yield held[0], begun, held[2]
                held, begun, weight = (begun, end, weight / (end - begun)), end, 0.0
    if held is not None:
        yield held[0], steps.times[-1], held[2]


def _read(steps: Steps) -> str:
    """What charts.js tells under the pointer: `TIME VALUE` for each step."""
    pairs = zip(steps.times, steps.values, strict=False)
    return ",".join(f"{number(start)} {number(value)}" for start, value in pairs)
