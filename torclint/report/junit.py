"""JUnit XML, which every CI server can show: a test suite for each file, a failed test for each finding."""

from __future__ import annotations

import re

from torclint.record import TYPE_CHECKING
from torclint.rules.base import INFO

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.report.model import FileReport, Report
    from torclint.rules.base import Finding
    from torclint.text.source import SourceError

_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(report: Report) -> Iterator[str]:
    """The lines of one XML document.

    A finding is a failed test. One that is for information only is a test that passed, with the finding as its output:
    viewers know nothing between, and a test that fails would make them show the whole run as failed.
    """
    failures = sum(finding.severity != INFO for finding in report.findings)
    tests = sum(max(len(file.findings), 1) for file in report.files) + len(report.unreadable)
    errors = len(report.unreadable)
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<testsuites name="torclint" tests="{tests}" failures="{failures}" errors="{errors}">'
    for file in report.files:
        yield from _suite(file)
    for error in report.unreadable:
        yield from _unreadable(error)
    yield "</testsuites>"


def _suite(file: FileReport) -> Iterator[str]:
    failures = sum(finding.severity != INFO for finding in file.findings)
    tests = max(len(file.findings), 1)
    yield f'  <testsuite name={_quoted(file.path)} tests="{tests}" failures="{failures}" errors="0" skipped="0">'
    if not file.findings:
        yield f'    <testcase name="no findings" classname={_quoted(file.path)}/>'
    for finding in file.findings:
        yield from _case(file, finding)
    yield "  </testsuite>"


def _case(file: FileReport, finding: Finding) -> Iterator[str]:
    line, column = file.lines.position(finding.span.start)
    name = f"{finding.code} {finding.name} at {line}:{column}"
    told = "\n".join((f"{file.path}:{line}:{column}: {finding.message}", *finding.help))
    yield f'    <testcase name={_quoted(name)} classname={_quoted(file.path)} file={_quoted(file.path)} line="{line}">'
    if finding.severity == INFO:
        yield f"      <system-out>{_text(told)}</system-out>"
    else:
        yield (
            f"      <failure type={_quoted(finding.severity)} message={_quoted(finding.message)}>{_text(told)}</failure>"
        )
    yield "    </testcase>"


def _unreadable(error: SourceError) -> Iterator[str]:
    yield f'  <testsuite name={_quoted(error.path)} tests="1" failures="0" errors="1" skipped="0">'
    yield f'    <testcase name="can be read" classname={_quoted(error.path)}>'
    yield f'      <error type="unreadable" message={_quoted(error.message)}>{_text(str(error))}</error>'
    yield "    </testcase>"
    yield "  </testsuite>"


def _text(text: str) -> str:
    legal = _NOT_XML.sub("\ufffd", text)
    return legal.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def _quoted(text: str) -> str:
    escaped = _text(text).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")
    return f'"{escaped}"'
