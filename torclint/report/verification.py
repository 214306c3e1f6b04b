"""What `torclint verify` says: the verdict, everything that differs with its place, and what else changed."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING
from torclint.report.json import number, summary
from torclint.spec.versions import CURRENT
from torclint.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from torclint.fix.comparison.difference import Difference
    from torclint.fix.verification import Side, Verification
    from torclint.graph.edges import Count

_SHOWN = 20  # differences, comments or findings that are printed one by one
_COMMENTS = 5
SCHEMA = 1


def render(verdict: Verification) -> Iterator[str]:
    """The lines of the report."""
    for each in verdict.differences[:_SHOWN]:
        path, line, column = _place(verdict, each)
        yield f"{path}:{line}:{column}: {each.message}"
    yield from _more(len(verdict.differences))
    yield _headline(verdict)
    if not verdict.before.graph.workflow.loaded or not verdict.after.graph.workflow.loaded:
        return
    before, after = verdict.before.graph.counts, verdict.after.graph.counts
    yield f"  jobs: {before.jobs:,} -> {after.jobs:,}"
    yield f"  dependencies: {_told(before.total)} -> {_told(after.total)}"
    if verdict.new:
        names = ", ".join(group.template.text for group in verdict.new[:_SHOWN])
        yield f"  new: {names}"
    if verdict.lost_comments:
        number_lost = len(verdict.lost_comments)
        yield f"  note: {number_lost:,} comment{'s are' if number_lost > 1 else ' is'} gone:"
        yield from (f"    {text[:100]}" for text in verdict.lost_comments[:_COMMENTS])
    for finding in verdict.new_findings[:_SHOWN]:
        position = verdict.after.graph.workflow.document.position(finding.span.start)
        place = f"{verdict.after.path}:{position.line}:{position.column}"
        yield f"  new finding: {place}: {finding.code} {finding.message}"
    yield from _more(len(verdict.new_findings))


def _headline(verdict: Verification) -> str:
    names = f"{verdict.before.path} -> {verdict.after.path}"
    if verdict.is_proven:
        jobs = verdict.before.graph.counts.jobs
        return f"{names}: proven: the same {jobs:,} jobs wait for the same jobs, and do the same"
    differences = len(verdict.differences)
    return f"{names}: not proven: {differences:,} difference{'s' * (differences > 1)}"


def _more(count: int) -> Iterator[str]:
    if count > _SHOWN:
        yield f"  ... and {count - _SHOWN:,} more"


def _told(count: Count) -> str:
    return f"{count:,}" if isinstance(count, int) else f"at least {count.value:,}"


def _place(verdict: Verification, difference: Difference) -> tuple[str, int, int]:
    side: Side = verdict.before if difference.side == "before" else verdict.after
    position = side.graph.workflow.document.position(difference.span.start)
    return side.path, position.line, position.column


def render_json(verdict: Verification) -> str:
    """The same as JSON; schemas/verify-v1.schema.json says what it holds."""
    from json import dumps

    return dumps(as_plain(verdict), indent=2, ensure_ascii=False)


def as_plain(verdict: Verification) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "tool": {"name": "torclint", "version": __version__, "torc": CURRENT},
        "proven": verdict.is_proven,
        "before": _side(verdict.before),
        "after": _side(verdict.after),
        "differences": [_difference(verdict, each) for each in verdict.differences],
        "new_jobs": [{"name": group.template.text, "jobs": number(group.size)} for group in verdict.new],
        "lost_comments": list(verdict.lost_comments),
        "new_findings": [
            {
                "code": finding.code,
                "name": finding.name,
                "severity": finding.severity,
                "message": finding.message,
                "subject": finding.subject,
                "location": _location(verdict.after, finding.span.start),
            }
            for finding in verdict.new_findings
        ],
    }


def _side(side: Side) -> dict[str, Any]:
    workflow = side.graph.workflow
    counts = side.graph.counts if workflow.loaded and workflow.complete else None
    return {"path": side.path, "format": workflow.document.format, "summary": summary(counts)}


def _difference(verdict: Verification, each: Difference) -> dict[str, Any]:
    side = verdict.before if each.side == "before" else verdict.after
    return {
        "kind": each.kind,
        "message": each.message,
        "job": each.job or None,
        "other": each.other or None,
        "side": each.side,
        "location": _location(side, each.span.start),
    }


def _location(side: Side, offset: int) -> dict[str, Any]:
    position = side.graph.workflow.document.position(offset)
    return {"path": side.path, "line": position.line, "column": position.column}
