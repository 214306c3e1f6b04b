"""Finding out that a simulation has come into a rhythm, so that whole rounds of it can be passed over."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from torclint.run.forecast.cohorts import Cohort


class Look(NamedTuple):
    """What there is to see at a moment; `shape` is what has to come again for a rhythm, the rest may grow or shrink."""

    shape: tuple[object, ...]
    now: int
    ready: list[int]
    released: list[int]
    done: list[int]


class Rhythm:
    """Looks for a moment like an earlier one (Brent's way: the one to compare with moves on at powers of two)."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        self.anchor: Look | None = None
        self._low: list[int] = []
        self._steps = self._power = 1

    def rounds(self, look: Look, live: list[int], cohorts: list[Cohort], now: int) -> int:
        """How many more rounds like the one since the anchor are sure to follow, after which nothing is new."""
        anchor = self.anchor
        if anchor is None or self._steps == self._power:
            self._power *= 2
            self._steps = 0
            self.anchor, self._low = look, list(look.ready)
            return 0
        self._steps += 1
        self._low = list(map(min, self._low, look.ready))
        if look.shape != anchor.shape or look.now == anchor.now:
            return 0
        most = 1 << 62
        for place, number in enumerate(live):
            size = cohorts[number].size
            change = look.ready[place] - anchor.ready[place]
            if change and not self._low[place]:
                return 0  # there were not enough of them at some time, and there will be more or fewer
            if change < 0:
                most = min(most, (self._low[place] - 1) // -change)
            done = look.done[place] - anchor.done[place]
            if done:
                most = min(most, (size - 1 - look.done[place]) // done)
            released = look.released[place] - anchor.released[place]
            if released:
                most = min(most, (size - look.released[place]) // released)
        return most if most < 1 << 62 else 0
