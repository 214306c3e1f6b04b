"""The code quality report of GitLab: the part of Code Climate's format that GitLab reads."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING
from torclint.report.fingerprints import digest, fingerprints
from torclint.report.places import from_root
from torclint.rules.base import ERROR, INFO, WARNING

if TYPE_CHECKING:
    from typing import Any

    from torclint.report.model import FileReport, Report
    from torclint.rules.base import Finding
    from torclint.text.source import SourceError

_SEVERITIES = {ERROR: "major", WARNING: "minor", INFO: "info"}


def render(report: Report) -> str:
    """One JSON array: an issue for each finding, and one for each file that could not be read."""
    from json import dumps

    return dumps(as_plain(report), indent=2, ensure_ascii=False)


def as_plain(report: Report) -> list[dict[str, Any]]:
    placed = ((file, finding) for file in report.files for finding in file.findings)
    found = [_issue(*pair, mark) for pair, mark in zip(placed, fingerprints(report), strict=True)]
    return found + [_unreadable(error, number) for number, error in enumerate(report.unreadable)]


def _issue(file: FileReport, finding: Finding, fingerprint: str) -> dict[str, Any]:
    start, end = (file.lines.position(offset) for offset in finding.span)
    return {
        "description": f"{finding.code} {finding.name}: {finding.message}",
        "check_name": finding.code,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[finding.severity],
        "location": {
            "path": from_root(file.path),
            "positions": {
                "begin": {"line": start.line, "column": start.column},
                "end": {"line": end.line, "column": end.column},
            },
            "lines": {"begin": start.line, "end": end.line},
        },
    }


def _unreadable(error: SourceError, number: int) -> dict[str, Any]:
    path = from_root(error.path)
    return {
        "description": f"cannot be read: {error.message}",
        "check_name": "unreadable",
        "fingerprint": digest(path, "unreadable", str(number)),
        "severity": "blocker",
        "location": {"path": path, "lines": {"begin": max(error.line, 1)}},
    }
