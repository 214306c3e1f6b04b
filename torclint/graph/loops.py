"""Whether a loop of groups holds a cycle of jobs: by heights that go down, by following single jobs, or by listing them."""

from __future__ import annotations

from torclint.graph.cycles import Cycle
from torclint.graph.descent import goes_down
from torclint.names.machine import OverBudget
from torclint.names.partners import first_partner, holds
from torclint.record import TYPE_CHECKING

if TYPE_CHECKING:
    from torclint.graph.edges import Producers
    from torclint.graph.groups import Group
    from torclint.graph.workflow import WorkflowGraph

_STEPS = 20_000  # pairs of jobs that are looked at one by one


def cycle_within(
    graph: WorkflowGraph, component: list[int], waits: list[Producers], explicit_only: bool
) -> Cycle | None:
    """A cycle of jobs among the groups of `component`, which wait for each other as `waits` says; None if there is none or
    none could be shown."""
    groups = graph.groups
    if all(groups[index].literal is not None for index in component):
        return _shortest(groups, component, waits)
    if goes_down(groups, component, waits):
        return None
    followed = _follow(groups, component, waits)
    if followed is not None:
        return followed
    return listed_cycle(graph, component, explicit_only)


def _shortest(groups: list[Group], component: list[int], waits: list[Producers]) -> Cycle:
    """Plain groups only: every loop of groups is a cycle of jobs; the shortest from the first of them."""
    members = set(component)
    start = min(component)
    came_from: dict[int, int] = {}
    level = [start]
    while level:
        following: list[int] = []
        for index in level:
            for other in sorted(waits[index].plain & members):
                if other == start:
                    ring = [index]
                    while ring[-1] != start:
                        ring.append(came_from[ring[-1]])
                    ring.reverse()
                    return Cycle(
                        tuple(groups[each].template.text for each in ring), tuple(groups[each] for each in ring)
                    )
                if other not in came_from:
                    came_from[other] = index
                    following.append(other)
        level = following
    raise AssertionError("a strongly connected component has a way back")


Job = tuple[int, tuple[int, ...]]  # group index, point


def _follow(groups: list[Group], component: list[int], waits: list[Producers]) -> Cycle | None:
    """Go from job to job it waits for until one comes up again; a bounded search from the first job of each group."""
    members = set(component)
    steps = 0
    done: set[Job] = set()
    for index in component:
        group = groups[index]
        last = tuple(axis.length - 1 for axis in group.domain.axes)
        for point in {tuple(0 for _ in group.domain.axes), last}:
            path: list[Job] = [(index, point)]
            while steps < _STEPS:
                steps += len(path)
                back = next((place for place, job in enumerate(path) if _waits_for(groups, waits, path[-1], job)), None)
                if back is not None:
                    return _named(groups, path[back:])
                following = _step(groups, waits, path[-1], members, done)
                done.add(path[-1])
                if following is None:
                    break
                path.append(following)
    return None


def _named(groups: list[Group], ring: list[Job]) -> Cycle:
    names = (groups[index].template.fill(groups[index].domain.values(point)) for index, point in ring)
    return Cycle(tuple(names), tuple(groups[index] for index, _ in ring))


def _waits_for(groups: list[Group], waits: list[Producers], job: Job, other: Job) -> bool:
    producers = waits[job[0]]
    if other[0] in producers.plain:
        return True
    domain_a, domain_b = groups[job[0]].domain, groups[other[0]].domain
    return any(holds(term, domain_a, job[1], domain_b, other[1]) for term in producers.terms.get(other[0], ()))


def _step(groups: list[Group], waits: list[Producers], job: Job, members: set[int], done: set[Job]) -> Job | None:
    """A job within the component that `job` waits for and that was not looked at yet."""
    producers = waits[job[0]]
    for index in sorted(producers.plain & members):
        if (index, ()) not in done:
            return index, ()
    for index in sorted(set(producers.terms) & members):
        for term in producers.terms[index]:
            try:
                point = first_partner(term, groups[job[0]].domain, job[1], groups[index].domain)
            except OverBudget:
                continue
            if point is not None and (index, point) not in done:
                return index, point
    return None


def listed_cycle(graph: WorkflowGraph, component: list[int] | None, explicit_only: bool) -> Cycle | None:
    """Every job of the component written out: exact. None also where the jobs are too many to write out."""
    try:
        listing = graph.listing
    except OverBudget:
        return None
    groups = graph.groups
    owners: list[int] = []
    for group in groups:
        owners.extend([group.index] * group.size)
    members = None if component is None else set(component)
    waits = listing.explicit if explicit_only else listing.total
    state: dict[int, int] = {}  # 1 on the path, 2 done
    for start in range(len(owners)):
        if start in state or (members is not None and owners[start] not in members):
            continue
        path = [start]
        state[start] = 1
        pending = [iter(sorted(waits(start)))]
        while pending:
            for other in pending[-1]:
                if state.get(other) == 1:
                    ring = path[path.index(other) :]
                    return Cycle(
                        tuple(listing.jobs.names[job] for job in ring), tuple(groups[owners[job]] for job in ring)
                    )
                if other not in state and (members is None or owners[other] in members):
                    state[other] = 1
                    path.append(other)
                    pending.append(iter(sorted(waits(other))))
                    break
            else:
                pending.pop()
                state[path.pop()] = 2
    return None
