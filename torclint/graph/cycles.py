"""Cycles among jobs, found on the graph of groups and then made sure of job by job.

A group may depend on itself without a cycle (`step_{i}` waits for `step_{before}`), so a loop of groups is only a
suspicion. It is settled by showing that every way round the loop goes down to smaller indices, or by following single jobs
from one to the next, or by listing all jobs, where they are not too many.
"""

from __future__ import annotations

from torclint.graph.components import looped_components
from torclint.graph.edges import NO_PRODUCERS, UNCOUNTABLE, Producers
from torclint.graph.groups import NO_PARAMETERS
from torclint.record import TYPE_CHECKING, Record

if TYPE_CHECKING:
    from torclint.graph.groups import Group
    from torclint.graph.workflow import WorkflowGraph


class Cycle(Record):
    """Jobs that wait for each other in a ring: each for the next, the last for the first."""

    jobs: tuple[str, ...]
    groups: tuple[Group, ...]

    @property
    def path(self) -> str:
        """The jobs from the first round to it again."""
        return " -> ".join((*self.jobs, self.jobs[0]))

    @property
    def others(self) -> list[Group]:
        """The groups besides that of the first job, each once."""
        return list({group.index: group for group in self.groups if group is not self.groups[0]}.values())


def find_cycle(graph: WorkflowGraph, explicit_only: bool) -> Cycle | None:
    """A short cycle of `depends_on*` edges, or of all edges; None if there is none or none could be shown."""
    edges = graph.edges_by_group
    waits: list[Producers] = []
    for group, clauses in zip(edges.jobs.all, edges.clauses, strict=True):
        if not group.size:
            waits.append(NO_PRODUCERS)
            continue
        try:
            if clauses is None or not edges.certain:
                return _listed(graph, explicit_only)
            producers = edges.written(group) if explicit_only else edges.producers(group)
            waits.append(producers if group.domain.axes else _settled(edges.jobs.all, producers))
        except UNCOUNTABLE:
            return _listed(graph, explicit_only)
    for component in looped_components(waits):
        from torclint.graph.loops import cycle_within

        cycle = cycle_within(graph, component, waits, explicit_only)
        if cycle is not None:
            return cycle
    return None


def _listed(graph: WorkflowGraph, explicit_only: bool) -> Cycle | None:
    from torclint.graph.loops import listed_cycle

    return listed_cycle(graph, None, explicit_only)


def _settled(groups: list[Group], producers: Producers) -> Producers:
    """What one single job waits for, with single jobs that it may wait for either taken for sure or left out."""
    alone = [index for index in producers.terms if not groups[index].domain.axes]
    if not alone:
        return producers
    from torclint.names.partners import holds

    sure = {
        index
        for index in alone
        if any(holds(term, NO_PARAMETERS, (), NO_PARAMETERS, ()) for term in producers.terms[index])
    }
    terms = {index: pairs for index, pairs in producers.terms.items() if index not in alone}
    return Producers(producers.plain | sure, terms)
