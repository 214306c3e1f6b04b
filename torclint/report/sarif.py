"""SARIF 2.1.0 (OASIS): what code scanning of GitHub and others reads."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING
from torclint.report.fingerprints import fingerprints
from torclint.report.links import rule_link
from torclint.rules.base import ERROR, INFO, WARNING
from torclint.rules.documentation import documentation
from torclint.rules.registry import find, load
from torclint.version import PROJECT, __version__

if TYPE_CHECKING:
    from typing import Any

    from torclint.report.model import FileReport, Report
    from torclint.rules.base import Finding
    from torclint.syntax.node import Span
    from torclint.text.edits import Edit
    from torclint.text.lines import LineIndex
    from torclint.text.source import SourceError

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

_LEVELS = {ERROR: "error", WARNING: "warning", INFO: "note"}


def render(report: Report) -> str:
    from json import dumps

    return dumps(as_plain(report), indent=2, ensure_ascii=False)


def as_plain(report: Report) -> dict[str, Any]:
    codes = sorted({finding.code for finding in report.findings})
    places = {code: place for place, code in enumerate(codes)}
    invocation: dict[str, Any] = {"executionSuccessful": not report.unreadable}
    if report.unreadable:
        invocation["toolExecutionNotifications"] = list(map(_notification, report.unreadable))
    run = {
        "tool": {
            "driver": {
                "name": "torclint",
                "version": __version__,
                "semanticVersion": __version__,
                "informationUri": PROJECT,
                "rules": list(map(_rule, codes)),
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [invocation],
        "artifacts": [{"location": _artifact(file.path)} for file in report.files],
        "results": [
            _result(file, place, finding, fingerprint, places)
            for place, file in enumerate(report.files)
            for finding, fingerprint in fingerprints(file)
        ],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(code: str) -> dict[str, Any]:
    page = documentation(load(find(code)))
    return {
        "id": code,
        "name": page.name.title().replace("-", ""),
        "shortDescription": {"text": page.summary},
        "fullDescription": {"text": page.summary},
        "helpUri": rule_link(code, page.name),
        "help": {"text": page.text, "markdown": page.text},
        "defaultConfiguration": {"level": _LEVELS[page.severity]},
        "properties": {"tags": [page.effect, page.name], "since": page.since, "fixable": page.fixable},
    }


def _result(file: FileReport, place: int, finding: Finding, fingerprint: str, rules: dict[str, int]) -> dict[str, Any]:
    told = ". ".join(text.rstrip(".") for text in (finding.message, *finding.help)) + "."
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": rules[finding.code],
        "level": _LEVELS[finding.severity],
        "message": {"text": told},
        "locations": [_location(file, place, finding.span, finding.label)],
        "partialFingerprints": {"torclint/v1": fingerprint},
    }
    if finding.related:
        result["relatedLocations"] = [
            {"id": number, **_location(file, place, related.span, related.message)}
            for number, related in enumerate(finding.related, 1)
        ]
    if finding.fix is not None and finding.fix.edits:
        replacements = [_replacement(edit, file.lines) for edit in finding.fix.edits]
        change = {"artifactLocation": {**_artifact(file.path), "index": place}, "replacements": replacements}
        result["fixes"] = [{"description": {"text": finding.fix.title}, "artifactChanges": [change]}]
    return result


def _location(file: FileReport, place: int, span: Span, message: str) -> dict[str, Any]:
    physical = {"artifactLocation": {**_artifact(file.path), "index": place}, "region": _region(span, file.lines)}
    location: dict[str, Any] = {"physicalLocation": physical}
    if message:
        location["message"] = {"text": message}
    return location


def _region(span: Span | Edit, lines: LineIndex) -> dict[str, int]:
    start, end = lines.position(span.start), lines.position(span.end)
    return {"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column}


def _replacement(edit: Edit, lines: LineIndex) -> dict[str, Any]:
    return {"deletedRegion": _region(edit, lines), "insertedContent": {"text": edit.replacement}}


def _notification(error: SourceError) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": _artifact(error.path)}
    if error.line:
        physical["region"] = {"startLine": error.line, "startColumn": error.column}
    location = {"physicalLocation": physical}
    return {"level": "error", "message": {"text": f"cannot be read: {error.message}"}, "locations": [location]}


def _artifact(path: str) -> dict[str, str]:
    """The address of a file: relative paths stay relative, to where torclint was started."""
    from urllib.parse import quote

    address = quote(path.removeprefix("./"), safe="/")
    return {"uri": f"file://{address}" if path.startswith("/") else address}
