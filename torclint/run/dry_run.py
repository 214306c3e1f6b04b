"""What a run would do: its stages and levels, what would start first, what would never run, and how long it takes."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from torclint.report.cells import cut, visible
from torclint.report.columns import Column, aligned
from torclint.report.numbers import plural
from torclint.report.terminal import WIDE
from torclint.run.needs import needs_text
from torclint.run.obstacles import obstacles
from torclint.run.progress import listed
from torclint.run.scheduler import Scheduler
from torclint.spec.amounts import size_text, time_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.run.plan import Plan, Resources
    from torclint.run.scheduler import Capacity

SCHEMA = 1
_FIRST = 10  # jobs that would start at once, of which the names are told
_ROWS = 40
_NAME = 44  # cells
_COLUMNS = (
    Column("stage", least=14),
    Column("jobs", is_right=True),
    Column("level", is_right=True),
    Column("each needs", is_right=True, rank=2),
    Column("takes", is_right=True, rank=1),
)


class Stage(NamedTuple):
    """The jobs of one job spec. `first` and `last` are the levels, from 1, that they stand on; 0 for those that never
    come up."""

    name: str
    jobs: int
    first: int
    last: int
    needs: Resources


class Preview(NamedTuple):
    """`levels`: how many jobs stand on each. `starting`: the names of those that would start at once, up to ten of
    `at_once`. `longest`: seconds of the longest chain, `work`: of all jobs together, `cpu_work`: each as often as it
    needs CPUs; by declared or known run times."""

    plan: Plan
    capacity: Capacity
    stages: tuple[Stage, ...]
    levels: tuple[int, ...]
    at_once: int
    starting: tuple[str, ...]
    longest: float
    work: float
    cpu_work: float
    notes: tuple[str, ...]

    @property
    def least(self) -> float:
        """The seconds that it takes at least."""
        most = self.capacity.jobs
        return max(self.longest, self.cpu_work / self.capacity.cpus, self.work / most if most else 0.0)


def preview(plan: Plan, capacity: Capacity, order: str) -> Preview:
    """Nothing is started, and no folder made."""
    scheduler = Scheduler(plan, capacity, order)
    notes = (*plan.remarks, *obstacles(scheduler))
    first, last, levels = _levels(plan)
    jobs: Counter[int] = Counter()
    for kind, number_of_jobs in Counter(plan.kind_of).items():
        jobs[plan.kinds[kind].stage] += number_of_jobs
    needs = {kind.stage: kind.resources for kind in plan.kinds}
    own = [float(kind.resources.runtime) for kind in plan.kinds]
    seconds_of = [plan.expected.get(number, own[kind]) for number, kind in enumerate(plan.kind_of)]
    starting = []
    while (number := scheduler.claim()) is not None:
        starting.append(number)
    return Preview(
        plan,
        capacity,
        tuple(
            Stage(name, jobs[stage], first.get(stage, 0), last.get(stage, 0), needs[stage])
            for stage, name in enumerate(plan.stages)
            if jobs[stage]
        ),
        tuple(levels),
        len(starting),
        tuple(plan.jobs.name(number) for number in starting[:_FIRST]),
        max(plan.gates.longest(seconds_of), default=0.0),
        sum(seconds_of),
        sum(seconds * plan.kinds[kind].resources.cpus for seconds, kind in zip(seconds_of, plan.kind_of, strict=True)),
        notes,
    )


def _levels(plan: Plan) -> tuple[dict[int, int], dict[int, int], list[int]]:
    """The first and the last level of each stage, and the number of jobs on each level."""
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    sizes: list[int] = []
    for depth, level in enumerate(plan.gates.levels(), 1):
        sizes.append(len(level))
        for stage in {plan.kinds[kind].stage for kind in set(map(plan.kind_of.__getitem__, level))}:
            first.setdefault(stage, depth)
            last[stage] = depth
    return first, last, sizes


def lines(found: Preview, room: int = WIDE) -> Iterator[str]:
    """The preview for people, the table in lines of `room` cells."""
    plan = found.plan
    yield (
        f"{plan.name}: {plural(plan.size, 'job')} in {plural(len(found.stages), 'stage')}, "
        f"{plural(len(found.levels), 'level')}, on {_capacity(found.capacity)}"
    )
    yield ""
    yield from aligned(_COLUMNS, [_row(stage) for stage in found.stages[:_ROWS]], room)
    if len(found.stages) > _ROWS:
        yield f"and {len(found.stages) - _ROWS:,} more stages"
    yield ""
    if found.starting:
        yield f"first: {listed([visible(name) for name in found.starting], found.at_once)}"
    yield (
        f"by {_source_of_times(plan)}: {time_text(found.work)} of work, "
        f"{time_text(found.longest)} for the longest chain, {time_text(found.least)} at least"
    )
    yield from map(visible, found.notes)


def _row(stage: Stage) -> tuple[str, ...]:
    level = f"{stage.first:,}" if stage.first == stage.last else f"{stage.first:,} - {stage.last:,}"
    return (
        cut(visible(stage.name), _NAME),
        f"{stage.jobs:,}",
        level if stage.first else "never",
        needs_text(stage.needs),
        time_text(stage.needs.runtime),
    )


def _source_of_times(plan: Plan) -> str:
    if plan.expected:
        return "the times of the last run"
    return "declared run times, a minute where there is none"


def to_json(found: Preview) -> str:
    """The preview for programs."""
    return json.dumps(
        {
            "schema": SCHEMA,
            "workflow": found.plan.name,
            "jobs": found.plan.size,
            "levels": list(found.levels),
            "capacity": found.capacity._asdict(),
            "stages": [
                {
                    "name": stage.name,
                    "jobs": stage.jobs,
                    "first_level": stage.first,
                    "last_level": stage.last,
                    "needs": stage.needs._asdict(),
                }
                for stage in found.stages
            ],
            "at_once": found.at_once,
            "first": list(found.starting),
            "seconds": {"work": found.work, "longest": found.longest, "least": found.least},
            "notes": list(found.notes),
        },
        ensure_ascii=False,
        indent=1,
    )


def _capacity(capacity: Capacity) -> str:
    parts = [plural(capacity.cpus, "CPU"), f"{size_text(capacity.memory)} of memory"]
    if capacity.gpus:
        parts.append(plural(capacity.gpus, "GPU"))
    if capacity.jobs is not None:
        parts.append(f"at most {plural(capacity.jobs, 'job')} at once")
    return ", ".join(parts)
