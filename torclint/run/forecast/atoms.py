"""From a workflow to the jobs of a forecast: by groups where parameters tell how they hang together, else one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from torclint.graph.barriers import barriers_of
from torclint.graph.edges import NO_PRODUCERS, UNCOUNTABLE
from torclint.names.links import Line
from torclint.names.machine import OverBudget
from torclint.names.relation import count_pairs
from torclint.names.unify import Undecided
from torclint.run.forecast.cohorts import Atom, Tie
from torclint.run.gates import Gates
from torclint.run.kinds import kinds_by_spec
from torclint.run.plan import Refused
from torclint.run.ranks import rank

if TYPE_CHECKING:
    from collections.abc import Iterable

    from torclint.graph.edges import Producers
    from torclint.graph.groups import Group
    from torclint.graph.workflow import WorkflowGraph
    from torclint.names.relation import Term
    from torclint.run.forecast.cohorts import Order
    from torclint.run.plan import Kind, Resources
    from torclint.spec.domain import Domain

_LISTED = 2000  # jobs up to which every one is looked at
_RUNS = 5000  # stretches of jobs with different needs, in one job spec


class Atoms(NamedTuple):
    """`exact` is False where some jobs that wait for a part of a job spec are taken to wait for all of it."""

    all: list[Atom]
    exact: bool = True


def atoms_of(graph: WorkflowGraph) -> Atoms:
    """Raises Refused for needs that Torc does not take and for cycles, OverBudget for what only a listing can tell of a
    workflow too large for one."""
    needs = _Needs(graph)
    if graph.counts.jobs <= _LISTED:
        try:
            return Atoms(_listed(graph, needs))
        except OverBudget:  # few jobs, with very long lists
            pass
    try:
        return Atoms(_by_groups(graph, needs, coarse=False))
    except UNCOUNTABLE:
        pass
    try:
        return Atoms(_listed(graph, needs))
    except OverBudget as error:
        try:
            return Atoms(_by_groups(graph, needs, coarse=True), exact=False)
        except UNCOUNTABLE:
            raise error from None


class _Needs:
    """What the jobs of each job spec need, and the order in which Torc serves them, in stretches of equal jobs.

    A barrier without a requirement of its own takes no time; Torc itself would count a minute.
    """

    def __init__(self, graph: WorkflowGraph) -> None:
        self._kinds = kinds_by_spec(graph.workflow)
        idle = {barrier.job.name.text for barrier in barriers_of(graph) if barrier.job.resource_requirements is None}
        self._idle = [job.name.text in idle for job in graph.workflow.jobs]

    def of(self, stage: int) -> list[tuple[Resources, Order, int]]:
        """(need, order of service, how many jobs) per stretch."""
        found: list[tuple[Resources, Order, int]] = []
        for kind, count in self._kinds(stage):
            need, order = self._need(stage, kind)
            if found and found[-1][:2] == (need, order):
                count += found.pop()[2]
            found.append((need, order, count))
            if len(found) > _RUNS:
                raise OverBudget("too many jobs of one job spec with different needs")
        return found

    def _need(self, stage: int, kind: Kind) -> tuple[Resources, Order]:
        need = kind.resources._replace(name="")
        if self._idle[stage]:
            need = need._replace(runtime=0)
            kind = kind._replace(resources=need)
        return need, rank(kind, need.runtime)


def _by_groups(graph: WorkflowGraph, needs: _Needs, coarse: bool) -> list[Atom]:
    """Raises as Edges does, and Undecided for jobs that wait for others in a way that has no closed form; if `coarse`, only
    where these are of their own group."""
    edges = graph.edges_by_group
    groups = graph.groups
    explicit: list[Producers] = []
    total: list[Producers] = []
    for group in groups:
        explicit.append(edges.written(group) if group.size else NO_PRODUCERS)
        total.append(edges.producers(group) if group.size else NO_PRODUCERS)
    levels = _levels(len(groups), (_groups_in(found, index) for index, found in enumerate(explicit)))
    stretches = [needs.of(group.index) if group.size else [] for group in groups]
    first = [0]
    for stretch in stretches:
        first.append(first[-1] + len(stretch))
    sets: dict[frozenset[int], frozenset[int]] = {}
    atoms: list[Atom] = []
    for group, found, stretch in zip(groups, total, stretches, strict=True):
        tied: dict[int, Tie] = {}
        for index, terms in found.terms.items():
            tie = _tie(terms, group, groups[index], coarse)
            if tie is not None:
                tied[index] = tie
        whole = found.plain | (found.terms.keys() - tied.keys())
        waits = sets.setdefault(
            whole, frozenset(atom for index in whole for atom in range(first[index], first[index + 1]))
        )
        ties = tuple(tie._replace(producer=_only(first, index)) for index, tie in tied.items())
        if ties and len(stretch) != 1:
            raise Undecided
        atoms.extend(
            Atom(group.index, count, need, (order, need.nodes, levels[group.index], group.index, place), waits, ties)
            for place, (need, order, count) in enumerate(stretch)
        )
    return atoms


def _groups_in(found: Producers, index: int) -> frozenset[int]:
    """The groups that a group waits for; jobs that wait for others of their own group are no loop yet."""
    return found.plain | (found.terms.keys() - {index}) if found.terms else found.plain


def _only(first: list[int], index: int) -> int:
    """The only atom of a group; raises Undecided if there are more."""
    if first[index + 1] - first[index] != 1:
        raise Undecided
    return first[index]


def _tie(terms: list[Term], group: Group, other: Group, coarse: bool) -> Tie | None:
    """How the jobs of `group` wait for those of `other`; None if each waits for all. Raises Undecided."""
    if count_pairs(terms, group.domain, other.domain) == group.size * other.size:
        return None
    try:
        return _blocks(terms, group, other)
    except Undecided:
        if not coarse or group is other:
            raise
        return None


def _blocks(terms: list[Term], group: Group, other: Group) -> Tie:
    """The tie where jobs wait in blocks, from the first ones on. Raises Undecided."""
    if len(terms) != 1:
        raise Undecided
    (term,) = terms
    match = term.match
    if term.tests_a or term.tests_b or match.only_a or match.only_b or not match.links:
        raise Undecided
    depth = len(match.links)
    if set(match.links) != {(axis, axis) for axis in range(depth)}:
        raise Undecided
    ahead = 0
    for axis in range(depth):
        link = match.links[axis, axis]
        lengths = group.domain.axes[axis].length, other.domain.axes[axis].length
        if not isinstance(link, Line) or link.step_a != 1 or link.step_b != 1 or link.first_b:
            raise Undecided
        if link.first_a + link.length != lengths[0]:
            raise Undecided  # the last ones wait for nothing
        if axis == 0:
            ahead = link.first_a
        elif link.first_a or lengths[0] != lengths[1]:
            raise Undecided
        else:
            ahead *= lengths[0]
    return Tie(-1, _product(other.domain, depth), _product(group.domain, depth), ahead)


def _product(domain: Domain, start: int) -> int:
    size = 1
    for axis in domain.axes[start:]:
        size *= axis.length
    return size


def _listed(graph: WorkflowGraph, needs: _Needs) -> list[Atom]:
    listing = graph.listing
    size = len(listing.rows)
    levels = _levels(size, map(listing.explicit, range(size)))
    atoms: list[Atom] = []
    for stage, job in enumerate(graph.workflow.jobs):
        for need, order, count in needs.of(stage) if job.domain.size else ():
            for _ in range(count):
                place = len(atoms)
                order_of_job = (order, need.nodes, levels[place], place)
                atoms.append(Atom(stage, 1, need, order_of_job, listing.total(place)))
    return atoms


def _levels(size: int, waits: Iterable[frozenset[int]]) -> list[int]:
    """How far down each one stands by explicit dependencies, which is how Torc numbers jobs (workflow_spec.rs:4403)."""
    gates = Gates.of(size, enumerate(waits))
    levels = [-1] * size
    for depth, level in enumerate(gates.levels()):
        for number in level:
            levels[number] = depth
    if -1 in levels:
        raise Refused(["the dependencies hold a cycle"])
    return levels
