"""The sets that a barrier may be worth having for."""

from __future__ import annotations

from torclint.fix.optimum.problem import places
from torclint.record import TYPE_CHECKING, Record

if TYPE_CHECKING:
    from torclint.fix.optimum.problem import Problem

_ALL = 18  # as many are tried in all combinations
_MOST = 200
_PAIRED = 300  # demands whose common parts are looked at


class Candidates(Record):
    """`are_all`: no other set could be worth a barrier."""

    masks: tuple[int, ...]
    are_all: bool


def candidates_of(problem: Problem) -> Candidates:
    """All sets that inputs make up within a demand, if these are few; else the likely ones, the best first."""
    demands = sorted({demand.mask for demand in problem.demands})
    demands = sorted({mask & problem.usable for mask in demands} - {0})
    inputs = sorted({mask for mask in problem.inputs if not mask & ~problem.usable and _is_within(mask, demands)})
    every = _unions(inputs, demands)
    if every is not None:
        new = sorted(every - set(problem.existing))
        return Candidates(tuple(mask for mask in new if _may_pay(problem, mask)), True)
    likely = {*inputs, *(_made_up(mask, inputs) for mask in demands)}
    if len(demands) <= _PAIRED:
        for place, mask in enumerate(demands):
            likely.update(_made_up(mask & other, inputs) for other in demands[:place] if mask & other)
    likely -= {0, *problem.existing}
    gains = _gains(problem, likely)
    best = sorted((mask for mask in likely if gains[mask] > 0), key=lambda mask: (-gains[mask], mask))
    return Candidates(tuple([mask for mask in best if _may_pay(problem, mask)][:_MOST]), False)


def _may_pay(problem: Problem, mask: int) -> bool:
    """One job before it, or one behind it, would do as well with what the barrier waits for."""
    jobs = sum(demand.jobs for demand in problem.demands if not mask & ~demand.mask)
    return problem.weight(mask) > problem.unit < jobs and problem.is_enough(mask)


def _is_within(mask: int, demands: list[int]) -> bool:
    return any(not mask & ~demand for demand in demands)


def _unions(inputs: list[int], demands: list[int]) -> set[int] | None:
    """All unions of inputs that lie within a demand; None if there are too many."""
    if len(inputs) > _ALL:
        return None
    found: set[int] = set()
    pending = list(inputs)
    while pending:
        mask = pending.pop()
        if mask in found:
            continue
        found.add(mask)
        if len(found) > _ALL:
            return None
        pending += [mask | other for other in inputs if other & ~mask and _is_within(mask | other, demands)]
    return found


def _made_up(mask: int, inputs: list[int]) -> int:
    """The largest part of `mask` that inputs make up."""
    made = 0
    for each in inputs:
        if not each & ~mask:
            made |= each
    return made


def _gains(problem: Problem, masks: set[int]) -> dict[int, int]:
    """No less than what a barrier for each set would save: every consumer of its rarest atom saves all edges but one."""
    degrees = [0] * len(problem.weights)
    for demand in problem.demands:
        for place in places(demand.mask):
            degrees[place] += demand.jobs
    gains: dict[int, int] = {}
    for mask in masks:
        waiting = min(degrees[place] for place in places(mask))
        weight = problem.weight(mask)
        gains[mask] = waiting * weight // problem.unit - waiting - problem.charge
    return gains
