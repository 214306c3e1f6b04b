"""Where a part of a string of the spec stands."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING
from torclint.syntax.node import Span

if TYPE_CHECKING:
    from torclint.graph.workflow import WorkflowGraph
    from torclint.spec.model import Written


def span_of(graph: WorkflowGraph, written: Written, part: str) -> Span:
    """The place of `part` in the source of a string; all of the string where it is written otherwise, as with escapes."""
    start = graph.workflow.document.text.find(part, *written.node.span)
    return written.node.span if start < 0 else Span(start, start + len(part))
