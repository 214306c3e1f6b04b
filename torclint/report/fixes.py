"""What a fix did to a spec, in a few lines."""

from __future__ import annotations

from torclint.graph.cost import create_seconds, duration
from torclint.graph.edges import AtLeast
from torclint.record import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.fix.barriers import Fixed
    from torclint.graph.workflow import WorkflowGraph


def render(path: str, fixed: Fixed) -> Iterator[str]:
    """The lines that tell what happened to the spec at `path`."""
    if fixed.refused:
        first = fixed.refused[0]
        position = fixed.before.workflow.document.position(first.span.start)
        yield f"{path}:{position.line}:{position.column}: {first.code} {first.message}"
        yield f"{path}: not fixed: mend what keeps it from running first (torclint check {path})"
        return
    if fixed.failed:
        yield f"{path}: not changed: the new text failed its checks: {fixed.failed}"
        return
    if fixed.after is not None:
        yield from _gain(path, fixed)
    for each in fixed.withheld:
        position = fixed.before.workflow.document.position(each.block.clauses[0][0].written.node.start)
        sides = f"{each.block.consumer_jobs:,} x {each.block.producer_jobs:,} jobs"
        yield f"{path}:{position.line}:{position.column}: no barrier for `{each.block.text}` ({sides}): {each.reason}"
    if fixed.after is None and not fixed.withheld:
        yield f"{path}: nothing to insert; {_number(fixed.before)} dependencies"


def _gain(path: str, fixed: Fixed) -> Iterator[str]:
    assert fixed.after is not None
    number = len(fixed.barriers)
    times = _total(fixed.before) // max(_total(fixed.after), 1)
    yield (
        f"{path}: {number} barrier{'s' * (number > 1)} inserted: {_number(fixed.before)} -> {_number(fixed.after)} "
        f"dependencies ({times:,} times fewer)"
    )
    for barrier in fixed.barriers:
        block = barrier.block
        after = block.consumer_jobs + block.producer_jobs
        yield (f"  {barrier.name}: {block.consumer_jobs:,} x {block.producer_jobs:,} = {block.edges:,} -> {after:,}")
    before, after_seconds = (duration(_create_seconds(graph)) for graph in (fixed.before, fixed.after))
    yield (
        f"  torc create: about {before} -> {after_seconds}; "
        "each barrier adds one round of Torc's release timer (30 s by default)"
    )


def _create_seconds(graph: WorkflowGraph) -> float:
    return create_seconds(graph.counts.jobs, _total(graph), graph.blocks)


def _total(graph: WorkflowGraph) -> int:
    total = graph.counts.total
    return total.value if isinstance(total, AtLeast) else total


def _number(graph: WorkflowGraph) -> str:
    total = graph.counts.total
    return f"at least {total.value:,}" if isinstance(total, AtLeast) else f"{total:,}"
