"""Files and user data that jobs read and no job writes."""

from __future__ import annotations

from torclint.graph.clauses import FILES, USER_DATA
from torclint.graph.edges import UNCOUNTABLE
from torclint.names.relation import count_pairs
from torclint.record import TYPE_CHECKING, Record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.clauses import Clause
    from torclint.graph.groups import Group
    from torclint.graph.workflow import WorkflowGraph


class Unmade(Record):
    """A name that `reader` reads and nobody writes; `item` is the group of files or user data that declares it."""

    kind: str  # FILES or USER_DATA
    reader: Group
    clause: Clause
    item: Group


def unmade(graph: WorkflowGraph) -> Iterator[Unmade]:
    """What exact names read that no job writes, each declared group once. Patterns are not looked into."""
    edges = graph.edges_by_group
    seen: set[tuple[str, int]] = set()
    for group, clauses in zip(edges.jobs.all, edges.clauses, strict=True):
        if clauses is None or not group.size:
            continue
        reads = ((FILES, edges.files, clauses.reads_files), (USER_DATA, edges.user_data, clauses.reads_data))
        for place, (kind, declared, uses) in enumerate(reads):
            for clause in uses.names:
                try:
                    writers = edges.through(group, clause, place)
                    if writers.plain or any(
                        count_pairs(terms, group.domain, edges.jobs.all[index].domain)
                        for index, terms in writers.terms.items()
                    ):
                        continue
                    found = declared.find(clause, group.domain)
                except UNCOUNTABLE:
                    continue
                for index in sorted(found.plain | found.terms.keys()):
                    if (kind, index) not in seen:
                        seen.add((kind, index))
                        yield Unmade(kind, group, clause, declared.all[index])
