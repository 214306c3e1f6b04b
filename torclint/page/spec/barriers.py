"""What `torclint fix --insert-barriers` makes of the spec: the barriers, why, and the difference in the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from torclint.page.making import section
from torclint.record import Record
from torclint.report.fixes import explain, render

if TYPE_CHECKING:
    from torclint.fix.barriers import Fixed
    from torclint.page.making import Section
    from torclint.page.spec.changes import Diff
    from torclint.page.spec.subject import Subject

_MOST = 60  # barriers in the table, and lines of reasons


class Row(Record):
    """A barrier: what it waits for, and the dependencies that it takes the place of."""

    name: str
    waits: str
    sides: str
    edges: int
    edges_after: int


def has_barriers(fixed: Fixed | None) -> bool:
    """Whether there is something to tell about barriers."""
    return fixed is not None and (fixed.after is not None or bool(fixed.withheld) or bool(fixed.failed))


def barriers_section(subject: Subject, fixed: Fixed, diff: Diff) -> Section:
    rows = [
        Row(
            barrier.name,
            ", ".join((*barrier.behind, *(clause.template.text for clause in barrier.clauses))[:3]),
            f"{barrier.consumers:,} × {barrier.producers:,}"
            + (f", {barrier.copies:,} times" if barrier.copies > 1 else ""),
            barrier.edges,
            barrier.edges_after,
        )
        for barrier in fixed.barriers
    ]
    reasons = [line.strip() for line in explain(fixed)] if fixed.after is not None else []
    told = [line for line in render(subject.path, fixed) if not line.startswith(" ")]
    return section(
        "barriers",
        "Barriers",
        "spec/barriers.html",
        rows=rows[:_MOST],
        rows_left_out=len(rows) - _MOST,
        reasons=reasons[:_MOST],
        reasons_left_out=len(reasons) - _MOST,
        told=[line.removeprefix(f"{subject.path}: ") for line in told],
        by_hand=[each for each in fixed.withheld if each.by_hand][:_MOST],
        diff=diff,
        path=subject.path,
    )
