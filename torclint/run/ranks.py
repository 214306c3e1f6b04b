"""In which order jobs that are ready are started: Torc's, with the critical path where Torc looks at the runtime alone."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torclint.run.plan import Kind, Plan

CRITICAL_PATH, TORC = "critical-path", "torc"
ORDERS = (CRITICAL_PATH, TORC)

Rank = tuple[bool, int, int, float, int, int, int]


def rank(kind: Kind, path: float) -> Rank:
    """The order in which ready jobs are handed out, lowest first; ties go by job number.

    Torc 1.0.0 (jobs_transport.rs:8) goes by priority, GPUs, runtime, memory and CPUs, and a job that names a scheduler
    comes after all that do not (jobs_transport.rs:2671). `path` is the number of seconds from the start of the job to
    the end of the last one that waits for it: the runtime itself where nothing waits, so that the order is Torc's there.
    """
    need = kind.resources
    return (kind.scheduler is not None, -kind.priority, -need.gpus, -path, -need.runtime, -need.memory, -need.cpus)


def ranks(plan: Plan, order: str = CRITICAL_PATH) -> array[int]:
    """For each job a number: that of its rank among all ranks that occur, from 0."""
    own = [float(kind.resources.runtime) for kind in plan.kinds]
    if order == TORC or not (plan.gates.sizes or plan.expected):
        sorted_ranks = sorted({rank(kind, seconds) for kind, seconds in zip(plan.kinds, own, strict=True)})
        places = {each: place for place, each in enumerate(sorted_ranks)}
        by_kind = [places[rank(kind, seconds)] for kind, seconds in zip(plan.kinds, own, strict=True)]
        return array("i", map(by_kind.__getitem__, plan.kind_of))
    seconds_of = array("d", map(own.__getitem__, plan.kind_of))
    for number, seconds in plan.expected.items():
        seconds_of[number] = seconds
    paths = plan.gates.longest(seconds_of)
    occurring = sorted(set(zip(plan.kind_of, paths, strict=True)), key=lambda each: rank(plan.kinds[each[0]], each[1]))
    numbered: dict[tuple[int, float], int] = {}
    last: Rank | None = None
    place = -1
    for kind, path in occurring:
        found = rank(plan.kinds[kind], path)
        place += found != last  # two kinds may differ in what has no say here
        last = found
        numbered[kind, path] = place
    return array("i", map(numbered.__getitem__, zip(plan.kind_of, paths, strict=True)))
