"""The tables of dependencies, as `torclint count` has them, before and after, with a bar for what each block costs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from torclint.graph.cost import block_seconds, duration, roughly, size, workflow_seconds
from torclint.page.making import section
from torclint.record import Record
from torclint.report.counts import heaviest_first, row_of
from torclint.report.numbers import known, plural, shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from markupsafe import Markup

    from torclint.graph.blocks import Block
    from torclint.graph.workflow import WorkflowGraph
    from torclint.page.making import Section
    from torclint.page.spec.changes import NewLines
    from torclint.page.spec.regions import Regions
    from torclint.page.spec.subject import Subject

MOST = 60  # blocks in a table
_LEAST_SHARE = 0.4  # per cent of a bar that is not empty


class Row(Record):
    """A block. `share` is the length of its bar in per cent of the heaviest one."""

    line: int
    link: Markup
    jobs: str
    waits: str
    sides: str
    edges: int
    cost: str
    seconds: float
    share: float


class Table(Record):
    """`left_out`: blocks, and `edges_left_out` their dependencies."""

    title: str
    rows: tuple[Row, ...]
    left_out: int
    edges_left_out: int
    total: str
    cost: str
    told: str


def shown_blocks(graph: WorkflowGraph) -> list[Block]:
    return heaviest_first(graph)[:MOST]


def line_of(graph: WorkflowGraph, block: Block) -> int:
    return graph.workflow.document.position(block.clauses[0][0].written.node.start).line


def edges_section(subject: Subject, regions: Regions, new_lines: NewLines | None) -> Section:
    values: dict[str, Any] = {"tables": []}
    if subject.graph is not None:
        heaviest = max((block.edges for block in subject.graph.blocks), default=1)
        title = "As it is" if subject.after is not None else "What waits for what"
        values["tables"].append(_table(subject.graph, title, heaviest, regions.link))
        if subject.after is not None and new_lines is not None:
            title = "After torclint fix --insert-barriers"
            values["tables"].append(_table(subject.after, title, heaviest, new_lines.link))
    return section("dependencies", "Dependencies", "spec/edges.html", **values)


def _table(graph: WorkflowGraph, title: str, heaviest: int, link: Callable[[int], Markup]) -> Table:
    blocks = heaviest_first(graph)
    rows = tuple(_row(graph, block, heaviest, link) for block in blocks[:MOST])
    counts = graph.counts
    total = known(counts.total)
    implicit = f"; {shown(counts.implicit)} of them through files and user data" if known(counts.implicit) else ""
    return Table(
        title,
        rows,
        len(blocks) - len(rows),
        sum(block.edges for block in blocks[MOST:]),
        shown(counts.total),
        f"{size(total)}, {duration(workflow_seconds(graph))}",
        f"{plural(counts.total, 'dependency')}{implicit}; torc create takes {roughly(workflow_seconds(graph))}",
    )


def _row(graph: WorkflowGraph, block: Block, heaviest: int, link: Callable[[int], Markup]) -> Row:
    row = row_of(graph, block)
    share = max(block.edges * 1000 // max(heaviest, 1) / 10, _LEAST_SHARE) if block.edges else 0
    line = int(row.place)
    seconds = min(block_seconds(block), 1e300)
    sides = row.sides.replace(" x ", " × ")
    return Row(line, link(line), row.jobs, row.waits, sides, block.edges, row.cost, seconds, min(share, 100))
