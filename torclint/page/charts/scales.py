"""Axes: from values to percent of the room there is, and where the marks stand."""

from __future__ import annotations

from math import ceil, floor, log10

from torclint.record import Record
from torclint.spec.amounts import size_text

_MINUTE, _HOUR, _DAY = 60, 3600, 86400
_TIMES = (
    *(digit * 10.0**power for power in range(-3, 1) for digit in (1, 2, 5)),
    10, 15, 30, _MINUTE, 2 * _MINUTE, 5 * _MINUTE, 10 * _MINUTE, 15 * _MINUTE, 30 * _MINUTE,
    _HOUR, 2 * _HOUR, 3 * _HOUR, 6 * _HOUR, 12 * _HOUR, _DAY,
)  # fmt: skip
_BINARY = 1024


class Tick(Record):
    """A mark on an axis: the value, and what is written there."""

    value: float
    text: str


class Scale(Record):
    """An axis from `low` to `high`, of which the room is 100 percent wide."""

    low: float
    high: float

    def place(self, value: float) -> float:
        """Percent; beyond the axis it is the nearer end."""
        if self.high <= self.low:
            return 0.0
        return min(100.0, max(0.0, 100.0 * (value - self.low) / (self.high - self.low)))


def time_ticks(seconds: float, most: int = 8) -> list[Tick]:
    """Marks from 0 to `seconds`, `most` steps at most, at moments that people count by."""
    if seconds <= 0:
        return [Tick(0.0, "0")]
    step = next((step for step in _TIMES if seconds / step <= most), 0.0)
    step = step or ceil(seconds / most / _DAY) * _DAY
    return [Tick(number * step, span_text(number * step)) for number in range(floor(seconds / step * (1 + 1e-9)) + 1)]


def span_text(seconds: float) -> str:
    """`0`, `0.5 s`, `1 min 30 s`, `2 h`, `1 d 6 h`: no more than two units, and only what is not zero."""
    if seconds < _MINUTE:
        return f"{seconds:.3g} s" if seconds else "0"
    whole = round(seconds)
    for size, unit, smaller, part in ((_DAY, "d", _HOUR, "h"), (_HOUR, "h", _MINUTE, "min"), (_MINUTE, "min", 1, "s")):
        if whole >= size:
            rest = whole % size // smaller
            return f"{whole // size:,} {unit}" + (f" {rest} {part}" if rest else "")
    raise AssertionError


def count_ticks(most_value: float, most: int = 4) -> list[Tick]:
    """Marks from 0 up to `most_value` at 1, 2 or 5 times a power of ten, whole numbers only."""
    step = _nice(max(most_value, 1) / most)
    return [Tick(number * step, f"{number * step:,}") for number in range(floor(max(most_value, 1) / step) + 1)]


def byte_ticks(most_value: float, most: int = 4) -> list[Tick]:
    """The same for bytes, in the unit that the largest one is told in."""
    unit = _BINARY ** min(4, int(log10(max(most_value, 1)) / log10(_BINARY)))
    return [Tick(tick.value * unit, size_text(int(tick.value * unit))) for tick in count_ticks(most_value / unit, most)]


def _nice(least: float) -> int:
    power: int = 10 ** max(0, floor(log10(least)))
    return next((digit * power for digit in (1, 2, 5) if digit * power >= least), 10 * power)
