"""One pass over the parts of a name: how many ways lead from each state of a machine to each state."""

from __future__ import annotations

from torclint.names.machine import OverBudget, run
from torclint.record import TYPE_CHECKING
from torclint.spec.domain import RangeAxis, RowsAxis

if TYPE_CHECKING:
    from torclint.names.digits import DigitReader, Weights
    from torclint.names.machine import Machine
    from torclint.names.template import Slot
    from torclint.spec.domain import Axis

_STEP_BUDGET = 6_000_000


def through_text(machine: Machine, weights: Weights, text: str) -> Weights:
    """Where `text` leads from each state."""
    moved: Weights = {}
    for state, weight in weights.items():
        after = run(machine, text, state)
        moved[after] = moved.get(after, 0) + weight
    return moved


def through_slot(reader: DigitReader, weights: Weights, slot: Slot, axis: Axis) -> Weights:
    """Where all values of the slot's parameter, which is one of `axis`, lead from each state. Raises OverBudget."""
    column = axis.names.index(slot.parameter)
    if isinstance(axis, RangeAxis):
        return reader.advance(weights, axis.starts[column], axis.steps[column], axis.length, slot.width)
    if len(axis.rows) * len(weights) > _STEP_BUDGET:
        raise OverBudget(f"{len(axis.rows):,} values from {len(weights):,} states")
    moved: Weights = {}
    for text, times in slot_texts(axis, column, slot).items():
        for state, weight in through_text(reader.machine, weights, text).items():
            moved[state] = moved.get(state, 0) + weight * times
    return moved


def slot_texts(axis: RowsAxis, column: int, slot: Slot) -> dict[str, int]:
    """The texts that the rows put into the slot, and how many rows put each."""
    counts: dict[str, int] = {}
    for row in axis.rows:
        text = slot.text_of(row[column])
        counts[text] = counts.get(text, 0) + 1
    return counts
