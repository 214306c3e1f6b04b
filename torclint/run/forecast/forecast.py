"""The forecast of a workflow: its stages, how much runs at once, how long it takes, and on how many nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from torclint.names.machine import OverBudget
from torclint.run.forecast.atoms import atoms_of
from torclint.run.forecast.cohorts import cohorts_of
from torclint.run.forecast.simulation import simulate
from torclint.run.needs import needs_text
from torclint.run.plan import Refused
from torclint.run.scheduler import Capacity

if TYPE_CHECKING:
    from torclint.graph.workflow import WorkflowGraph
    from torclint.run.forecast.cohorts import Cohort, Cohorts
    from torclint.run.forecast.simulation import Course
    from torclint.run.plan import Resources

_ENDLESS = Capacity(1 << 60, 1 << 80, 1 << 60)
_MOST_NODES = 1 << 20
_DOUBLINGS, _STEPS_EACH = 14, 150_000  # numbers of nodes that are tried, and steps for each of them


class Machines(NamedTuple):
    """So many equal nodes."""

    node: Capacity
    nodes: int = 1


class Stage(NamedTuple):
    """The jobs of one job spec, or of several that nothing tells apart, with equal needs.

    `at_once`: how many fit on the machines at the same time. Times are in seconds from the start of the run; None for what
    does not run there.
    """

    name: str
    specs: int
    jobs: int
    need: Resources
    at_once: int
    start: int | None
    end: int | None


class Target(NamedTuple):
    """How many nodes it takes to be done within `wanted` seconds: `nodes`, with which it takes `seconds`; None and `why`."""

    wanted: int
    nodes: int | None
    seconds: int | None
    why: str = ""


class Forecast(NamedTuple):
    """`peak` is the most jobs that could run at once on a machine without end, `peak_needs` what they would take (CPUs,
    memory, GPUs); `critical_path` the names and seconds of jobs that follow one another, `critical_seconds` their sum.

    `seconds`: on the machines asked about; None if some job never starts there (see `why`). `busy`: the share of the CPUs.
    `exact` is False where jobs that wait for a part of a job spec are taken to wait for all of it. `undeclared`: jobs
    without a requirement, which count as in Torc: 1 CPU, 1 MiB and a minute, but for barriers, which take no time.
    """

    jobs: int
    stages: tuple[Stage, ...]
    peak: int
    peak_needs: tuple[int, int, int]
    critical_path: tuple[tuple[str, int], ...]
    critical_seconds: int
    cpu_seconds: int
    seconds: int | None
    busy: float
    target: Target | None = None
    why: str = ""
    exact: bool = True
    undeclared: int = 0


def forecast(graph: WorkflowGraph, machines: Machines, target: int | None = None) -> Forecast:
    """Raises Refused for a workflow that Torc would not start, OverBudget for one too intricate to work out."""
    names = [job.name.text for job in graph.workflow.jobs]
    atoms = atoms_of(graph)
    cohorts = cohorts_of(atoms.all)
    anywhere = cohorts._replace(all=[each._replace(need=each.need._replace(nodes=1)) for each in cohorts.all])
    free = simulate(anywhere, _ENDLESS)
    if not free.finished:
        raise Refused(["jobs wait for each other, and would never start"])
    path = tuple(_critical_path(anywhere, free, names))
    cpu_seconds = sum(each.size * each.need.runtime * each.need.cpus * each.need.nodes for each in cohorts.all)
    here = simulate(cohorts, machines.node, machines.nodes)
    capacity = machines.node.cpus * machines.nodes * here.seconds
    found = Forecast(
        sum(each.size for each in cohorts.all),
        _stages(cohorts, here, names, machines),
        free.peak,
        free.peaks,
        path,
        free.seconds,
        cpu_seconds,
        here.seconds if here.finished else None,
        cpu_seconds / capacity if here.finished and capacity else 0.0,
        why=_misfits(cohorts.all, names, machines),
        exact=atoms.exact,
        undeclared=sum(job.domain.size for job in graph.workflow.jobs if job.resource_requirements is None),
    )
    if target is None:
        return found
    return found._replace(target=_target(cohorts, machines, free, target))


def seconds_by_nodes(graph: WorkflowGraph, node: Capacity) -> list[tuple[int, int]]:
    """How long the run takes on 1, 2, 4 ... such nodes, until more of them make it no faster: (nodes, seconds) pairs.

    Empty where some job never starts; numbers of nodes for which there is too much to work out are left out. Raises
    Refused and OverBudget.
    """
    cohorts = cohorts_of(atoms_of(graph).all)
    least = max((each.need.nodes for each in cohorts.all), default=1)
    if any(not at_once(each.need, Machines(node, least)) for each in cohorts.all):
        return []
    found: list[tuple[int, int]] = []
    for nodes in (least << power for power in range(_DOUBLINGS)):
        try:
            seconds = simulate(cohorts, node, nodes, _STEPS_EACH).seconds
        except OverBudget:
            continue  # on more nodes there are fewer moments
        if found and seconds >= found[-1][1]:
            break
        found.append((nodes, seconds))
    return found


def at_once(need: Resources, machines: Machines) -> int:
    """How many jobs with this need run on the machines at the same time, if nothing else does."""
    node = machines.node
    fit = node.cpus // need.cpus
    if need.memory > 0:
        fit = min(fit, node.memory // need.memory)
    if need.gpus > 0:
        fit = min(fit, node.gpus // need.gpus)
    if need.nodes > 1:
        return machines.nodes // need.nodes if fit else 0
    return fit * machines.nodes


def _stages(cohorts: Cohorts, here: Course, names: list[str], machines: Machines) -> tuple[Stage, ...]:
    """One row for each job spec and need, in the order in which they start."""
    rows: dict[tuple[tuple[int, ...], Resources], list[int]] = {}
    for number, cohort in enumerate(cohorts.all):
        rows.setdefault((cohort.stages, cohort.need), []).append(number)
    stages: list[tuple[tuple[float, int], Stage]] = []
    for (specs, need), members in rows.items():
        spans = [here.spans[number] for number in members]
        starts = [span.start for span in spans if span.start is not None]
        ends = [span.end for span in spans if span.end is not None]
        start = min(starts) if starts else None
        end = max(ends) if len(ends) == len(spans) else None
        jobs = sum(cohorts.all[number].size for number in members)
        stage = Stage(_named(specs, names), len(specs), jobs, need, at_once(need, machines), start, end)
        stages.append(((float("inf") if start is None else start, specs[0]), stage))
    return tuple(stage for _, stage in sorted(stages, key=lambda each: each[0]))


def _named(specs: tuple[int, ...], names: list[str]) -> str:
    return names[specs[0]] + (f" and {len(specs) - 1:,} more" if len(specs) > 1 else "")


def _critical_path(cohorts: Cohorts, free: Course, names: list[str]) -> list[tuple[str, int]]:
    """Back from what ends last to what it waited for last, on a machine without end: (job spec, seconds)."""
    ends = [span.end or 0 for span in free.spans]
    path: list[tuple[str, int]] = []
    place = max(range(len(ends)), key=lambda number: ends[number], default=None)
    while place is not None:
        cohort = cohorts.all[place]
        before = cohorts.gates[cohort.gate] if cohort.gate >= 0 else frozenset[int]()
        candidates = {*before, *(tie.producer for tie in cohort.ties)} - {place}
        span = free.spans[place]
        start = span.start or 0
        latest = ends[place] - cohort.need.runtime
        fitting = [number for number in candidates if ends[number] <= latest]
        following = max(fitting, key=lambda number: ends[number], default=None)
        took = ends[place] - (ends[following] if following is not None else start)
        path.append((_named(cohort.stages, names), took))
        place = following
    return path[::-1]


def _misfits(cohorts: list[Cohort], names: list[str], machines: Machines) -> str:
    """Which jobs no node has room for, in words; "" if all fit."""
    for cohort in cohorts:
        if not at_once(cohort.need, machines):
            needs = needs_text(cohort.need)
            return f"{_named(cohort.stages, names)} needs {needs}: more than there is, so that the run never ends"
    return ""


def _target(cohorts: Cohorts, machines: Machines, free: Course, wanted: int) -> Target:
    """The least number of nodes that is found by halving; more nodes can take longer in rare cases, which it may miss."""
    if free.seconds > wanted:
        return Target(wanted, None, None, "jobs that follow one another take longer than that, on however many nodes")
    least = max((each.need.nodes for each in cohorts.all), default=1)
    if any(not at_once(each.need, machines._replace(nodes=least)) for each in cohorts.all):
        return Target(wanted, None, None, "there are jobs that no node has room for")
    known: dict[int, int] = {}

    def takes(nodes: int) -> int:
        if nodes not in known:
            known[nodes] = simulate(cohorts, machines.node, nodes).seconds
        return known[nodes]

    try:
        low, high = least - 1, least
        while takes(high) > wanted:
            low, high = high, high * 2
            if high > _MOST_NODES:
                return Target(wanted, None, None, f"{_MOST_NODES:,} nodes are not enough")
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if takes(middle) > wanted else (low, middle)
    except OverBudget:
        return Target(wanted, None, None, "too many different moments to work out")
    return Target(wanted, high, takes(high))
