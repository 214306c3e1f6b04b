"""What held the end of a run back: from the job that ended last, back to what it waited for last, and so on."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torclint.run.gates import Gates

_NEVER = float("inf")
_NOBODY = -1


class Readiness(NamedTuple):
    """Per job: when all that it waits for had ended, in seconds of the run, and which of those ended last (-1: none).
    What has not ended makes that `inf`."""

    since: array[float]
    cause: array[int]


class Step(NamedTuple):
    """Jobs of one group that followed one another in the chain: how many, the seconds that they ran, and the seconds in
    which they were ready and waited for a place."""

    group: int
    jobs: int
    ran: float
    waited: float


class Chain(NamedTuple):
    """`members` are the numbers of the jobs, `last` that of the one that ended last; -1 where no job was started."""

    steps: tuple[Step, ...]
    members: frozenset[int]
    last: int

    @property
    def ran(self) -> float:
        return sum(step.ran for step in self.steps)

    @property
    def waited(self) -> float:
        return sum(step.waited for step in self.steps)


def readiness(gates: Gates, ends: Sequence[float]) -> Readiness:
    """`ends`: when each job ended; below 0 for those that have not."""
    since = array("d", bytes(8 * len(ends)))
    cause = array("i", [_NOBODY]) * len(ends)
    opened = array("d", bytes(8 * len(gates.sizes)))
    last = array("i", [_NOBODY]) * len(gates.sizes)
    for job, end in enumerate(ends):
        if end < 0:
            end = _NEVER
        for gate in gates.gates_of(job):
            if end > opened[gate] or last[gate] == _NOBODY:
                opened[gate] = end
                last[gate] = job
    for gate, moment in enumerate(opened):
        for waiter in gates.waiters(gate):
            if moment > since[waiter] or cause[waiter] == _NOBODY:
                since[waiter] = moment
                cause[waiter] = last[gate]
    return Readiness(since, cause)


def chain_of(ready: Readiness, starts: Sequence[float], ends: Sequence[float], groups: Sequence[int]) -> Chain:
    """`starts`: when each job was first started, below 0 for those that were not; `groups`: the group of each job.

    A job that ended before its predecessor did, which has run again since then, is where a chain begins.
    """
    place = max((job for job, start in enumerate(starts) if start >= 0), key=lambda job: ends[job], default=_NOBODY)
    last_one = place
    steps: list[Step] = []
    members: set[int] = set()
    while place != _NOBODY and place not in members:
        members.add(place)
        before = ready.cause[place] if ready.since[place] <= max(starts[place], ends[place]) else _NOBODY
        ran = max(0.0, ends[place] - starts[place])
        waited = starts[place] - min(ready.since[place], starts[place])
        step = Step(groups[place], 1, ran, waited)
        if steps and steps[-1].group == step.group:
            last = steps.pop()
            step = Step(step.group, last.jobs + 1, last.ran + ran, last.waited + waited)
        steps.append(step)
        place = before if before != _NOBODY and starts[before] >= 0 else _NOBODY
    return Chain(tuple(reversed(steps)), frozenset(members), last_one)
