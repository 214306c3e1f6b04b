"""What a fix did to a spec, in a few lines."""

from __future__ import annotations

from torclint.graph.cost import duration, workflow_seconds
from torclint.record import TYPE_CHECKING
from torclint.report.numbers import known, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.fix.barriers import Fixed


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
        yield f"{path}: nothing to insert; {shown(fixed.before.counts.total)} dependencies"


def _gain(path: str, fixed: Fixed) -> Iterator[str]:
    assert fixed.after is not None
    number = len(fixed.barriers)
    before, after = fixed.before.counts.total, fixed.after.counts.total
    times = known(before) // max(known(after), 1)
    yield (
        f"{path}: {number} barrier{'s' * (number > 1)} inserted: {shown(before)} -> {shown(after)} "
        f"dependencies ({times:,} times fewer)"
    )
    for barrier in fixed.barriers:
        block = barrier.block
        sides = f"{block.consumer_jobs:,} x {block.producer_jobs:,}"
        yield f"  {barrier.name}: {sides} = {block.edges:,} -> {block.consumer_jobs + block.producer_jobs:,}"
    seconds_before, seconds_after = (duration(workflow_seconds(graph)) for graph in (fixed.before, fixed.after))
    yield (
        f"  torc create: about {seconds_before} -> {seconds_after}; "
        "each barrier adds one round of Torc's release timer (30 s by default)"
    )


def explain(fixed: Fixed) -> Iterator[str]:
    """Why each barrier was put where it is: who waits for whom, what it saves, and what it costs."""
    for barrier in fixed.barriers:
        block = barrier.block
        consumers = ", ".join(group.item.name.text for group in block.consumers)
        position = fixed.before.workflow.document.position(block.clauses[0][0].written.node.start)
        after = block.consumer_jobs + block.producer_jobs
        yield f"  why {barrier.name}:"
        yield f"    `{block.text}` (line {position.line:,}) matches {block.producer_jobs:,} jobs, for each of {consumers}"
        yield f"    through the barrier {block.edges:,} dependencies become {after:,}: {block.edges - after:,} rows less in Torc"
        if barrier.resources is not None:
            new = ", which is new" if barrier.resources.is_new else ", the smallest of this spec"
            yield f"    it needs the resources `{barrier.resources.name}`{new}"
        if barrier.labels:
            yield f"    it has the labels of the jobs around it, so that the same runners take it: {', '.join(barrier.labels)}"
        if barrier.priority:
            yield f"    its priority is the highest of those that wait for it: {barrier.priority:,}"
    if fixed.barriers:
        yield "  failures spread as before: a barrier is cancelled like the jobs that wait for it, and passes that on"
