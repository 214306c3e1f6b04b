"""One set made up of inputs and barriers, for the fewest edges."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING, Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_STEPS = 3_000
_ATOMS = 24  # a set of more is made up greedily


class Picks(Record):
    """What someone waits for: sets taken directly, and barriers, by their sets."""

    direct: tuple[int, ...]
    barriers: tuple[int, ...]


def cheapest_cover(
    mask: int,
    inputs: Iterable[int],
    barriers: Iterable[int],
    price: Callable[[int], int],
    per_barrier: int,
    own: frozenset[int],
) -> tuple[int, Picks]:
    """How to make up `mask` of parts of it: inputs for `price` of what they add to those taken, and barriers for
    `per_barrier` each. Gives the sum too. The inputs alone have to make it up. At equal sums those in `own` are taken.
    """
    search = _Cover(sorted(inputs, key=_size), sorted(barriers, key=_size), price, per_barrier, own)
    if mask.bit_count() > _ATOMS:
        return search.greedy(mask)
    search.go(mask, 0, 0, 0, (), ())
    assert search.best is not None
    return search.best


def _size(mask: int) -> tuple[int, int]:
    return -mask.bit_count(), mask


class _Cover:
    def __init__(
        self,
        inputs: list[int],
        barriers: list[int],
        price: Callable[[int], int],
        per_barrier: int,
        own: frozenset[int],
    ) -> None:
        self.best: tuple[int, Picks] | None = None
        self._inputs = inputs
        self._barriers = barriers
        self._price = price
        self._per_barrier = per_barrier
        self._own = own
        self._least = (0, 0, 0)
        self._steps = 0

    def go(
        self, left: int, direct: int, cost: int, foreign: int, taken: tuple[int, ...], through: tuple[int, ...]
    ) -> None:
        """Take, in all ways, what covers the first bit that is left."""
        self._steps += 1
        # of equal sums the one with the fewest parts: none of them is needless then
        worse = self.best is not None and (cost, foreign, len(taken)) >= self._least
        if worse or (self.best is not None and self._steps > _STEPS):
            return
        if not left:
            self.best = cost, Picks(taken, through)
            self._least = cost, foreign, len(taken)
            return
        first = left & -left
        for each in self._barriers:
            if each & first:
                self.go(left & ~each, direct, cost + self._per_barrier, foreign, taken, (*through, each))
        for each in self._inputs:
            if each & first:
                more = cost + self._price(each & ~direct)
                self.go(left & ~each, direct | each, more, foreign + (each not in self._own), (*taken, each), through)

    def greedy(self, mask: int) -> tuple[int, Picks]:
        """Barriers as long as one saves more than it costs, the best first, then inputs; or no barriers at all."""
        through = self._greedily(mask, self._barriers)
        direct = self._greedily(mask, [])
        return through if through[0] < direct[0] else direct

    def _greedily(self, mask: int, barriers: list[int]) -> tuple[int, Picks]:
        left, cost = mask, 0
        through: list[int] = []
        while barriers:
            gain, best = max((self._price(each & left), each) for each in barriers)
            if gain <= self._per_barrier:
                break
            through.append(best)
            left &= ~best
            cost += self._per_barrier
        taken: list[int] = []
        direct = 0
        while left:
            fitting = (each for each in self._inputs if each & left)
            best = min(fitting, key=lambda each: self._rank(each, left, direct))
            taken.append(best)
            cost += self._price(best & ~direct)
            direct |= best
            left &= ~best
        return cost, Picks(tuple(taken), tuple(through))

    def _rank(self, part: int, left: int, direct: int) -> tuple[int, bool, int]:
        """First what adds least beyond what is wanted, then what is there already, then the largest."""
        return self._price(part & ~left & ~direct), part not in self._own, -self._price(part & left)
