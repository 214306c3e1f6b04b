"""Jobs that wait for themselves by one clause."""

from __future__ import annotations

from torclint.graph.edges import UNCOUNTABLE
from torclint.names.links import Line
from torclint.record import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.clauses import Clause
    from torclint.graph.groups import Group, Groups
    from torclint.graph.workflow import WorkflowGraph
    from torclint.names.relation import Term

_POINTS = 2000


def self_waits(graph: WorkflowGraph, group: Group) -> Iterator[tuple[Clause, tuple[int, ...]]]:
    """The clauses by which a job of `group` waits for itself, each with the point of such a job; those for which only a
    listing could tell are left out."""
    edges = graph.edges_by_group
    clauses = edges.clauses[group.index]
    for clause in (*clauses.waits.names, *clauses.waits.patterns) if clauses else ():
        try:
            point = first_waiting_for_itself(edges.jobs, group, clause)
        except UNCOUNTABLE:
            continue
        if point is not None:
            yield clause, point


def first_waiting_for_itself(jobs: Groups, group: Group, clause: Clause) -> tuple[int, ...] | None:
    """The point of a job of `group` that `clause` picks out for itself; None if there is none.

    Raises Undecided, OverBudget or RegexError where that cannot be said without listing.
    """
    if not group.size:
        return None
    found = jobs.find(clause, group.domain)
    if group.index in found.plain:
        return ()
    for term in found.terms.get(group.index, ()):
        point = _on_diagonal(group, term)
        if point is not None:
            return point
    return None


def _on_diagonal(group: Group, term: Term) -> tuple[int, ...] | None:
    from torclint.names.partners import first_partner, holds

    domain = group.domain
    origin = tuple(0 for _ in domain.axes)
    if not term.match.links and not term.match.only_a:
        # the same producers for every consumer: any of them that is in the group waits for itself
        return first_partner(term, domain, origin, domain)
    crossing = _crossing(group, term)
    if crossing is not None:
        return crossing if holds(term, domain, crossing, domain, crossing) else None
    for count, point in enumerate(domain.points()):
        if count > _POINTS:
            return None
        if holds(term, domain, point, domain, point):
            return point
    return None


def _crossing(group: Group, term: Term) -> tuple[int, ...] | None:
    """Where a single line of index pairs meets the diagonal; a point off it where it never does."""
    if len(term.match.links) != 1 or term.tests_a or term.tests_b or term.match.only_a or term.match.only_b:
        return None
    (((a, b), link),) = term.match.links.items()
    if a != b or not isinstance(link, Line):
        return None
    index = 0
    if link.step_a == link.step_b:
        index = link.first_a
    else:
        u, remainder = divmod(link.first_b - link.first_a, link.step_a - link.step_b)
        if not remainder and 0 <= u < link.length:
            index = link.first_a + link.step_a * u
    return tuple(index if number == a else 0 for number in range(len(group.domain.axes)))
