"""How the numbers of an arithmetic progression move a machine: digit by digit, never number by number.

A block of numbers with the same leading digits is closed as soon as the digits that are left cannot make a difference;
blocks that leave the machine in the same state, with the same residue, are merged.
"""

from __future__ import annotations

from torclint.names.machine import STATE_LIMIT, OverBudget
from torclint.names.number_blocks import Blocks, SteppedBlocks
from torclint.record import TYPE_CHECKING

if TYPE_CHECKING:
    from torclint.names.machine import Machine

DIGITS = "0123456789"
_FEW = 256  # progressions this short are read number by number
_LONG_STEP = 20_000  # with longer steps the residues cost more than they save

Weights = dict[int, int]


class DigitReader:
    """Feeds numbers to one machine; remembers what runs of digits do to its states."""

    __slots__ = ("_steps", "_uniform", "machine")

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self._uniform: dict[tuple[int, int], int | None] = {}
        self._steps: dict[int, tuple[int, ...]] = {}

    def advance(self, weights: Weights, start: int, step: int, length: int, width: int) -> Weights:
        """Where the numbers start, start + step, .. (`length` of them), written with `width` padding, lead from `weights`.

        `weights` counts the ways to be in each state; so does the result. Raises OverBudget.
        """
        if step < 0:
            start, step = start + step * (length - 1), -step
        result: Weights = {}
        if length <= _FEW or (step > _LONG_STEP and length <= 100 * _FEW):
            self._one_by_one(weights, start, step, length, width, result)
            return result
        step = step or 1
        if step > 10 * _LONG_STEP:
            raise OverBudget(f"a range of {length:,} numbers in steps of {step:,}")
        negatives = 0 if start >= 0 else min(length, (-start + step - 1) // step)
        if negatives:
            last = start + step * (negatives - 1)
            signed = _stepped(self.machine, weights, "-")
            self._magnitudes(signed, -last, step, negatives, max(0, width - 1), result)
        if negatives < length:
            self._magnitudes(weights, start + step * negatives, step, length - negatives, width, result)
        return result

    def _one_by_one(self, weights: Weights, start: int, step: int, length: int, width: int, result: Weights) -> None:
        machine_step = self.machine.step
        for index in range(length):
            text = f"{start + step * index:0{width}d}" if width else str(start + step * index)
            for state, weight in weights.items():
                for char in text:
                    state = machine_step(state, char)
                result[state] = result.get(state, 0) + weight

    def _magnitudes(self, weights: Weights, start: int, step: int, length: int, width: int, result: Weights) -> None:
        """The same for non-negative numbers, from their first digits on; shorter numbers join in where they begin."""
        last = start + step * (length - 1)
        shortest, longest = max(width, len(str(start))), max(width, len(str(last)))
        residue = start % step
        free: Blocks | SteppedBlocks = Blocks() if step == 1 else SteppedBlocks(residue, step)
        # the blocks that a border cuts: (state, first number, least number of this length) -> weight
        cut: dict[tuple[int, int, int], int] = {}
        for rest in range(longest, -1, -1):
            size = 10**rest
            if rest >= shortest:
                least = start if rest == shortest else size // 10
                for state, weight in weights.items():
                    cut[state, 0, least] = cut.get((state, 0, least), 0) + weight
            still_cut: dict[tuple[int, int, int], int] = {}
            for (state, first, least), weight in cut.items():
                end = first + size - 1
                if first > last or end < least:
                    continue
                if least <= first and end <= last:
                    free.add(state, first, weight)
                    continue
                after = self.uniform(state, rest)
                if after is None:
                    still_cut[state, first, least] = weight
                    continue
                members = _members(max(least, first), min(last, end), residue, step)
                if members:
                    result[after] = result.get(after, 0) + weight * members
            self._close(free, rest, result)
            if rest == 0 or (rest <= shortest and not (free.weights or still_cut)):
                return
            free = free.branch(self.steps, size // 10)
            if free.size > 100 * STATE_LIMIT:
                raise OverBudget(f"more than {100 * STATE_LIMIT:,} blocks of numbers")
            cut = {}
            for (state, first, least), weight in still_cut.items():
                for digit, following in enumerate(self.steps(state)):
                    key = (following, first + digit * (size // 10), least)
                    cut[key] = cut.get(key, 0) + weight

    def _close(self, free: Blocks | SteppedBlocks, rest: int, result: Weights) -> None:
        """Settle the blocks whose remaining digits lead to one state whatever they are."""
        for state in list(free.weights):
            after = self.uniform(state, rest)
            if after is not None:
                members = free.settle(state, 10**rest)
                if members:
                    result[after] = result.get(after, 0) + members

    def steps(self, state: int) -> tuple[int, ...]:
        """Where the digits 0..9 lead from `state`."""
        found = self._steps.get(state)
        if found is None:
            step = self.machine.step
            found = self._steps[state] = tuple(step(state, digit) for digit in DIGITS)
            if len(self._steps) > STATE_LIMIT:
                raise OverBudget(f"more than {STATE_LIMIT:,} states")
        return found

    def uniform(self, state: int, rest: int) -> int | None:
        """The state after any `rest` digits, where it is the same for all of them; else None."""
        path = []
        answer: int | None = state
        while rest:
            key = (state, rest)
            if key in self._uniform:
                answer = self._uniform[key]
                break
            path.append(key)
            steps = self.steps(state)
            if steps.count(steps[0]) != 10:
                answer = None
                break
            if steps[0] == state:
                answer = state
                break
            state, rest = steps[0], rest - 1
            answer = state
        for key in path:
            self._uniform[key] = answer
        return answer


def _members(low: int, high: int, residue: int, step: int) -> int:
    first = low + (residue - low) % step
    return 0 if first > high else (high - first) // step + 1


def _stepped(machine: Machine, weights: Weights, char: str) -> Weights:
    moved: Weights = {}
    for state, weight in weights.items():
        following = machine.step(state, char)
        moved[following] = moved.get(following, 0) + weight
    return moved
