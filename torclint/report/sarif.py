"""SARIF 2.1.0 (OASIS): what code scanning of GitHub and others reads."""

from __future__ import annotations

import re

from torclint.record import TYPE_CHECKING
from torclint.report.fingerprints import fingerprints
from torclint.report.links import rule_link
from torclint.report.places import address
from torclint.rules.base import ERROR, INFO, WARNING
from torclint.rules.documentation import documentation
from torclint.rules.registry import find, load
from torclint.version import PROJECT, __version__

if TYPE_CHECKING:
    from typing import Any

    from torclint.report.model import FileReport, Report
    from torclint.rules.base import Finding, FixOffer
    from torclint.syntax.node import Span
    from torclint.text.edits import Edit
    from torclint.text.lines import LineIndex
    from torclint.text.source import SourceError

    Plain = dict[str, Any]

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

# the most that code scanning of GitHub takes: results of a run, places of a result, characters of a description
MAX_RESULTS = 25_000
MAX_PLACES = 1_000
MAX_DESCRIPTION = 1_024

_LEVELS = {ERROR: "error", WARNING: "warning", INFO: "note"}
_GITHUB_LEVELS = {ERROR: "error", WARNING: "warning", INFO: "recommendation"}
_WHAT_IT_DOES = re.compile(r"^## What it does\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)


def render(report: Report) -> str:
    """The report as one indented JSON document."""
    from json import dumps

    return dumps(as_plain(report), indent=2, ensure_ascii=False)


def as_plain(report: Report) -> Plain:
    """One run; more findings than one may have go on in others, with a category of their own, as GitHub wants it."""
    codes = sorted({finding.code for finding in report.findings})
    rules = {code: place for place, code in enumerate(codes)}
    artifacts = _artifacts(report)
    placed = ((file, finding) for file in report.files for finding in file.findings)
    results = [
        _result(file, artifacts[file.path], finding, rules[finding.code], fingerprint)
        for (file, finding), fingerprint in zip(placed, fingerprints(report), strict=True)
    ]
    common = _common(report, codes, artifacts)
    if len(results) <= MAX_RESULTS:
        return _log([common | {"results": results}])
    parts = (results[start : start + MAX_RESULTS] for start in range(0, len(results), MAX_RESULTS))
    return _log(
        [
            common | {"automationDetails": {"id": f"torclint/{number}/"}, "results": part}
            for number, part in enumerate(parts, 1)
        ]
    )


def _artifacts(report: Report) -> dict[str, Plain]:
    """How results name the file at each path: by its address, and its place in the list of all addresses."""
    indexes: dict[str, int] = {}
    found: dict[str, Plain] = {}
    for file in report.files:
        uri = address(file.path)
        found[file.path] = {"uri": uri, "index": indexes.setdefault(uri, len(indexes))}
    return found


def _log(runs: list[Plain]) -> Plain:
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": runs}


def _common(report: Report, codes: list[str], artifacts: dict[str, Plain]) -> Plain:
    """A run but for its results."""
    invocation: Plain = {"executionSuccessful": not report.unreadable}
    if report.unreadable:
        invocation["toolExecutionNotifications"] = list(map(_notification, report.unreadable))
    driver = {
        "name": "torclint",
        "version": __version__,
        "semanticVersion": __version__,
        "informationUri": PROJECT,
        "rules": list(map(_rule, codes)),
    }
    return {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "invocations": [invocation],
        "artifacts": [
            {"location": {"uri": uri}, "roles": ["analysisTarget"]}
            for uri in dict.fromkeys(artifact["uri"] for artifact in artifacts.values())
        ],
    }


def _rule(code: str) -> Plain:
    page = documentation(load(find(code)))
    text = f"{page.summary}\n\n{page.text}\n"
    what = _WHAT_IT_DOES.search(page.text)
    full = " ".join([page.summary, *(what[1].split() if what else ())])
    return {
        "id": code,
        "name": page.name,
        "shortDescription": {"text": _shortened(page.summary)},
        "fullDescription": {"text": _shortened(full)},
        "help": {"text": text, "markdown": text},
        "helpUri": rule_link(code, page.name),
        "defaultConfiguration": {"level": _LEVELS[page.severity]},
        "properties": {
            "tags": [page.effect],
            "effect": page.effect,
            "since": page.since,
            "fixable": page.fixable,
            "problem.severity": _GITHUB_LEVELS[page.severity],
        },
    }


def _shortened(text: str) -> str:
    return text if len(text) <= MAX_DESCRIPTION else text[: MAX_DESCRIPTION - 3] + "..."


def _result(file: FileReport, artifact: Plain, finding: Finding, rule: int, fingerprint: str) -> Plain:
    result: Plain = {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": _LEVELS[finding.severity],
        # {i} is no placeholder, since there are no arguments; doubled braces, which SARIF asks for, viewers show as such
        "message": {"text": ". ".join(text.removesuffix(".") for text in (finding.message, *finding.help)) + "."},
        "locations": [_location(file, artifact, finding.span, finding.label)],
        # not primaryLocationLineHash: GitHub makes that itself, and warns of one by others
        "partialFingerprints": {"torclint/v1": fingerprint},
    }
    if finding.related:
        result["relatedLocations"] = [
            {"id": number, **_location(file, artifact, related.span, related.message)}
            for number, related in enumerate(finding.related[:MAX_PLACES], 1)
        ]
    if finding.fix is not None and finding.fix.edits:
        result["fixes"] = [_fix(file, artifact, finding.fix)]
    return result


def _fix(file: FileReport, artifact: Plain, fix: FixOffer) -> Plain:
    replacements = [
        {"deletedRegion": _region(edit, file.lines), "insertedContent": {"text": edit.replacement}}
        for edit in fix.edits
    ]
    return {
        "description": {"text": f"{fix.title} ({fix.applicability})"},
        "artifactChanges": [{"artifactLocation": artifact, "replacements": replacements}],
    }


def _location(file: FileReport, artifact: Plain, span: Span, message: str) -> Plain:
    physical = {"artifactLocation": artifact, "region": _region(span, file.lines)}
    return {"physicalLocation": physical} | ({"message": {"text": message}} if message else {})


def _region(span: Span | Edit, lines: LineIndex) -> dict[str, int]:
    start, end = lines.position(span.start), lines.position(span.end)
    return {"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column}


def _notification(error: SourceError) -> Plain:
    physical: Plain = {"artifactLocation": {"uri": address(error.path)}}
    if error.line:
        physical["region"] = {"startLine": error.line, "startColumn": error.column}
    return {
        "level": "error",
        "message": {"text": f"cannot be read: {error.message}"},
        "locations": [{"physicalLocation": physical}],
    }
