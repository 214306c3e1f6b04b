"""How the numbers of an arithmetic progression move a machine: digit by digit, never number by number.

A block of numbers with the same leading digits is closed as soon as the digits that are left cannot make a difference;
blocks that leave the machine in the same state, with the same residue, are merged.
"""

from __future__ import annotations

from torclint.names.machine import STATE_LIMIT, OverBudget
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

    def _fixed(
        self, weights: Weights, digits: int, low: int, high: int, residue: int, step: int, result: Weights
    ) -> None:
        """Numbers of exactly `digits` digits (leading zeros count) in low..high that are `residue` modulo `step`."""
        free = _Blocks(residue, step)
        # the blocks that a border cuts, at most two for each state: (state, first number) -> weight
        cut: dict[tuple[int, int], int] = {(state, 0): weight for state, weight in weights.items()}
        for rest in range(digits, -1, -1):
            size = 10**rest
            still_cut: dict[tuple[int, int], int] = {}
            for (state, first), weight in cut.items():
                last = first + size - 1
                if first > high or last < low:
                    continue
                if low <= first and last <= high:
                    free.add(state, first % step, weight)
                    continue
                after = self.uniform(state, rest)
                if after is None:
                    still_cut[state, first] = weight
                    continue
                members = _members(max(low, first), min(high, last), residue, step)
                if members:
                    result[after] = result.get(after, 0) + weight * members
            self._close(free, rest, result)
            if rest == 0 or not (free.weights or still_cut):
                return
            free = self._branch(free, rest)
            cut = {}
            for (state, first), weight in still_cut.items():
                for digit, following in enumerate(self.steps(state)):
                    key = (following, first + digit * (size // 10))
                    cut[key] = cut.get(key, 0) + weight

    def _close(self, free: _Blocks, rest: int, result: Weights) -> None:
        """Settle the blocks whose remaining digits lead to one state whatever they are."""
        for state in list(free.weights):
            after = self.uniform(state, rest)
            if after is not None:
                members = free.settle(state, 10**rest)
                if members:
                    result[after] = result.get(after, 0) + members

    def _branch(self, free: _Blocks, rest: int) -> _Blocks:
        size = 10 ** (rest - 1)
        branches = _Blocks(free.residue, free.step)
        for state in free.weights:
            for digit, following in enumerate(self.steps(state)):
                branches.add_shifted(following, free.weights[state], digit * size % free.step)
        if len(branches.weights) * free.step > 100 * STATE_LIMIT:
            raise OverBudget(f"more than {100 * STATE_LIMIT:,} blocks of numbers")
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


class _Blocks:
    """Blocks of numbers that lie wholly inside the range, by state and by what their first number leaves modulo step."""

    __slots__ = ("residue", "step", "weights")

    def __init__(self, residue: int, step: int) -> None:
        self.residue = residue
        self.step = step
        self.weights: dict[int, list[int]] = {}

    def add(self, state: int, first: int, weight: int) -> None:
        if state not in self.weights:
            self.weights[state] = [0] * self.step
        self.weights[state][first] += weight

    def add_shifted(self, state: int, weights: list[int], shift: int) -> None:
        moved = weights[-shift:] + weights[:-shift] if shift else weights
        known = self.weights.get(state)
        self.weights[state] = moved[:] if known is None else list(map(int.__add__, known, moved))

    def settle(self, state: int, size: int) -> int:
        """Take out the blocks of `state`, each of `size` numbers; how many numbers of the progression they hold."""
        weights = self.weights.pop(state)
        every, extra = divmod(size, self.step)
        # blocks that begin up to `extra` - 1 before a member hold one member more
        low = self.residue - extra + 1
        more = sum(weights[low : self.residue + 1]) if low >= 0 else sum(weights) - sum(weights[self.residue + 1 : low])
        return every * sum(weights) + (more if extra else 0)


def _members(low: int, high: int, residue: int, step: int) -> int:
    first = low + (residue - low) % step
    return 0 if first > high else (high - first) // step + 1


def _stepped(machine: Machine, weights: Weights, char: str) -> Weights:
    moved: Weights = {}
    for state, weight in weights.items():
        following = machine.step(state, char)
        moved[following] = moved.get(following, 0) + weight
    return moved
