"""The numbers of a report, and the one line that tells them."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING, Record
from torclint.rules.base import ERROR, INFO, WARNING

if TYPE_CHECKING:
    from torclint.report.model import Report


class Totals(Record):
    files: int
    errors: int
    warnings: int
    infos: int
    fixable: int


def totals(report: Report) -> Totals:
    severities = [finding.severity for finding in report.findings]
    fixable = sum(finding.fix is not None for finding in report.findings)
    errors, warnings, infos = map(severities.count, (ERROR, WARNING, INFO))
    return Totals(len(report.files), errors, warnings, infos, fixable)


def summary_line(report: Report) -> str:
    """Such as `2 files checked: 1 error, 3 warnings (2 fixable with torclint fix --insert-barriers)`."""
    total = totals(report)
    counted = ((total.errors, "error"), (total.warnings, "warning"), (total.infos, "info"))
    found = ", ".join(_number(count, noun) for count, noun in counted if count) or (
        "no new findings" if report.known else "no findings"
    )
    line = f"{_number(total.files, 'file')} checked: {found}"
    if total.fixable:
        line += f" ({total.fixable:,} fixable with {_fix_command(report)})"
    if report.known:
        line += f"; {_number(report.known, 'known finding')} left out"
    if report.unreadable:
        line += f"; {_number(len(report.unreadable), 'file')} could not be read"
    return line


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _fix_command(report: Report) -> str:
    commands = {finding.fix.command for finding in report.findings if finding.fix is not None}
    return commands.pop() if len(commands) == 1 else "torclint fix"
