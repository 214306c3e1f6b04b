"""What all charts along the time have in common: the outer element, the axis, and marks where a run stood still."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from torclint.page.charts.scales import Scale, time_ticks
from torclint.record import Record
from torclint.report.cells import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

AXIS = 22  # pixels under a chart for the times
_AT_THE_END = 94  # percent from which on a text ends where its mark is


class Pause(Record):
    """A moment, in seconds along the axis, at which time was left out, and what is said of it."""

    at: float
    text: str


def framed(name: str, title: str, told: str, height: float, parts: Iterable[str]) -> Markup:
    """The picture, `height` pixels high, with `title` and `told` for those who do not see it."""
    return Markup(
        f'<svg class="chart" width="100%" height="{number(height)}" role="img" '
        f'aria-labelledby="{name}-title {name}-told">\n'
        f'<title id="{name}-title">{text(title)}</title><desc id="{name}-told">{text(told)}</desc>\n'
        + "\n".join(parts)
        + "\n</svg>"
    )


def axis(seconds: float, top: float, bottom: float, pauses: Sequence[Pause] = ()) -> Iterator[str]:
    """Lines from `top` to `bottom` at round times from 0 to `seconds`, and the times under them."""
    scale = Scale(0.0, seconds)
    for place, tick in enumerate(time_ticks(seconds)):
        x = scale.place(tick.value)
        yield f'<line class="grid" x1="{percent(x)}" x2="{percent(x)}" y1="{number(top)}" y2="{number(bottom)}"/>'
        which = "tick odd" if place % 2 else "tick"
        yield f'<text class="{which}" x="{percent(x)}" y="{number(bottom + 15)}"{anchored(x)}>{text(tick.text)}</text>'
    for pause in pauses:
        x = scale.place(pause.at)
        yield (
            f'<g class="pause"><title>{text(pause.text)}</title>'
            f'<line x1="{percent(x)}" x2="{percent(x)}" y1="{number(top)}" y2="{number(bottom)}"/></g>'
        )


def anchored(x: float) -> str:
    """How a text stands at `x` percent: in the middle of it, but for the two ends."""
    if x <= 100 - _AT_THE_END:
        return ""
    return f' text-anchor="{"end" if x >= _AT_THE_END else "middle"}"'


def text(words: str) -> str:
    """Words of a spec or a log as they may stand in SVG."""
    return str(escape(visible(words)))


def percent(value: float) -> str:
    return f"{number(value)}%"


def number(value: float) -> str:
    """With three digits after the point at most: no picture tells more."""
    return f"{value:.3f}".rstrip("0").rstrip(".")
