"""The longest chain of jobs of which each waits for the one before."""

from __future__ import annotations

from itertools import pairwise

from torclint.graph.components import looped_components
from torclint.graph.edges import NO_PRODUCERS, UNCOUNTABLE, Producers
from torclint.names.machine import OverBudget
from torclint.names.partners import first_partner
from torclint.record import TYPE_CHECKING, Record

if TYPE_CHECKING:
    from torclint.graph.groups import Group
    from torclint.graph.listing import Listing
    from torclint.graph.workflow import WorkflowGraph


class Chain(Record):
    """Jobs in the order in which they run; each waits for the one before it. `groups[k]` is the group of `jobs[k]`."""

    jobs: tuple[str, ...]
    groups: tuple[Group, ...]


NO_CHAIN = Chain((), ())


def longest_chain(graph: WorkflowGraph) -> Chain:
    """A longest chain; NO_CHAIN where there are cycles, or where it cannot be told without listing too many jobs."""
    edges = graph.edges_by_group
    waits: list[Producers] = []
    for group, clauses in zip(edges.jobs.all, edges.clauses, strict=True):
        try:
            if clauses is None or not edges.certain:
                return NO_CHAIN
            explicit = edges.explicit(group, clauses.waits) if group.size else NO_PRODUCERS
            waits.append(edges.all(group, clauses, explicit) if group.size else NO_PRODUCERS)
        except UNCOUNTABLE:
            return NO_CHAIN
    if not looped_components(waits):
        return _among_groups(graph.groups, waits)
    try:
        return _among_jobs(graph.groups, graph.listing)
    except OverBudget:
        return NO_CHAIN


def _among_groups(groups: list[Group], waits: list[Producers]) -> Chain:
    """No group waits for itself by any way: a chain has at most one job of each."""
    depth: dict[object, int] = {}
    before: dict[object, object] = {}
    for start in range(len(groups)):
        pending: list[object] = [start]
        while pending:
            node = pending[-1]
            following = _following(node, waits)
            missing = [other for other in following if other not in depth]
            if missing:
                pending += missing
                continue
            pending.pop()
            if node not in depth:
                best = max(following, key=lambda other: depth[other], default=None)
                own = 1 if isinstance(node, int) and groups[node].size else 0
                depth[node] = own + (0 if best is None else depth[best])
                before[node] = best
    node = max(range(len(groups)), key=lambda index: depth[index], default=None)
    if node is None or not depth[node]:
        return NO_CHAIN
    path: list[int] = []
    step: object = node
    while step is not None:
        if isinstance(step, int):
            path.append(step)
        step = before[step]
    return _followed(groups, waits, path)


def _following(node: object, waits: list[Producers]) -> list[object]:
    """What a group waits for; a set of many plain groups is one node, so that it is gone through once."""
    if isinstance(node, frozenset):
        return sorted(node)
    assert isinstance(node, int)
    found: list[object] = list(waits[node].terms)
    if len(waits[node].plain) > 1:
        found.append(waits[node].plain)
    else:
        found += waits[node].plain
    return found


def _followed(groups: list[Group], waits: list[Producers], path: list[int]) -> Chain:
    """Single jobs along a path of groups, from the last to run on: groups may be tied without the jobs being so."""
    first = groups[path[0]].domain
    ends = {tuple(0 for _ in first.axes), tuple(axis.length - 1 for axis in first.axes)}
    for point in sorted(ends):
        names = [groups[path[0]].template.fill(first.values(point))]
        for index, other in pairwise(path):
            found = _partner(groups[index], waits[index], point, groups[other])
            if found is None:
                break
            point = found
            names.append(groups[other].template.fill(groups[other].domain.values(point)))
        else:
            return Chain(tuple(reversed(names)), tuple(groups[index] for index in reversed(path)))
    return NO_CHAIN


def _partner(group: Group, producers: Producers, point: tuple[int, ...], other: Group) -> tuple[int, ...] | None:
    if other.index in producers.plain:
        return tuple(0 for _ in other.domain.axes)
    for term in producers.terms.get(other.index, ()):
        try:
            found = first_partner(term, group.domain, point, other.domain)
        except OverBudget:
            continue
        if found is not None:
            return found
    return None


def _among_jobs(groups: list[Group], listing: Listing) -> Chain:
    owners: list[Group] = []
    for group in groups:
        owners += [group] * group.size
    depth: dict[int, int] = {}
    before: dict[int, int | None] = {}
    on_path: set[int] = set()
    for start in range(len(owners)):
        pending = [start]
        while pending:
            job = pending[-1]
            if job in depth:
                pending.pop()
                continue
            on_path.add(job)
            missing = [other for other in listing.total(job) if other not in depth]
            if any(other in on_path for other in missing):
                return NO_CHAIN  # a cycle
            if missing:
                pending += missing[:1]
                continue
            best = max(listing.total(job), key=lambda other: depth[other], default=None)
            depth[job] = 1 + (0 if best is None else depth[best])
            before[job] = best
            on_path.discard(pending.pop())
    path: list[int] = []
    step = max(depth, key=lambda job: depth[job], default=None)
    while step is not None:
        path.append(step)
        step = before[step]
    path.reverse()
    return Chain(tuple(listing.jobs.names[job] for job in path), tuple(owners[job] for job in path))
