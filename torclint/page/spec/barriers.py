"""What `torclint fix --insert-barriers` makes of the spec: the barriers, why, and the difference in the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from torclint.graph.cost import duration, roughly, workflow_seconds
from torclint.page.making import section
from torclint.page.spec.edges import line_of
from torclint.record import Record
from torclint.report.fixes import explain
from torclint.report.numbers import plural, shown

if TYPE_CHECKING:
    from markupsafe import Markup

    from torclint.fix.barriers import Fixed
    from torclint.fix.planning.plan import Barrier
    from torclint.fix.planning.reasons import Withheld
    from torclint.graph.workflow import WorkflowGraph
    from torclint.page.making import Section
    from torclint.page.spec.changes import Diff
    from torclint.page.spec.regions import Regions
    from torclint.page.spec.subject import Subject

_TEXTS = 3  # of what a barrier waits for
_MOST = 60  # barriers in the table, and lines of reasons


class Row(Record):
    """A barrier: what it waits for, and the dependencies that it takes the place of."""

    name: str
    waits: str
    sides: str
    edges: int
    edges_after: int


class Kept(Record):
    """A block that would gain by a barrier and gets none, and why. `by_hand`: what to write, if that is known."""

    line: Markup
    waits: str
    sides: str
    reason: str
    by_hand: tuple[str, ...]


def has_barriers(fixed: Fixed | None) -> bool:
    """Whether there is something to tell about barriers."""
    return fixed is not None and (fixed.after is not None or bool(fixed.withheld) or bool(fixed.failed))


def barriers_section(subject: Subject, fixed: Fixed, diff: Diff, regions: Regions) -> Section:
    reasons = [line.strip() for line in explain(fixed)] if fixed.after is not None else []
    return section(
        "barriers",
        "Barriers",
        "spec/barriers.html",
        told=_told(fixed),
        rows=[_row(barrier) for barrier in fixed.barriers[:_MOST]],
        rows_left_out=len(fixed.barriers) - _MOST,
        reused=fixed.reused[:_MOST],
        reasons=reasons[:_MOST],
        reasons_left_out=len(reasons) - _MOST,
        kept=[_kept(each, fixed.before, regions) for each in fixed.withheld[:_MOST]],
        kept_left_out=len(fixed.withheld) - _MOST,
        diff=diff,
        path=subject.path,
    )


def _told(fixed: Fixed) -> str:
    if fixed.failed:
        return f"No barrier is put in: the new text failed its checks: {fixed.failed}"
    if fixed.after is None:
        return "torclint fix --insert-barriers leaves this spec as it is."
    number = len(fixed.barriers)
    done = f"puts in {plural(number, 'barrier')}" if number else "puts barriers to use that are there"
    total, left = plural(fixed.before.counts.total, "dependency"), shown(fixed.after.counts.total)
    now, then = duration(workflow_seconds(fixed.before)), roughly(workflow_seconds(fixed.after))
    return (
        f"torclint fix --insert-barriers {done}. Of {total} {left} are left, and torc create takes {then} in place of {now}. "
        "Each barrier adds a level: one round of Torc's release timer, 30 s by default."
    )


def _row(barrier: Barrier) -> Row:
    texts = [*barrier.behind, *(clause.template.text for clause in barrier.clauses)]
    waits = ", ".join(texts[:_TEXTS]) + (f" and {len(texts) - _TEXTS:,} more" if len(texts) > _TEXTS else "")
    sides = f"{barrier.consumers:,} × {barrier.producers:,}" + (
        f", {barrier.copies:,} times" if barrier.copies > 1 else ""
    )
    return Row(barrier.name, waits, sides, barrier.edges, barrier.edges_after)


def _kept(withheld: Withheld, graph: WorkflowGraph, regions: Regions) -> Kept:
    block = withheld.block
    sides = f"{block.consumer_jobs:,} × {block.producer_jobs:,}"
    return Kept(regions.link(line_of(graph, block)), block.text, sides, withheld.reason, withheld.by_hand)
