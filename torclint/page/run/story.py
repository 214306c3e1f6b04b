"""All that the page about a run tells, worked out from its store: little, however large the run was."""

from __future__ import annotations

import json
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

from torclint.graph.barriers import barriers_of
from torclint.names.machine import OverBudget
from torclint.page.run.chain import chain_of, readiness
from torclint.page.run.clock import Clock
from torclint.page.run.columns import columns_of
from torclint.page.run.known import Groups, Recalled, recalled
from torclint.page.run.levels import Level
from torclint.run.forecast.forecast import Machines, forecast
from torclint.run.plan import Refused
from torclint.run.scheduler import Capacity
from torclint.run.store.database import open_store, read_about, understood
from torclint.run.store.sessions import sessions_in

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from torclint.page.run.chain import Chain, Readiness
    from torclint.page.run.columns import Columns
    from torclint.run.forecast.forecast import Forecast
    from torclint.run.store.summary import Summary


class Limits(NamedTuple):
    """What the machine had to give at the last start of the run; None where that was not kept, or has no limit.
    `cpu_seconds` is what all CPUs together had in the time of the run."""

    cpus: int | None = None
    memory: int | None = None
    gpus: int | None = None
    jobs: int | None = None
    cpu_seconds: float | None = None


class Use(NamedTuple):
    """Along the time: jobs that ran, what they had asked for, and jobs that were ready and had no place. The last four are
    None where the spec is not known; `by_group` are the jobs that ran of each group."""

    jobs: Level
    by_group: tuple[Level, ...]
    cpus: Level | None = None
    memory: Level | None = None
    gpus: Level | None = None
    queue: Level | None = None


class Story(NamedTuple):
    """`known` is the spec as it ran, or why it is not known. `forecast` is what the declared runtimes promised, where all
    jobs but barriers have one. `now` is when it was looked at."""

    found: Summary
    now: float
    clock: Clock
    limits: Limits
    known: Recalled | str
    groups: Groups
    columns: Columns
    use: Use
    chain: Chain | None
    forecast: Forecast | None

    @property
    def recalled(self) -> Recalled | None:
        return self.known if isinstance(self.known, Recalled) else None


def story_of(found: Summary, now: float) -> Story:
    """Read the store of a run. Raises StoreError."""
    database = open_store(found.store)
    with closing(database), understood(found.store):
        database.execute("BEGIN")  # one state of it, also while the runner writes
        clock = Clock(sessions_in(found.store, database, pid=found.pid, now=now))
        limits = _limits(found, database, clock)
        known = recalled(read_about(found.store, database), found.folder, database)
        spec = known if isinstance(known, Recalled) else None
        groups = Groups.of_plan(spec.plan) if spec is not None else Groups.of_names(_names(database))
        size = spec.plan.size if spec is not None else found.size
        columns = columns_of(found.store, database, size, clock, groups, spec)
    ready = readiness(spec.plan.gates, columns.over) if spec is not None else None
    return Story(
        found,
        now,
        clock,
        limits,
        known,
        groups,
        columns,
        _use(columns, clock.seconds, groups, spec, ready),
        chain_of(ready, columns.first, columns.over, columns.group_of) if ready is not None else None,
        _forecast(spec, limits) if spec is not None else None,
    )


def _names(database: sqlite3.Connection) -> Iterator[str]:
    return (str(name) for (name,) in database.execute("SELECT name FROM job"))


def _limits(found: Summary, database: sqlite3.Connection, clock: Clock) -> Limits:
    options = json.loads(found.options)
    has_table = database.execute("SELECT 1 FROM sqlite_master WHERE name = 'machine'").fetchone()
    rows = database.execute("SELECT run, cpus, memory, gpus, jobs FROM machine ORDER BY run") if has_table else ()
    machines = {run: limits for run, *limits in rows}
    if not machines or options.get("server_dir"):
        return Limits()  # the workers of a server are not ours to count
    cpus, memory, gpus, jobs = (value if isinstance(value, int) else None for value in machines[max(machines)])
    workers = options.get("workers") or 1
    if isinstance(workers, int) and options.get("engine") == "hyperqueue":
        cpus, memory = cpus and cpus * workers, memory and memory * workers
    available = 0.0
    for session in clock.sessions:
        each = machines.get(session.run, [None])[0]
        if not isinstance(each, int):
            return Limits(cpus, memory, gpus, jobs)
        available += (cpus if session.run == max(machines) and cpus else each) * (session.ended - session.began)
    return Limits(cpus, memory, gpus, jobs, available)


def _use(columns: Columns, seconds: float, groups: Groups, spec: Recalled | None, ready: Readiness | None) -> Use:
    jobs = Level(seconds)
    by_group = tuple(Level(seconds) for _ in groups.labels)
    attempts = zip(columns.number, columns.group, columns.start, columns.end, columns.free, strict=True)
    if spec is None or ready is None:
        for _, group, start, end, _ in attempts:
            jobs.add(start, end)
            by_group[group].add(start, end)
        return Use(jobs, by_group)
    cpus, memory, gpus, queue = Level(seconds), Level(seconds), Level(seconds), Level(seconds)
    needs = [kind.resources for kind in spec.plan.kinds]
    kind_of = spec.plan.kind_of
    since = ready.since
    for number, group, start, end, free in attempts:
        jobs.add(start, end)
        by_group[group].add(start, end)
        if number < 0:
            continue
        need = needs[kind_of[number]]
        cpus.add(start, end, need.cpus)
        memory.add(start, end, need.memory)
        if need.gpus > 0:
            gpus.add(start, end, need.gpus)
        queue.add(max(free, since[number]), start)
    return Use(jobs, by_group, cpus, memory, gpus, queue)


def _forecast(spec: Recalled, limits: Limits) -> Forecast | None:
    """By declared runtimes, on the machine that it ran on; None where that would be no plan, for they are not declared."""
    if limits.cpus is None or limits.memory is None:
        return None
    graph = spec.graph
    idle = sum(barrier.job.domain.size for barrier in barriers_of(graph) if barrier.job.resource_requirements is None)
    machines = Machines(Capacity(limits.cpus, limits.memory, limits.gpus or 0, limits.jobs))
    try:
        found = forecast(graph, machines)
    except (OverBudget, Refused):
        return None
    is_whole = found.jobs == spec.plan.size
    return found if is_whole and found.undeclared <= idle and found.jobs > idle and found.seconds is not None else None
