"""How much one entry of a list adds to the others."""

from __future__ import annotations

from torclint.graph.clauses import FILES, JOBS
from torclint.graph.edges import UNCOUNTABLE, merged
from torclint.names.relation import EVERYTHING, count_pairs
from torclint.record import TYPE_CHECKING, Record

if TYPE_CHECKING:
    from torclint.graph.clauses import Clauses, Uses
    from torclint.graph.edges import Producers
    from torclint.graph.groups import Group, Groups
    from torclint.graph.resolution import Unresolved
    from torclint.graph.workflow import WorkflowGraph


class Addition(Record):
    """(job, name) pairs that an entry picks out, and those of them that no other entry of its list does."""

    matched: int
    added: int


def addition_of(graph: WorkflowGraph, each: Unresolved) -> Addition | None:
    """The addition of the entry that `each` is about; None where that cannot be told without listing."""
    edges = graph.edges_by_group
    clauses = edges.clauses[each.group.index]
    uses = None if clauses is None else _list_with(clauses, each)
    if uses is None:
        return None
    known = edges.jobs if each.target == JOBS else edges.files if each.target == FILES else edges.user_data
    domain = each.group.domain
    try:
        rest = [known.find(one, domain) for one in (*uses.names, *uses.patterns) if one is not each.clause]
        own = merged([known.find(each.clause, domain)])
        others = merged(rest)
        together = merged([own, others])
        return Addition(
            _count(own, each.group, known), _count(together, each.group, known) - _count(others, each.group, known)
        )
    except UNCOUNTABLE:
        return None


def _list_with(clauses: Clauses, each: Unresolved) -> Uses | None:
    lists = (clauses.waits, clauses.reads_files, clauses.writes_files, clauses.reads_data, clauses.writes_data)
    for uses in lists:
        if any(one is each.clause for one in (*uses.names, *uses.patterns)):
            return uses
    return None


def _count(picked: Producers, group: Group, known: Groups) -> int:
    total = 0
    for index in picked.plain | picked.terms.keys():
        terms = [EVERYTHING] if index in picked.plain else picked.terms[index]
        total += count_pairs(terms, group.domain, known.all[index].domain)
    return total
