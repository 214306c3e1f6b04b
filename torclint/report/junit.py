"""JUnit XML, which every CI server can show: a test suite for each file, a test for each finding."""

from __future__ import annotations

import re

from torclint.record import TYPE_CHECKING
from torclint.report.places import from_root
from torclint.rules.base import SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.report.model import FileReport, Report
    from torclint.rules.base import Finding
    from torclint.text.source import SourceError

_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(report: Report) -> Iterator[str]:
    """The lines of one XML document, as the schema of Jenkins wants it; it knows no place but in names and texts.

    A finding for which the check fails is a failed test. One below the fail level is a test that passed, with the finding
    as its output: a failed one would make viewers show the whole run as failed, and a skipped one would say that
    something was not looked at. A file without findings is one test that passed.
    """
    suites = [(file, sum(_fails(file, finding) for finding in file.findings)) for file in report.files]
    tests = sum(max(len(file.findings), 1) for file in report.files) + len(report.unreadable)
    failures = sum(failed for _, failed in suites)
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<testsuites name="torclint" tests="{tests}" failures="{failures}" errors="{len(report.unreadable)}" time="0">'
    for file, failed in suites:
        yield from _suite(file, failed)
    for error in report.unreadable:
        yield from _unreadable(error)
    yield "</testsuites>"


def _suite(file: FileReport, failures: int) -> Iterator[str]:
    path = from_root(file.path)
    yield _opened(path, max(len(file.findings), 1), failures, 0)
    if not file.findings:
        yield f'    <testcase name="no findings" classname={_quoted(path)} time="0"/>'
    for finding in file.findings:
        yield from _case(file, path, finding)
    yield "  </testsuite>"


def _opened(path: str, tests: int, failures: int, errors: int) -> str:
    counts = f'tests="{tests}" failures="{failures}" errors="{errors}" skipped="0" time="0"'
    return f"  <testsuite name={_quoted(path)} {counts} file={_quoted(path)}>"


def _case(file: FileReport, path: str, finding: Finding) -> Iterator[str]:
    line, column = file.lines.position(finding.span.start)
    name = f"{finding.code} {finding.name} at {line}:{column}"
    told = _text("\n".join((f"{path}:{line}:{column}: {finding.message}", *finding.help)))
    yield f'    <testcase name={_quoted(name)} classname={_quoted(path)} time="0">'
    if _fails(file, finding):
        head = f"type={_quoted(finding.severity)} message={_quoted(finding.message)}"
        yield f"      <failure {head}>{told}</failure>"
    else:
        yield f"      <system-out>{told}</system-out>"
    yield "    </testcase>"


def _fails(file: FileReport, finding: Finding) -> bool:
    return SEVERITIES.index(finding.severity) <= SEVERITIES.index(file.fail_on)


def _unreadable(error: SourceError) -> Iterator[str]:
    path = from_root(error.path)
    yield _opened(path, 1, 0, 1)
    yield f'    <testcase name="can be read" classname={_quoted(path)} time="0">'
    yield f'      <error type="unreadable" message={_quoted(error.message)}>{_text(str(error))}</error>'
    yield "    </testcase>"
    yield "  </testsuite>"


def _text(text: str) -> str:
    legal = _NOT_XML.sub("\ufffd", text)
    return legal.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def _quoted(text: str) -> str:
    escaped = _text(text).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")
    return f'"{escaped}"'
