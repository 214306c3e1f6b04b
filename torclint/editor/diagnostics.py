"""Findings as diagnostics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from torclint.report.links import rule_link
from torclint.rules.base import ERROR, INFO, WARNING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from torclint.editor.positions import Places
    from torclint.rules.base import Finding

SOURCE = "torclint"
MOST = 1000  # in one file: more than any editor shows, and a message that is still sent at once

_SEVERITIES = {
    ERROR: types.DiagnosticSeverity.Error,
    WARNING: types.DiagnosticSeverity.Warning,
    INFO: types.DiagnosticSeverity.Information,
}
# what could be taken out and nothing would change; editors show it faded
_UNNECESSARY = frozenset(
    (
        "ignored-field",
        "ignored-kdl",
        "pattern-adds-nothing",
        "redundant-dependency",
        "repeated-reference",
        "restated-default",
        "unused-failure-handler",
        "unused-file",
        "unused-ignore",
        "unused-parameter",
        "unused-resource-requirements",
        "unused-scheduler",
        "unused-user-data",
    )
)
_DEPRECATED = frozenset(("removed-field",))


def diagnostics_of(findings: Sequence[Finding], places: Places, uri: str, related: bool) -> list[types.Diagnostic]:
    """The diagnostics of one text, the first of many with a word about those left out. `related`: the client shows
    places that belong to a finding."""
    chosen: Iterable[Finding] = findings
    left = len(findings) - MOST
    if left > 0:
        worst = sorted(findings, key=lambda finding: (_SEVERITIES[finding.severity], finding.span))[:MOST]
        chosen = sorted(worst, key=lambda finding: finding.span)
    found = [diagnostic_of(finding, places, uri, related) for finding in chosen]
    if left > 0:
        message = f"{left:,} more findings are not shown; torclint check shows them all"
        found.insert(0, types.Diagnostic(places.range(0, 0), message, _SEVERITIES[INFO], source=SOURCE))
    return found


def diagnostic_of(finding: Finding, places: Places, uri: str, related: bool) -> types.Diagnostic:
    return types.Diagnostic(
        range=places.of(finding.span),
        message="\n".join((finding.message, *finding.help)),
        severity=_SEVERITIES[finding.severity],
        code=finding.code,
        code_description=types.CodeDescription(rule_link(finding.code, finding.name)),
        source=SOURCE,
        tags=_tags(finding.name) or None,
        related_information=_related(finding, places, uri) if related and finding.related else None,
    )


def _tags(name: str) -> list[types.DiagnosticTag]:
    if name in _UNNECESSARY:
        return [types.DiagnosticTag.Unnecessary]
    return [types.DiagnosticTag.Deprecated] if name in _DEPRECATED else []


def _related(finding: Finding, places: Places, uri: str) -> list[types.DiagnosticRelatedInformation]:
    return [
        types.DiagnosticRelatedInformation(types.Location(uri, places.of(each.span)), each.message)
        for each in finding.related
    ]
