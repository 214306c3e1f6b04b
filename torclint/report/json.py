"""The JSON report, version 1: schemas/report-v1.schema.json says what it holds."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING
from torclint.report.summary import totals
from torclint.spec.versions import CURRENT
from torclint.version import __version__

if TYPE_CHECKING:
    from typing import Any

    from torclint.graph.edges import Count
    from torclint.graph.workflow import Counts
    from torclint.report.model import FileReport, Report
    from torclint.rules.base import Finding, FixOffer
    from torclint.syntax.node import Span
    from torclint.text.edits import Edit
    from torclint.text.lines import LineIndex

SCHEMA = 1


def render(report: Report) -> str:
    """The report as indented JSON; numbers of any size stand as integers."""
    from json import dumps

    return dumps(as_plain(report), indent=2, ensure_ascii=False)


def as_plain(report: Report) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "tool": {"name": "torclint", "version": __version__, "torc": CURRENT},
        "files": [_file(file) for file in report.files],
        "totals": totals(report)._asdict(),
    }


def _file(file: FileReport) -> dict[str, Any]:
    return {
        "path": file.path,
        "format": file.format or None,
        "summary": summary(file.counts),
        "findings": [_finding(finding, file.lines) for finding in file.findings],
    }


def summary(counts: Counts | None) -> dict[str, Any]:
    """The numbers of a spec; None stands for one that Torc could not load."""
    if counts is None:
        edges = dict.fromkeys(("explicit", "implicit", "total"))
        return {"job_specs": None, "jobs": None, "edges": edges}
    plain: dict[str, Any] = {
        "job_specs": number(counts.job_specs),
        "jobs": number(counts.jobs),
        "edges": {
            "explicit": number(counts.explicit),
            "implicit": number(counts.implicit),
            "total": number(counts.total),
        },
    }
    if any(not isinstance(count, int) for count in counts):
        plain["lower_bound"] = True
    return plain


def number(count: Count) -> int:
    """The count, or the most that is known of it where counting ended at a budget."""
    return count if isinstance(count, int) else count.value


def _finding(finding: Finding, lines: LineIndex) -> dict[str, Any]:
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity,
        "effect": finding.effect,
        "message": finding.message,
        "subject": finding.subject,
        "location": _location(finding.span, lines),
        "label": finding.label,
        "help": list(finding.help),
        "related": [
            {"location": _location(related.span, lines), "message": related.message} for related in finding.related
        ],
        "fix": None if finding.fix is None else _fix(finding.fix, lines),
    }


def _fix(fix: FixOffer, lines: LineIndex) -> dict[str, Any]:
    edits = [{"location": _location(edit, lines), "replacement": edit.replacement} for edit in fix.edits]
    return {"applicability": fix.applicability, "title": fix.title, "command": fix.command, "edits": edits}


def _location(span: Span | Edit, lines: LineIndex) -> dict[str, int]:
    start, end = lines.position(span.start), lines.position(span.end)
    return {"line": start.line, "column": start.column, "end_line": end.line, "end_column": end.column}
