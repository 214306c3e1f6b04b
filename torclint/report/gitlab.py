"""The code quality report of GitLab: the part of Code Climate's format that GitLab reads."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING
from torclint.report.fingerprints import fingerprints
from torclint.rules.base import ERROR, INFO, WARNING

if TYPE_CHECKING:
    from typing import Any

    from torclint.report.model import FileReport, Report
    from torclint.rules.base import Finding

_SEVERITIES = {ERROR: "major", WARNING: "minor", INFO: "info"}


def render(report: Report) -> str:
    """One JSON array; GitLab takes paths without `./` in front."""
    from json import dumps

    return dumps(as_plain(report), indent=2, ensure_ascii=False)


def as_plain(report: Report) -> list[dict[str, Any]]:
    found = [_issue(file, *pair) for file in report.files for pair in fingerprints(file)]
    return found + [
        {
            "description": f"cannot be read: {error.message}",
            "check_name": "unreadable",
            "fingerprint": f"unreadable {error.path}",
            "severity": "blocker",
            "location": {"path": _path(error.path), "lines": {"begin": max(error.line, 1)}},
        }
        for error in report.unreadable
    ]


def _issue(file: FileReport, finding: Finding, fingerprint: str) -> dict[str, Any]:
    start, end = (file.lines.position(offset) for offset in finding.span)
    return {
        "description": f"{finding.code} {finding.name}: {finding.message}",
        "check_name": finding.name,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[finding.severity],
        "location": {
            "path": _path(file.path),
            "positions": {
                "begin": {"line": start.line, "column": start.column},
                "end": {"line": end.line, "column": end.column},
            },
            "lines": {"begin": start.line, "end": end.line},
        },
    }


def _path(path: str) -> str:
    return path.removeprefix("./")
