"""The table of dependencies: a line for each block, which is what one clause makes, and the total."""

from __future__ import annotations

from torclint.graph.cost import BYTES_PER_EDGE, block_seconds, duration, roughly, size, workflow_seconds
from torclint.graph.edges import AtLeast
from torclint.record import TYPE_CHECKING, Record
from torclint.report.cells import visible, width
from torclint.report.numbers import plural, shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from torclint.graph.blocks import Block
    from torclint.graph.edges import Count
    from torclint.graph.workflow import WorkflowGraph
    from torclint.report.terminal import Terminal

_LEAST_TEXT = 12  # cells that names and patterns keep in a narrow terminal


class Row(Record):
    """One line of the table, as text."""

    place: str
    jobs: str
    waits: str
    sides: str
    edges: str
    cost: str


HEAD = Row("line", "jobs", "wait for", "each x each", "dependencies", "cost")


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
        for number, line in enumerate(_aligned([HEAD, *rows_of(graph)], terminal.width)):
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


def _aligned(lines: list[Row], room: int) -> Iterator[str]:
    """The lines in columns; names and patterns are cut where the terminal is too narrow for all."""
    widest = [max(width(line[column]) for line in lines) for column in range(len(Row._fields))]
    spare = room - 2 * (len(widest) - 1) - widest[0] - sum(widest[3:])
    if widest[1] + widest[2] > spare:
        widest[1] = max(min(widest[1], spare // 2), spare - widest[2], _LEAST_TEXT)
        widest[2] = max(spare - widest[1], _LEAST_TEXT)
    for line in lines:
        texts = (_fitted(line.jobs, widest[1]), _fitted(line.waits, widest[2]))
        yield (
            f"{line.place:>{widest[0]}}  {texts[0]}  {texts[1]}  {line.sides:>{widest[3]}}  {line.edges:>{widest[4]}}"
            f"  {line.cost:>{widest[5]}}"
        )


def _fitted(text: str, room: int) -> str:
    if width(text) <= room:
        return text + " " * (room - width(text))
    kept = text
    while width(kept) > room - 3:
        kept = kept[:-1]
    return kept + "..." + " " * (room - 3 - width(kept))


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
