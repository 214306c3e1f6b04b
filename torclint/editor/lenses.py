"""Lines above the text: what a spec comes to, and what a barrier would save."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from torclint.editor.commands import INSERT_BARRIERS
from torclint.graph.blocks import worth_a_barrier
from torclint.graph.cost import roughly, workflow_seconds
from torclint.report.numbers import plural, shown
from torclint.syntax.node import Mapping

if TYPE_CHECKING:
    from torclint.editor.view import View
    from torclint.graph.workflow import WorkflowGraph


def lenses(view: View) -> list[types.CodeLens]:
    """The numbers of the whole spec above its jobs, and an offer above each block that a barrier would cut down."""
    graph = view.graph
    if graph is None or not view.reading.is_spec or not graph.workflow.loaded:
        return []
    root = graph.workflow.document.root
    key = root.key("jobs") if isinstance(root, Mapping) else None
    place = None if key is None else view.range(key.span)
    found = []
    if place is not None:
        found.append(types.CodeLens(place, types.Command(_total(graph), "")))
    limits = view.settings.thresholds
    for block in graph.blocks:
        if not block.is_explicit or not worth_a_barrier(block, limits.min_jobs, limits.min_saving):
            continue
        place = view.range(block.span)
        if place is not None and view.is_current:
            after = block.consumer_jobs + block.producer_jobs
            title = f"{plural(block.edges, 'edge')}: insert a barrier" + (
                f" ({after:,} with it)" if block.everyone else ""
            )
            command = types.Command(title, INSERT_BARRIERS, arguments=[view.source.uri, block.span.start])
            found.append(types.CodeLens(types.Range(place.start, place.start), command))
    return found


def _total(graph: WorkflowGraph) -> str:
    counts = graph.counts
    edges = f"{shown(counts.total)} {'edge' if counts.total == 1 else 'edges'}"
    return f"{edges}, {plural(counts.jobs, 'job')}; torc create takes {roughly(workflow_seconds(graph))}"
