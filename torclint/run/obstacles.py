"""Jobs that will not run whatever happens, and why: told before the first job starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from torclint.report.numbers import plural
from torclint.run.progress import listed
from torclint.spec.amounts import size_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.run.plan import Kind
    from torclint.run.scheduler import Capacity, Scheduler

_LISTED = 5


def obstacles(scheduler: Scheduler) -> Iterator[str]:
    """One text for each reason."""
    plan = scheduler.plan
    stranded = scheduler.never()
    if not stranded:
        return
    by_kind: dict[int, list[int]] = {}
    for number in stranded:
        if not scheduler.runnable(number):
            by_kind.setdefault(plan.kind_of[number], []).append(number)
    for kind, numbers in by_kind.items():
        yield f"{_names(scheduler, numbers)} will not run: {_reason(plan.kinds[kind], scheduler.capacity)}"
    ending = plan.gates.ending()
    circular = [number for number in stranded if not ending[number]]
    if circular:
        yield f"{_names(scheduler, circular)} will not run: the dependencies go round in a circle"
    behind = [number for number in stranded if ending[number] and scheduler.runnable(number)]
    if behind:
        yield f"{_names(scheduler, behind)} will not run: what must come before does not run"


def _names(scheduler: Scheduler, numbers: list[int]) -> str:
    names = [scheduler.plan.jobs.name(number) for number in numbers[:_LISTED]]
    return listed(names, len(numbers))


def _reason(kind: Kind, capacity: Capacity) -> str:
    if kind.labels:
        return f"only a runner with the labels {', '.join(kind.labels)} takes such a job, and this one has none"
    need = kind.resources
    lacks = []
    if need.cpus > capacity.cpus:
        lacks.append(f"{plural(need.cpus, 'CPU')} (there are {capacity.cpus})")
    if need.memory > capacity.memory:
        lacks.append(f"{size_text(need.memory)} of memory (there is {size_text(capacity.memory)})")
    if need.gpus > capacity.gpus:
        lacks.append(f"{plural(need.gpus, 'GPU')} (there are {capacity.gpus})")
    if need.nodes > 1:
        lacks.append(f"{need.nodes} nodes (there is one)")
    return "needs " + ", ".join(lacks)
