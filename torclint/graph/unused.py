"""Files and user data that no job reads or writes."""

from __future__ import annotations

from torclint.graph.clauses import FILES
from torclint.graph.edges import UNCOUNTABLE
from torclint.record import TYPE_CHECKING

if TYPE_CHECKING:
    from torclint.graph.groups import Group
    from torclint.graph.workflow import WorkflowGraph


def unused(graph: WorkflowGraph, kind: str) -> list[Group]:
    """The items of `kind` (FILES or USER_DATA) that no list, pattern or token of any job picks out.

    None where one clause cannot be told without listing, or where jobs are added while it runs: these could use any.
    """
    if graph.workflow.fields.get("dynamic_jobs") is not None:
        return []
    edges = graph.edges_by_group
    items = edges.files if kind == FILES else edges.user_data
    used: set[int] = set()
    for group, clauses in zip(edges.jobs.all, edges.clauses, strict=True):
        if clauses is None:
            return []
        if not group.size:
            continue
        for each, reads, writes in clauses.artifacts:
            if each != kind:
                continue
            for clause in (*reads.names, *reads.patterns, *writes.names, *writes.patterns):
                try:
                    found = items.find(clause, group.domain)
                except UNCOUNTABLE:
                    return []
                used |= found.plain | found.terms.keys()
    return [group for group in items.all if group.index not in used]
