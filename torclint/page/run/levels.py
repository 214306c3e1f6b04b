"""How much of something was in use along the time: exactly for few, by the mean of equal stretches for many."""

from __future__ import annotations

from collections import defaultdict
from itertools import accumulate
from typing import TYPE_CHECKING

from torclint.page.charts.steps import Steps

if TYPE_CHECKING:
    from collections.abc import Iterable

STRETCHES = 240  # of equal length
_FEW = 300  # intervals up to which every step is shown


class Level:
    """The sum of the weights of all intervals that cover a moment, from 0 to `seconds`. Adding one costs the same however
    many there are; they are kept one by one only as long as they are few."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._wide = seconds / STRETCHES
        self._whole = [0.0] * (STRETCHES + 2)  # changes from one stretch to the next
        self._part = [0.0] * (STRETCHES + 1)  # what is different in the stretches where intervals begin and end
        self._few: list[tuple[float, float, float]] = []
        self.total = 0.0  # weight times seconds

    def add(self, start: float, end: float, weight: float = 1.0) -> None:
        """From `start` on, and before `end`; both within the time there is."""
        if end <= start or not weight or self._wide <= 0:
            return
        self.total += weight * (end - start)
        if len(self._few) <= _FEW:
            self._few.append((start, end, weight))
        first = start / self._wide
        place = min(int(first), STRETCHES - 1)
        self._part[place] += weight * (place + 1 - first)
        self._whole[place + 1] += weight
        last = end / self._wide
        place = min(int(last), STRETCHES - 1)
        self._part[place] -= weight * (place + 1 - last)
        self._whole[place + 1] -= weight

    @property
    def is_exact(self) -> bool:
        return len(self._few) <= _FEW

    @property
    def used(self) -> bool:
        return self.total > 0

    def steps(self) -> Steps:
        if self.is_exact:
            return exact(self._few, self._seconds)
        return Steps([self._wide * place for place in range(STRETCHES + 1)], self._means())

    def means(self, rows: int) -> list[float]:
        """The mean of each of so many equal parts of the time; a divisor of STRETCHES."""
        means, each = self._means(), STRETCHES // rows
        return [sum(means[place : place + each]) / each for place in range(0, STRETCHES, each)]

    def _means(self) -> list[float]:
        sums = accumulate(self._whole)
        values = [max(0.0, part + whole) for part, whole in zip(self._part, sums, strict=False)][:STRETCHES]
        return [round(value, 6) for value in values]


def exact(intervals: Iterable[tuple[float, float, float]], seconds: float) -> Steps:
    """Every step of the sum."""
    changes: defaultdict[float, float] = defaultdict(float)
    for start, end, weight in intervals:
        changes[start] += weight
        changes[end] -= weight
    times, values = [0.0], []
    level = changes.pop(0.0, 0.0)
    for moment in sorted(changes):
        if moment >= seconds:
            break
        if changes[moment]:
            values.append(level)
            times.append(moment)
            level = round(level + changes[moment], 6)
    return Steps([*times, seconds], [*values, level])
