"""The table of dependencies in Markdown: for the summary of a CI job, an issue or a pull request."""

from __future__ import annotations

import re

from torclint.graph.cost import roughly, workflow_seconds
from torclint.record import TYPE_CHECKING
from torclint.report.cells import visible
from torclint.report.counts import COLUMNS, rows_of
from torclint.report.numbers import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.workflow import WorkflowGraph

_MOST_ROWS = 20  # of a table, the heaviest ones


def render(path: str, graph: WorkflowGraph, fixed: WorkflowGraph | None) -> Iterator[str]:
    """The table of the spec at `path` and, if barriers would change it, the one of the spec with them."""
    yield f"### {code(path)}"
    yield ""
    yield from _table(graph)
    if fixed is not None:
        yield ""
        yield f"After {code(f'torclint fix --insert-barriers {path}')}:"
        yield ""
        yield from _table(fixed)
    yield ""


def _table(graph: WorkflowGraph) -> Iterator[str]:
    counts = graph.counts
    yield (
        f"**{plural(counts.total, 'dependency')}** of {plural(counts.jobs, 'job')} from {plural(counts.job_specs, 'job spec')}; "
        f"`torc create` takes {roughly(workflow_seconds(graph))}"
    )
    rows = rows_of(graph)
    if not rows:
        return
    yield ""
    yield f"| {' | '.join(column.heading for column in COLUMNS)} |"
    yield "|---:|---|---|---:|---:|---:|"
    for row in rows[:_MOST_ROWS]:
        yield f"| {row.place} | {_cell(row.jobs)} | {_cell(row.waits)} | {row.sides} | {row.edges} | {row.cost} |"
    if len(rows) > _MOST_ROWS:
        yield ""
        yield f"and {len(rows) - _MOST_ROWS:,} more blocks, with fewer dependencies"


def code(text: str) -> str:
    """`text` as a code span, fenced by more backticks than it has."""
    shown_text = visible(text)
    fence = "`" * (max(map(len, re.findall("`+", shown_text)), default=0) + 1)
    pad = " " if shown_text.startswith("`") or shown_text.endswith("`") else ""
    return f"{fence}{pad}{shown_text}{pad}{fence}"


def _cell(text: str) -> str:
    """The same in a table, where `|` ends a cell even in a code span."""
    return code(text).replace("|", "\\|")
