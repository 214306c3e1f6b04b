"""What a check brought up, as values: the same for every format and for Python programs."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING, Record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.workflow import Counts
    from torclint.rules.base import Finding
    from torclint.text.lines import LineIndex
    from torclint.text.source import SourceError


class FileReport(Record):
    """What was found in one file, in the order of its text. `format` is "" where a syntax error leaves it open.

    `counts` is None where Torc could not load the spec.
    """

    path: str
    format: str
    counts: Counts | None
    findings: tuple[Finding, ...]
    lines: LineIndex


class Report(Record):
    """What was found in all files, and which of them could not be read at all."""

    files: tuple[FileReport, ...]
    unreadable: tuple[SourceError, ...] = ()

    @property
    def findings(self) -> Iterator[Finding]:
        return (finding for file in self.files for finding in file.findings)
