"""Annotations for GitHub Actions: workflow commands that show findings beside the lines of a change."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING
from torclint.report.cells import visible
from torclint.report.places import from_root
from torclint.report.summary import summary_line
from torclint.rules.base import ERROR, INFO, WARNING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.report.model import FileReport, Report
    from torclint.rules.base import Finding

_LEVELS = {ERROR: "error", WARNING: "warning", INFO: "notice"}


def render(report: Report) -> Iterator[str]:
    """One workflow command a finding, and one for what could not be read; then a line that sums up.

    GitHub shows ten annotations of a level and step, so that the summary may be the only sign of the others.
    """
    for file in report.files:
        for finding in file.findings:
            yield _annotation(file, finding)
    for error in report.unreadable:
        place = f",line={error.line},col={error.column}" if error.line else ""
        yield f"::error file={_property(from_root(error.path))}{place},title=unreadable::{_text(visible(error.message))}"
    yield visible(summary_line(report))


def _annotation(file: FileReport, finding: Finding) -> str:
    start, end = (file.lines.position(offset) for offset in finding.span)
    # The runner drops the columns of an annotation over several lines, and GitHub shows it below the last one: the first
    # line says more.
    last = end.column if start.line == end.line else len(file.lines.line_text(start.line)) + 1
    place = f"line={start.line},endLine={start.line},col={start.column},endColumn={max(last, start.column)}"
    title = _property(f"{finding.code} {finding.name}")
    told = "\n".join(map(visible, (finding.message, *finding.help)))
    return f"::{_LEVELS[finding.severity]} file={_property(from_root(file.path))},{place},title={title}::{_text(told)}"


def _text(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _text(text).replace(":", "%3A").replace(",", "%2C")
