"""Barriers that a spec has already, told by what they are and not by their names."""

from __future__ import annotations

from torclint.fix.comparison.new_jobs import is_mere_light
from torclint.fix.optimum.problem import places
from torclint.record import TYPE_CHECKING

if TYPE_CHECKING:
    from torclint.fix.optimum.problem import Demand
    from torclint.fix.planning.atoms import Atoms
    from torclint.fix.planning.components import Consumers
    from torclint.fix.planning.waiting import Universe
    from torclint.graph.groups import Group
    from torclint.graph.workflow import WorkflowGraph


def barriers_there(
    graph: WorkflowGraph, universe: Universe, part: list[Consumers], demands: list[Demand], atoms: Atoms, newly: bool
) -> dict[int, Group]:
    """The sets that single light jobs stand for already, for those who wait for such a job among others.

    `newly`: for those too who do not wait for it yet, if somebody does.
    """
    found: dict[int, Group] = {}
    if universe.domain.axes:
        return found
    for each, demand in zip(part, demands, strict=True):
        if not is_barrier(graph, each) or _weight(atoms, demand.mask) < 2:
            continue
        place = atoms.atom_of.get(each.group.index)
        if place is not None and not demand.mask >> place & 1:
            found.setdefault(demand.mask | 1 << place, each.group)
        if newly and (place is not None or _is_named(graph, each.group)):
            found.setdefault(demand.mask, each.group)
    return {
        mask: group
        for mask, group in found.items()
        if any(not mask & ~other.mask and one.group is not group for one, other in zip(part, demands, strict=True))
    }


def _weight(atoms: Atoms, mask: int) -> int:
    return sum(atoms.weights[place] for place in places(mask))


def is_barrier(graph: WorkflowGraph, consumers: Consumers) -> bool:
    """Whether a group is one light job of which all that it waits for is known here."""
    group = consumers.group
    clauses = graph.edges_by_group.clauses[group.index]
    if group.literal is None or clauses is None or clauses.reads_files or clauses.reads_data:
        return False
    known = sum(len(use.clauses) for use in consumers.uses)
    return known == len(clauses.waits.names) + len(clauses.waits.patterns) and is_mere_light(
        graph.workflow.jobs[group.index]
    )


def _is_named(graph: WorkflowGraph, group: Group) -> bool:
    return any(
        clause.template.text == group.literal
        for clauses in graph.edges_by_group.clauses
        if clauses is not None
        for clause in clauses.waits.names
    )
