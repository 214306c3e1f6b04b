"""Blocks of numbers with the same leading digits, by the state that these digits lead to.

A block's remaining digits are all free. In a progression with a step, what its first number leaves modulo the step is
all that matters of it; without a step not even that.
"""

from __future__ import annotations

from torclint.record import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    Steps = Callable[[int], tuple[int, ...]]  # where the digits 0..9 lead from a state


class Blocks:
    """Blocks of a range without a step: how many blocks there are in each state."""

    __slots__ = ("weights",)

    def __init__(self) -> None:
        self.weights: dict[int, int] = {}

    def add(self, state: int, first: int, weight: int) -> None:
        """A block that begins with the number `first`, `weight` times."""
        self.weights[state] = self.weights.get(state, 0) + weight

    def settle(self, state: int, size: int) -> int:
        """Take out the blocks of `state`, each of `size` numbers; how many numbers of the range they hold."""
        return self.weights.pop(state) * size

    def branch(self, steps: Steps, size: int) -> Blocks:
        """All blocks cut into ten by their next digit; `size` numbers each."""
        branches = Blocks()
        weights = branches.weights
        known = weights.get
        for state, weight in self.weights.items():
            for following in steps(state):
                weights[following] = known(following, 0) + weight
        return branches

    @property
    def size(self) -> int:
        return len(self.weights)


class SteppedBlocks:
    """Blocks of a progression: for each state how many blocks begin with each residue modulo the step."""

    __slots__ = ("residue", "step", "weights")

    def __init__(self, residue: int, step: int) -> None:
        self.residue = residue
        self.step = step
        self.weights: dict[int, list[int]] = {}

    def add(self, state: int, first: int, weight: int) -> None:
        """A block that begins with the number `first`, `weight` times."""
        if state not in self.weights:
            self.weights[state] = [0] * self.step
        self.weights[state][first % self.step] += weight

    def settle(self, state: int, size: int) -> int:
        """Take out the blocks of `state`, each of `size` numbers; how many numbers of the progression they hold."""
        weights = self.weights.pop(state)
        every, extra = divmod(size, self.step)
        # blocks that begin up to `extra` - 1 before a member hold one member more
        low = self.residue - extra + 1
        more = sum(weights[low : self.residue + 1]) if low >= 0 else sum(weights) - sum(weights[self.residue + 1 : low])
        return every * sum(weights) + (more if extra else 0)

    def branch(self, steps: Steps, size: int) -> SteppedBlocks:
        """All blocks cut into ten by their next digit; `size` numbers each."""
        branches = SteppedBlocks(self.residue, self.step)
        for state, weights in self.weights.items():
            for digit, following in enumerate(steps(state)):
                branches._add_shifted(following, weights, digit * size % self.step)
        return branches

    def _add_shifted(self, state: int, weights: list[int], shift: int) -> None:
        moved = weights[-shift:] + weights[:-shift] if shift else weights
        known = self.weights.get(state)
        self.weights[state] = moved[:] if known is None else list(map(int.__add__, known, moved))

    @property
    def size(self) -> int:
        return len(self.weights) * self.step
