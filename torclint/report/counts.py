"""The table of dependencies: a line for each block, which is what one clause makes, and the total."""

from __future__ import annotations

from torclint.graph.cost import BYTES_PER_EDGE, block_seconds, duration, roughly, size, workflow_seconds
from torclint.graph.edges import AtLeast
from torclint.record import TYPE_CHECKING, Record
from torclint.report.cells import visible
from torclint.report.columns import Column, aligned
from torclint.report.numbers import plural, shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from torclint.graph.blocks import Block
    from torclint.graph.edges import Count
    from torclint.graph.workflow import WorkflowGraph
    from torclint.report.terminal import Terminal


class Row(Record):
    """One line of the table, as text."""

    place: str
    jobs: str
    waits: str
    sides: str
    edges: str
    cost: str


COLUMNS = (
    Column("line", is_right=True),
    Column("jobs", least=12),
    Column("wait for", least=12),
    Column("each x each", is_right=True, rank=1),
    Column("dependencies", is_right=True),
    Column("cost", is_right=True, rank=2),
)


def render(graph: WorkflowGraph, fixed: WorkflowGraph | None, terminal: Terminal) -> Iterator[str]:
    """The table of a spec and, if barriers would change it, the one of the spec with them."""
    yield from _table(graph, terminal)
    if fixed is None:
        return
    palette = terminal.palette
    yield ""
    yield f"{palette.strong}After torclint fix --insert-barriers:{palette.off}"
    yield ""
    yield from _table(fixed, terminal)


def _table(graph: WorkflowGraph, terminal: Terminal) -> Iterator[str]:
    counts = graph.counts
    palette = terminal.palette
    yield f"{plural(counts.jobs, 'job')} from {plural(counts.job_specs, 'job spec')}"
    yield ""
    if graph.blocks:
        for number, line in enumerate(aligned(COLUMNS, rows_of(graph), terminal.width)):
            yield f"{palette.strong}{line}{palette.off}" if number == 0 else line
        yield ""
    yield (
        f"{palette.strong}{plural(counts.total, 'dependency')} in total{palette.off}"
        f"{_parts(counts.explicit, counts.implicit)}; torc create takes {roughly(workflow_seconds(graph))}"
    )


def _parts(explicit: Count, implicit: Count) -> str:
    if implicit in (0, AtLeast(0)):
        return ""
    return f": {shown(explicit)} written, {shown(implicit)} through files and user data"


def rows_of(graph: WorkflowGraph) -> list[Row]:
    """A row for each block, the heaviest first."""
    return [row_of(graph, block) for block in heaviest_first(graph)]


def heaviest_first(graph: WorkflowGraph) -> list[Block]:
    return sorted(graph.blocks, key=lambda block: -block.edges)


def row_of(graph: WorkflowGraph, block: Block) -> Row:
    node = block.clauses[0][0].written.node
    line = graph.workflow.document.position(node.start).line
    names = [group.item.name.text for group in block.consumers]
    jobs = names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1:,} more"
    through = f"{block.kind} " if block.kind in ("file", "user data") else ""
    sides = f"{block.consumer_jobs:,} x {block.producer_jobs:,}"
    cost = f"{size(block.edges)}, {duration(block_seconds(block))}"
    return Row(str(line), visible(jobs), visible(through + block.text), sides, f"{block.edges:,}", cost)


def as_plain(graph: WorkflowGraph, fixed: WorkflowGraph | None) -> dict[str, Any]:
    """The same for programs. `sides`: the jobs that wait, and the jobs that they wait for."""
    from torclint.report.json import summary

    blocks = [
        {
            "line": graph.workflow.document.position(block.clauses[0][0].written.node.start).line,
            "kind": block.kind,
            "jobs": [group.item.name.text for group in block.consumers],
            "waits_for": block.text,
            "sides": [block.consumer_jobs, block.producer_jobs],
            "edges": block.edges,
            "bytes": block.edges * BYTES_PER_EDGE,
            "create_seconds": round(block_seconds(block), 3),
        }
        for block in graph.blocks
    ]
    plain = {"summary": summary(graph.counts), "blocks": blocks, "create_seconds": round(workflow_seconds(graph), 3)}
    return plain if fixed is None else plain | {"fixed": as_plain(fixed, None)}
