"""What a fix did to a spec, in a few lines."""

from __future__ import annotations

from torclint.graph.cost import duration, roughly, workflow_seconds
from torclint.record import TYPE_CHECKING
from torclint.report.numbers import known, plural, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.fix.barriers import Fixed
    from torclint.fix.planning.plan import Barrier


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
        if each.by_hand:
            yield "  to be written by hand:"
            yield from (f"    {line}" for line in each.by_hand)
    if fixed.after is None and not fixed.withheld:
        yield f"{path}: nothing to insert; {plural(fixed.before.counts.total, 'dependency')}"


def _gain(path: str, fixed: Fixed) -> Iterator[str]:
    assert fixed.after is not None
    number = len(fixed.barriers)
    before, after = fixed.before.counts.total, fixed.after.counts.total
    times = known(before) // max(known(after), 1)
    done = f"{number} barrier{'s' * (number > 1)} inserted" if number else "barriers put to use"
    fewer = f" ({times:,} times fewer)" if times > 1 else ""
    yield f"{path}: {done}: {shown(before)} -> {shown(after)} dependencies{fewer}"
    for barrier in fixed.barriers:
        each = f" for each of {barrier.copies:,} values" if barrier.copies > 1 else ""
        sides = f"{barrier.consumers:,} x {barrier.producers:,}{each}"
        yield f"  {barrier.name}: {sides} = {barrier.edges:,} -> {barrier.edges_after:,}"
    for name in fixed.reused:
        yield f"  {name}: is there already, and others wait for it now in the place of what it waits for"
    created = f"{roughly(workflow_seconds(fixed.before))} -> {duration(workflow_seconds(fixed.after))}"
    yield f"  torc create: {created}; each barrier adds a level: one round of Torc's release timer (30 s by default)"


def explain(fixed: Fixed) -> Iterator[str]:
    """Why each barrier was put where it is: who waits for whom, what it saves, and what it costs."""
    for barrier in fixed.barriers:
        yield f"  why {barrier.name}:"
        consumers = ", ".join(group.item.name.text for group in barrier.users)
        yield f"    {_waits_for(barrier)}; {consumers} now wait for it"
        if barrier.edges > barrier.edges_after:
            yield (
                f"    through the barrier {barrier.edges:,} dependencies become {barrier.edges_after:,}: "
                f"{barrier.edges - barrier.edges_after:,} fewer rows in Torc"
            )
        else:
            yield "    it saves no dependencies, but time: Torc creates several short lists sooner than a long one"
        if barrier.copies > 1:
            yield f"    it is one job for each of the {barrier.copies:,} values that its consumers share"
        if barrier.resources is not None:
            new = ", which is new" if barrier.resources.is_new else ", the smallest of this spec"
            yield f"    it needs the resources `{barrier.resources.name}`{new}"
        if barrier.labels:
            yield f"    it has the labels of the jobs around it, so that the same runners take it: {', '.join(barrier.labels)}"
        if barrier.priority:
            yield f"    its priority is the highest of those that wait for it: {barrier.priority:,}"
    if fixed.barriers:
        yield "  failures spread as before: a barrier is cancelled like the jobs that wait for it, and passes that on"
        yield "  on the way to the jobs behind it a barrier is one more of the 100 levels that Torc cancels after a failure"
        yield from _optimality(fixed)


def _optimality(fixed: Fixed) -> Iterator[str]:
    if any(barrier.edges <= barrier.edges_after for barrier in fixed.barriers):
        return  # it was not chosen for the number of dependencies
    if fixed.gap:
        yield f"  no choice of barriers could save more than {fixed.gap:,} dependencies beyond this one"
    else:
        yield "  no other choice of barriers leaves fewer dependencies"


def _waits_for(barrier: Barrier) -> str:
    texts = [*barrier.behind, *(clause.template.text for clause in barrier.clauses)]
    told = ", ".join(f"`{text}`" for text in texts[:3])
    more = f" and {len(texts) - 3:,} more" if len(texts) > 3 else ""
    return f"it waits for {told}{more}: {barrier.producers:,} jobs"
