"""A part of a plan: some jobs alone, or with all that they need."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from torclint.names import rust_regex
from torclint.run.gates import Gates
from torclint.run.plan import Action, Plan, Refused

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from torclint.run.plan import Job, Jobs

_AT_THE_END = ("on_workflow_complete",)


def chosen(plan: Plan, only: Sequence[str] = (), until: Sequence[str] = ()) -> Plan:
    """The plan of the jobs that `only` names and of those that `until` names with all that come before them.

    Each is the name of a job or else a pattern, as Torc reads it. What is not among them counts as done; the jobs keep
    their ids. Raises Refused where one of them names no job.
    """
    if not only and not until:
        return plan
    wanted = _named(plan, only)
    named = _named(plan, until)
    if any(named):
        _add_all_before(plan.gates, named)
        wanted = bytearray(one | other for one, other in zip(wanted, named, strict=True))
    numbers = array("i", (number for number, is_wanted in enumerate(wanted) if is_wanted))
    return _restricted(plan, numbers)


class _Chosen:
    """Some of the jobs of another plan."""

    def __init__(self, jobs: Jobs, numbers: array[int]) -> None:
        self._jobs = jobs
        self._numbers = numbers

    def id(self, number: int) -> int:
        return self._jobs.id(self._numbers[number])

    def name(self, number: int) -> str:
        return self._jobs.name(self._numbers[number])

    def names(self) -> Iterator[str]:
        return map(self.name, range(len(self._numbers)))

    def inputs(self, number: int) -> tuple[str, ...]:
        return self._jobs.inputs(self._numbers[number])

    def job(self, number: int) -> Job:
        return self._jobs.job(self._numbers[number])

    def command(self, number: int) -> str:
        return self._jobs.command(self._numbers[number])


def _named(plan: Plan, texts: Sequence[str]) -> bytearray:
    """Which jobs the texts name (1)."""
    found = bytearray(plan.size)
    if not texts:
        return found
    names = set(texts)
    patterns = set(texts)
    for number, name in enumerate(plan.jobs.names()):
        if name in names:
            found[number] = 1
            patterns.discard(name)
    for text in sorted(patterns):
        try:
            matches = rust_regex.compile(text).is_match
        except rust_regex.RegexError as error:
            raise Refused([f"{text!r} is neither the name of a job nor a pattern: {error}"]) from error
        some = False
        for number, name in enumerate(plan.jobs.names()):
            if matches(name):
                found[number] = 1
                some = True
        if not some:
            raise Refused([f"no job has the name {text!r}, and as a pattern it matches none"])
    return found


def _add_all_before(gates: Gates, wanted: bytearray) -> None:
    """Mark also the jobs that the wanted ones wait for, and so on."""
    members = _members(gates)
    waited: dict[int, list[int]] = {}
    for gate in range(len(gates.sizes)):
        for waiter in gates.waiters(gate):
            waited.setdefault(waiter, []).append(gate)
    seen = bytearray(len(gates.sizes))
    stack = [number for number, is_wanted in enumerate(wanted) if is_wanted]
    while stack:
        for gate in waited.get(stack.pop(), ()):
            if seen[gate]:
                continue
            seen[gate] = 1
            for member in members[gate]:
                if not wanted[member]:
                    wanted[member] = 1
                    stack.append(member)


def _members(gates: Gates) -> list[list[int]]:
    """The members of each gate."""
    members: list[list[int]] = [[] for _ in gates.sizes]
    for job in range(len(gates.waits)):
        for gate in gates.gates_of(job):
            members[gate].append(job)
    return members


def _restricted(plan: Plan, numbers: array[int]) -> Plan:
    places = {number: place for place, number in enumerate(numbers)}
    gates = Gates(len(numbers))
    for gate, members in enumerate(_members(plan.gates)):
        gates.add(
            [places[member] for member in members if member in places],
            [places[waiter] for waiter in plan.gates.waiters(gate) if waiter in places],
        )
    actions = tuple(
        action._replace(jobs=frozenset(places[number] for number in action.jobs))
        for action in plan.actions
        if _goes_along(action, places, len(numbers) == plan.size)
    )
    left_out = len(plan.actions) - len(actions)
    remarks = (f"{left_out} of the actions wait for jobs that are not run; they are left out",) if left_out else ()
    return plan._replace(
        kind_of=array("i", (plan.kind_of[number] for number in numbers)),
        jobs=_Chosen(plan.jobs, numbers),
        gates=gates,
        actions=actions,
        remarks=(*plan.remarks, *remarks),
        expected={places[number]: seconds for number, seconds in plan.expected.items() if number in places},
    )


def _goes_along(action: Action, places: dict[int, int], is_whole: bool) -> bool:
    return action.jobs <= places.keys() and (is_whole or action.trigger not in _AT_THE_END)
