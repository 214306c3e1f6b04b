"""Counting where one large range stands in several slots of a name (`run_{i}_seed_{i:04d}`, or two zipped ranges).

All slots show digits of the same index. So digits are fed to all slots at once: what a run of digits does is kept as
one map from states to states per slot, and equal maps are merged.
"""

from __future__ import annotations

from torclint.names.digits import DIGITS, DigitReader
from torclint.names.machine import STATE_LIMIT, OverBudget, run
from torclint.names.passage import through_slot, through_text
from torclint.names.template import Slot, Template
from torclint.record import TYPE_CHECKING
from torclint.spec.domain import Domain, RangeAxis

if TYPE_CHECKING:
    from torclint.names.digits import Weights
    from torclint.names.machine import Machine

Maps = tuple[tuple[int, ...], ...]  # for each slot, the state after the digits for each state before them


def count_repeated_range(template: Template, domain: Domain, machine: Machine, axis_number: int) -> int:
    """The number of points whose name is accepted; only the axis `axis_number` occurs more than once. Raises OverBudget."""
    axis = domain.axes[axis_number]
    assert isinstance(axis, RangeAxis)
    slots = [slot for slot in template.slots if slot.parameter in axis.names]
    columns = {axis.names.index(slot.parameter) for slot in slots}
    if len({(axis.starts[column], axis.steps[column]) for column in columns}) > 1:
        raise OverBudget("zipped ranges with different numbers in one name")
    column = columns.pop()
    start, step, length = axis.starts[column], axis.steps[column], axis.length
    if step < 0:
        start, step = start + step * (length - 1), -step
    if start < 0 or step != 1:
        raise OverBudget("a range with a step or a sign that stands more than once in a name")
    return _Counter(template, domain, machine, axis_number, slots).total(start, start + length - 1)


class _Counter:
    def __init__(
        self, template: Template, domain: Domain, machine: Machine, axis_number: int, slots: list[Slot]
    ) -> None:
        self.template = template
        self.axes = domain.axes
        self.numbers = domain.numbers
        self.shared = frozenset(domain.axes[axis_number].names)
        self.machine = machine
        self.slots = slots
        self.reader = DigitReader(machine)

    def total(self, low: int, high: int) -> int:
        accepted = 0
        while low <= high:
            digits = len(str(low))
            top = min(high, 10**digits - 1)
            accepted += self._of_length(digits, low, top)
            low = top + 1
        return accepted

    def _of_length(self, digits: int, low: int, high: int) -> int:
        entries = self._entry_states(digits)
        before: Maps = tuple(
            tuple(run(self.machine, "0" * max(0, slot.width - digits), state) for state in states)
            for slot, states in zip(self.slots, entries, strict=True)
        )
        accepted = 0
        for maps, weight in self._after_digits(before, digits, low, high).items():
            accepted += weight * self._count(entries, maps)
        return accepted

    def _entry_states(self, digits: int) -> list[tuple[int, ...]]:
        """For each slot the states in which it can be entered, by numbers of this length."""
        entries: list[tuple[int, ...]] = []
        states = {self.machine.start}
        for part in self.template.parts:
            if isinstance(part, str):
                states = {run(self.machine, part, state) for state in states}
            elif part in self.slots and part.parameter in self.shared:
                entries.append(tuple(sorted(states)))
                states = {run(self.machine, "0" * max(0, part.width - digits), state) for state in states}
                for _ in range(digits):
                    states = {after for state in states for after in self.reader.steps(state)}
            else:
                states = set(
                    through_slot(self.reader, dict.fromkeys(states, 1), part, self.axes[self.numbers[part.parameter]])
                )
            if len(states) > STATE_LIMIT // 100:
                raise OverBudget(f"more than {STATE_LIMIT // 100:,} states before a slot")
        return entries

    def _after_digits(self, before: Maps, digits: int, low: int, high: int) -> dict[Maps, int]:
        """How many numbers in low..high, all of `digits` digits, do each thing to the slots."""
        free: dict[Maps, int] = {}
        cut: dict[tuple[Maps, int], int] = {(before, 0): 1}
        for rest in range(digits - 1, -1, -1):
            size = 10**rest
            moved: dict[Maps, int] = {}
            for maps, weight in free.items():
                for digit in DIGITS:
                    after = self._feed(maps, digit)
                    moved[after] = moved.get(after, 0) + weight
            still_cut: dict[tuple[Maps, int], int] = {}
            for (maps, first), weight in cut.items():
                for value, digit in enumerate(DIGITS):
                    number = first + value * size
                    if number > high or number + size - 1 < low:
                        continue
                    after = self._feed(maps, digit)
                    if low <= number and number + size - 1 <= high:
                        moved[after] = moved.get(after, 0) + weight
                    else:
                        still_cut[after, number] = still_cut.get((after, number), 0) + weight
            free, cut = moved, still_cut
            if len(free) > STATE_LIMIT // 10:
                raise OverBudget(f"more than {STATE_LIMIT // 10:,} different effects of digits")
        return free

    def _feed(self, maps: Maps, digit: str) -> Maps:
        step = self.machine.step
        return tuple(tuple(step(state, digit) for state in states) for states in maps)

    def _count(self, entries: list[tuple[int, ...]], maps: Maps) -> int:
        weights: Weights = {self.machine.start: 1}
        seen = 0
        for part in self.template.parts:
            moved: Weights = {}
            if isinstance(part, str):
                moved = through_text(self.machine, weights, part)
            elif part.parameter in self.shared:
                effect = dict(zip(entries[seen], maps[seen], strict=True))
                seen += 1
                for state, weight in weights.items():
                    moved[effect[state]] = moved.get(effect[state], 0) + weight
            else:
                moved = through_slot(self.reader, weights, part, self.axes[self.numbers[part.parameter]])
            weights = moved
        return sum(weight for state, weight in weights.items() if self.machine.accepts(state))
