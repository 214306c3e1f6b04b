"""How the numbers of an arithmetic progression move a machine: digit by digit, never number by number.

A block of numbers with the same leading digits is closed as soon as the digits that are left cannot make a difference;
blocks that leave the machine in the same state, with the same residue, are merged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from torclint.names.machine import STATE_LIMIT, OverBudget

if TYPE_CHECKING:
    from torclint.names.machine import Machine

DIGITS = "0123456789"
_FEW = 256  # progressions this short are read number by number

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
        if length <= _FEW:
            self._one_by_one(weights, start, step, length, width, result)
            return result
        step = step or 1
        negatives = 0 if start >= 0 else min(length, (-start + step - 1) // step)
        if negatives:
            last = start + step * (negatives - 1)
            signed = _stepped(self.machine, weights, "-")
            self._magnitudes(signed, -last, step, negatives, max(0, width - 1), result)
        if negatives < length:
            self._magnitudes(weights, start + step * negatives, step, length - negatives, width, result)
        return result

    def _one_by_one(
        self, weights: Weights, start: int, step: int, length: int, width: int, result: Weights
    ) -> None:
        machine_step = self.machine.step
        for index in range(length):
            text = f"{start + step * index:0{width}d}" if width else str(start + step * index)
            for state, weight in weights.items():
                for char in text:
                    state = machine_step(state, char)
                result[state] = result.get(state, 0) + weight

    def _magnitudes(self, weights: Weights, start: int, step: int, length: int, width: int, result: Weights) -> None:
        """The same for non-negative numbers: all that padding makes equally long at once, then one length at a time."""
        last = start + step * (length - 1)
        low, digits = start, max(width, len(str(start)))
        while low <= last:
            high = min(last, 10**digits - 1)
            self._fixed(weights, digits, low, high, start % step, step, result)
            following = 10**digits
            low = following + (start - following) % step
            digits += 1
            while digits < len(str(low)):
                digits += 1

    def _fixed(self, weights: Weights, digits: int, low: int, high: int, residue: int, step: int, result: Weights) -> None:
        """Numbers of exactly `digits` digits (leading zeros count) in low..high that are `residue` modulo `step`."""
        # a block is (state, first number modulo step) for blocks wholly inside low..high; the at most two that the
        # borders cut keep their first number instead
        free: dict[tuple[int, int], int] = {}
        cut: dict[tuple[int, int], int] = {(state, 0): weight for state, weight in weights.items()}
        for rest in range(digits, -1, -1):
            size = 10**rest
            free = self._close(free, rest, size, residue, step, result)
            inside: dict[tuple[int, int], int] = {}
            split: dict[tuple[int, int], int] = {}
            for (state, first), weight in cut.items():
                if first > high or first + size - 1 < low:
                    continue
                target = inside if low <= first and first + size - 1 <= high else split
                key = (state, first % step) if target is inside else (state, first)
                target[key] = target.get(key, 0) + weight
            for key, weight in self._close(inside, rest, size, residue, step, result).items():
                free[key] = free.get(key, 0) + weight
            split = self._close_cut(split, rest, size, low, high, residue, step, result)
            if rest == 0 or not (free or split):
                return
            free = self._branch(free, rest, step)
            cut = self._branch(split, rest, 0)

    def _close(
        self, blocks: dict[tuple[int, int], int], rest: int, size: int, residue: int, step: int, result: Weights
    ) -> dict[tuple[int, int], int]:
        """Settle the blocks whose remaining digits lead to one state whatever they are; give back the others."""
        still_open: dict[tuple[int, int], int] = {}
        for (state, first), weight in blocks.items():
            offset = (residue - first) % step
            if offset >= size:
                continue
            after = self.uniform(state, rest)
            if after is None:
                still_open[state, first] = weight
            else:
                result[after] = result.get(after, 0) + weight * ((size - 1 - offset) // step + 1)
        return still_open

    def _close_cut(
        self, blocks: dict[tuple[int, int], int], rest: int, size: int, low: int, high: int,
        residue: int, step: int, result: Weights,
    ) -> dict[tuple[int, int], int]:  # fmt: skip
        still_open: dict[tuple[int, int], int] = {}
        for (state, first), weight in blocks.items():
            after = self.uniform(state, rest)
            if after is None:
                still_open[state, first] = weight
                continue
            bottom, top = max(low, first), min(high, first + size - 1)
            offset = (residue - bottom) % step
            if bottom + offset <= top:
                result[after] = result.get(after, 0) + weight * ((top - bottom - offset) // step + 1)
        return still_open

    def _branch(self, blocks: dict[tuple[int, int], int], rest: int, modulus: int) -> dict[tuple[int, int], int]:
        size = 10 ** (rest - 1)
        branches: dict[tuple[int, int], int] = {}
        for (state, first), weight in blocks.items():
            for digit, following in enumerate(self.steps(state)):
                number = first + digit * size
                key = (following, number % modulus if modulus else number)
                branches[key] = branches.get(key, 0) + weight
        if len(branches) > 4 * STATE_LIMIT:
            raise OverBudget(f"more than {4 * STATE_LIMIT:,} blocks of numbers")
        return branches

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


def _stepped(machine: Machine, weights: Weights, char: str) -> Weights:
    moved: Weights = {}
    for state, weight in weights.items():
        following = machine.step(state, char)
        moved[following] = moved.get(following, 0) + weight
    return moved
