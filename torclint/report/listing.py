"""The files that were checked, one a line: what they are, how large, and how much was found."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING
from torclint.report.cells import visible
from torclint.report.columns import Column, aligned
from torclint.report.numbers import shown
from torclint.rules.base import SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.report.model import FileReport, Report
    from torclint.report.terminal import Terminal

_COLUMNS = (
    Column("file", least=20),
    Column("syntax"),
    Column("jobs", is_right=True),
    Column("dependencies", is_right=True),
    *(Column(f"{severity}s", is_right=True) for severity in SEVERITIES),
)


def render(report: Report, terminal: Terminal) -> Iterator[str]:
    """A table, and an empty line; nothing where no file was checked."""
    if not report.files:
        return
    head, *rows = aligned(_COLUMNS, [_row(file) for file in report.files], terminal.width)
    yield f"{terminal.palette.strong}{head}{terminal.palette.off}"
    yield from rows
    yield ""


def _row(file: FileReport) -> tuple[str, ...]:
    counts = file.counts
    sizes = ("-", "-") if counts is None else (f"{counts.jobs:,}", shown(counts.total))
    severities = [finding.severity for finding in file.findings]
    found = (severities.count(severity) for severity in SEVERITIES)
    return (visible(file.path), file.format or "-", *sizes, *(f"{number:,}" if number else "" for number in found))
