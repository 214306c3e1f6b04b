"""A report on one file as nested lists, without its text: to keep it, or to send it to another process."""

from __future__ import annotations

from torclint.graph.edges import AtLeast
from torclint.graph.workflow import Counts
from torclint.record import TYPE_CHECKING
from torclint.report.model import FileReport
from torclint.rules.base import Finding, FixOffer, Related
from torclint.syntax.node import Span
from torclint.text.edits import Edit
from torclint.text.lines import LineIndex

if TYPE_CHECKING:
    from typing import Any

    from torclint.graph.edges import Count


def encode(report: FileReport) -> list[Any]:
    """What `decode` makes the same report of, given its path and text."""
    counts = None if report.counts is None else [_encode_count(count) for count in report.counts]
    return [report.format, counts, [_encode_finding(finding) for finding in report.findings], report.fail_on]


def decode(plain: list[Any], path: str, text: str) -> FileReport:
    format, counts, findings, fail_on = plain
    return FileReport(
        path,
        format,
        None if counts is None else Counts(*map(_decode_count, counts)),
        tuple(map(_decode_finding, findings)),
        LineIndex(text),
        fail_on,
    )


def _encode_count(count: Count) -> int | list[int]:
    return count if isinstance(count, int) else [count.value]


def _decode_count(plain: int | list[int]) -> Any:
    return plain if isinstance(plain, int) else AtLeast(plain[0])


def _encode_finding(finding: Finding) -> list[Any]:
    plain: list[Any] = list(finding)
    plain[5] = list(finding.span)
    plain[8] = list(finding.help)
    plain[9] = [[*related.span, related.message] for related in finding.related]
    plain[10] = None if finding.fix is None else [*finding.fix[:3], [list(edit) for edit in finding.fix.edits]]
    plain[11] = list(map(list, finding.others))
    return plain


def _decode_finding(plain: list[Any]) -> Finding:
    code, name, severity, effect, message, span, subject, label, help, related, fix, others = plain
    return Finding(
        code,
        name,
        severity,
        effect,
        message,
        Span(*span),
        subject,
        label,
        tuple(help),
        tuple(Related(Span(start, end), told) for start, end, told in related),
        None if fix is None else _decode_fix(*fix),
        tuple(Span(*other) for other in others),
    )


def _decode_fix(applicability: str, title: str, command: str, edits: list[Any]) -> FixOffer:
    return FixOffer(applicability, title, command, tuple(Edit(*edit) for edit in edits))
