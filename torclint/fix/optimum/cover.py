"""One set made up of inputs and barriers, for the fewest edges."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING, Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_STEPS = 20_000
_ATOMS = 24  # a set of more is made up greedily


class Picks(Record):
    """What someone waits for: sets taken directly, and barriers, by their sets."""

    direct: tuple[int, ...]
    barriers: tuple[int, ...]


NOTHING = Picks((), ())


def cheapest_cover(
    mask: int, inputs: Iterable[int], barriers: Iterable[int], price: Callable[[int], int], per_barrier: int
) -> tuple[int, Picks]:
    """How to make up `mask` of parts of it: inputs for `price` of what they add to those taken, and barriers for
    `per_barrier` each. Gives the sum too. The inputs alone have to make it up.
    """
    search = _Cover(sorted(inputs, key=_size), sorted(barriers, key=_size), price, per_barrier)
    if mask.bit_count() > _ATOMS:
        return search.greedy(mask)
    search.go(mask, 0, 0, NOTHING)
    assert search.best is not None
    return search.best


def _size(mask: int) -> tuple[int, int]:
    return -mask.bit_count(), mask


class _Cover:
    def __init__(self, inputs: list[int], barriers: list[int], price: Callable[[int], int], per_barrier: int) -> None:
        self.best: tuple[int, Picks] | None = None
        self._inputs = inputs
        self._barriers = barriers
        self._price = price
        self._per_barrier = per_barrier
        self._steps = 0

    def go(self, left: int, direct: int, cost: int, picks: Picks) -> None:
        """Take, in all ways, what covers the first bit that is left."""
        self._steps += 1
        if self.best is not None:
            # of equal sums the one with the fewest parts: none of them is needless then
            worse = (cost, len(picks.direct)) >= (self.best[0], len(self.best[1].direct))
            if worse or self._steps > _STEPS:
                return
        if not left:
            self.best = cost, picks
            return
        first = left & -left
        for each in self._barriers:
            if each & first:
                taken = picks._replace(barriers=(*picks.barriers, each))
                self.go(left & ~each, direct, cost + self._per_barrier, taken)
        for each in self._inputs:
            if each & first:
                taken = picks._replace(direct=(*picks.direct, each))
                self.go(left & ~each, direct | each, cost + self._price(each & ~direct), taken)

    def greedy(self, mask: int) -> tuple[int, Picks]:
        """Barriers as long as one saves more than it costs, the best first; then inputs."""
        left, cost = mask, 0
        through: list[int] = []
        while self._barriers:
            gain, best = max((self._price(each & left), each) for each in self._barriers)
            if gain <= self._per_barrier:
                break
            through.append(best)
            left &= ~best
            cost += self._per_barrier
        taken: list[int] = []
        direct = 0
        for each in self._inputs:
            if each & left:
                taken.append(each)
                cost += self._price(each & ~direct)
                direct |= each
                left &= ~each
        return cost, Picks(tuple(taken), tuple(through))
