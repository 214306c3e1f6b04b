"""What a check brought up, as values: the same for every format and for Python programs."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING, Record
from torclint.rules.base import SEVERITIES, WARNING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.workflow import Counts
    from torclint.rules.base import Finding
    from torclint.text.lines import LineIndex
    from torclint.text.source import SourceError


class FileReport(Record):
    """What was found in one file, in the order of its text. `format` is "" where a syntax error leaves it open.

    `counts` is None where Torc could not load the spec. `fail_on`: the least severity that makes a check of it fail.
    """

    path: str
    format: str
    counts: Counts | None
    findings: tuple[Finding, ...]
    lines: LineIndex
    fail_on: str = WARNING

    @property
    def fails(self) -> bool:
        """Whether there is a finding at or above the level at which it fails."""
        failing = SEVERITIES[: SEVERITIES.index(self.fail_on) + 1]
        return any(finding.severity in failing for finding in self.findings)


class Report(Record):
    """What was found in all files, and which of them could not be read at all. `known`: findings that a baseline left out."""

    files: tuple[FileReport, ...]
    unreadable: tuple[SourceError, ...] = ()
    known: int = 0

    @property
    def findings(self) -> Iterator[Finding]:
        return (finding for file in self.files for finding in file.findings)
