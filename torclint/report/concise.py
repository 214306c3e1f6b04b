"""One line a finding, as compilers write it and editors read it."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING
from torclint.report.cells import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.report.model import Report


def render(report: Report) -> Iterator[str]:
    """Lines `path:line:column: CODE name: message`."""
    for file in report.files:
        for finding in file.findings:
            line, column = file.lines.position(finding.span.start)
            place = f"{visible(file.path)}:{line}:{column}"
            yield f"{place}: {finding.code} {finding.name}: {visible(finding.message)}"
