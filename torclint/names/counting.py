"""How many items of a domain have a name that a machine accepts: exact, for any size, without listing the names."""

from __future__ import annotations

from torclint.names.digits import DigitReader
from torclint.names.machine import OverBudget, is_match, run
from torclint.names.passage import through_slot, through_text
from torclint.names.rust_regex.errors import StateLimit
from torclint.names.template import Slot, Template
from torclint.record import TYPE_CHECKING
from torclint.spec.domain import Domain, RangeAxis

if TYPE_CHECKING:
    from torclint.names.digits import Weights
    from torclint.names.machine import Machine

LIST_BUDGET = 300_000  # names that are listed where no closed form is known


def count_accepted(template: Template, domain: Domain, machine: Machine) -> int:
    """The number of points of `domain` whose name the machine accepts, duplicates included. Raises OverBudget."""
    try:
        return _count(template, domain, machine)
    except StateLimit as error:
        raise OverBudget(str(error)) from None


def _count(template: Template, domain: Domain, machine: Machine) -> int:
    beginning = template.parts[0] if template.parts else ""
    if isinstance(beginning, str):
        after = run(machine, beginning, machine.start)
        if machine.is_settled(after):
            return domain.size if machine.accepts(after) else 0
    uses = [0] * len(domain.axes)
    numbers = domain.numbers
    for slot in template.slots:
        uses[numbers[slot.parameter]] += 1
    multiplicity = 1
    for axis, used in zip(domain.axes, uses, strict=True):
        if not used:
            multiplicity *= axis.length
    if not multiplicity:
        return 0
    repeated = {number for number, used in enumerate(uses) if used > 1}
    if repeated:
        accepted = _count_repeated(template, domain, machine, repeated)
    else:
        accepted = _count_distinct(template, domain, machine)
    return accepted * multiplicity


def _count_distinct(template: Template, domain: Domain, machine: Machine) -> int:
    """Every axis has one slot at most: one pass from left to right, keeping how many ways lead to each state."""
    reader = DigitReader(machine)
    weights: Weights = {machine.start: 1}
    numbers = domain.numbers
    for part in template.parts:
        if isinstance(part, str):
            weights = through_text(machine, weights, part)
        else:
            weights = through_slot(reader, weights, part, domain.axes[numbers[part.parameter]])
    return sum(weight for state, weight in weights.items() if machine.accepts(state))


def _count_repeated(template: Template, domain: Domain, machine: Machine, repeated: set[int]) -> int:
    """One axis at least has several slots, whose texts depend on each other: its values are taken one at a time."""
    combinations = 1
    for number in repeated:
        combinations *= domain.axes[number].length
    shared = [number for number in repeated if isinstance(domain.axes[number], RangeAxis)]
    if combinations > LIST_BUDGET // 10 and len(shared) == len(repeated) == 1:
        from torclint.names.repeated import count_repeated_range

        return count_repeated_range(template, domain, machine, shared[0])
    if combinations > LIST_BUDGET:
        raise OverBudget(f"{combinations:,} combinations of parameters that occur more than once")
    chosen = sorted(repeated)
    fixed = Domain(tuple(domain.axes[number] for number in chosen))
    if len(template.axes(domain)) == len(repeated):
        return sum(is_match(machine, name) for name in template.names(fixed))
    rest = Domain(tuple(axis for number, axis in enumerate(domain.axes) if number not in repeated))
    total = 0
    for point in fixed.points():
        total += _count_distinct(bind(template, fixed, point), rest, machine)
    return total


def bind(template: Template, domain: Domain, point: tuple[int, ...]) -> Template:
    """The template with the slots of `domain`'s parameters filled in for one point; the other slots stay."""
    values = domain.values(point)
    known = set(domain.names)
    parts: list[str | Slot] = []
    for part in template.parts:
        text: str | Slot = part
        if isinstance(part, Slot) and part.parameter in known:
            text = part.text_of(values.get(part.parameter))
        if isinstance(text, str) and parts and isinstance(parts[-1], str):
            parts[-1] += text
        else:
            parts.append(text)
    return Template(tuple(parts))
