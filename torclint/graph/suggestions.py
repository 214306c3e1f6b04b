"""What a name that nothing has was probably meant to be."""

from __future__ import annotations

from torclint.graph.clauses import FILES, JOBS
from torclint.names.template import Slot, Template
from torclint.record import TYPE_CHECKING

if TYPE_CHECKING:
    from torclint.graph.resolution import Unresolved
    from torclint.graph.workflow import WorkflowGraph

_CANDIDATES = 500


def near_name(graph: WorkflowGraph, unresolved: Unresolved) -> str | None:
    """How the clause would have to be written to name something: another padding, or a name close to it."""
    edges = graph.edges_by_group
    known = edges.jobs if unresolved.target == JOBS else edges.files if unresolved.target == FILES else edges.user_data
    wanted = unresolved.clause.template
    for group in known.all[:_CANDIDATES]:
        if _alike(wanted) == _alike(group.template) and wanted.slots:
            spelled = _respelled(wanted, group.template)
            if spelled != unresolved.clause.written.text:
                return spelled
    candidates = [group.template.text for group in known.all[:_CANDIDATES]]
    for group in known.parameterised[:_CANDIDATES]:
        for _, name in zip(range(20), group.template.names(group.domain), strict=False):
            candidates.append(name)
    from difflib import get_close_matches

    written = unresolved.clause.written.text
    for text in (unresolved.text, written):
        near = [name for name in get_close_matches(text, candidates, n=2, cutoff=0.75) if name != written]
        if near:
            return near[0]
    return None


def _alike(template: Template) -> tuple[str, ...]:
    return tuple("\0" if isinstance(part, Slot) else part for part in template.parts)


def _respelled(wanted: Template, other: Template) -> str:
    """`wanted` with the formats of `other`."""
    parts = [
        Slot(part.parameter, like.spec) if isinstance(part, Slot) and isinstance(like, Slot) else part
        for part, like in zip(wanted.parts, other.parts, strict=True)
    ]
    return Template(tuple(parts)).text
