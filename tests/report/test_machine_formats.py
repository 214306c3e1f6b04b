"""SARIF, GitHub, GitLab and JUnit: valid for those who read them, and all with the same findings."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from urllib.parse import unquote

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from junitparser import Error, Failure, JUnitXml
from sarif_pydantic import Sarif

from torclint import Source, check
from torclint.report import concise, github, gitlab, junit, sarif
from torclint.report.model import FileReport, Report
from torclint.rules.base import SEVERITIES, Finding, FixOffer, Related
from torclint.rules.registry import RULES
from torclint.syntax.node import Span
from torclint.text.edits import Edit
from torclint.text.lines import LineIndex
from torclint.text.source import SourceError

SPEC = """\
name: w
jobs:
  - {name: "stage1_{i}", command: "true", parameters: {i: "1:500"}}
  - {name: my_stage1_test, command: "true"}
  - {name: after, command: "true", depends_on_regexes: ["stage1"]}
  # torclint: ignore[TL999]
  - {name: "next_{i}", command: "true", depends_on_regexes: ["^stage1_"], parameters: {i: "1:500"}}
"""
BROKEN = "name: [\n"
CLEAN = "{name: w, jobs: [{name: a, command: x}]}"
# as https://docs.gitlab.com/ci/testing/code_quality/ describes what it reads
GITLAB = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": r"^(?!\./)"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}
ANNOTATION = re.compile(
    r"::(error|warning|notice) file=([^,:]+)(?:,line=(\d+)(?:,endLine=(\d+))?)?(?:,col=(\d+)(?:,endColumn=\d+)?)?"
    r",title=([^,:]+)::(.*)"
)


@pytest.fixture
def report():
    files = check(Source("a b.yaml", SPEC), Source("./broken.yaml", BROKEN), Source("/x/clean.yaml", CLEAN)).files
    return Report(files, (SourceError("gone.yaml", "no such file"), SourceError("bin.yaml", "is UTF-16", 1, 1)))


def places(report: Report) -> list[tuple[str, str, int]]:
    """(path, code, line) of every finding."""
    return [
        (file.path.removeprefix("./"), finding.code, file.lines.position(finding.span.start).line)
        for file in report.files
        for finding in file.findings
    ]


def in_sarif(text: str) -> list[tuple[str, str, int]]:
    found = []
    for result in json.loads(text)["runs"][0]["results"]:
        place = result["locations"][0]["physicalLocation"]
        uri = place["artifactLocation"]["uri"]
        found.append((unquote(uri.removeprefix("file://")), result["ruleId"], place["region"]["startLine"]))
    return found


def in_gitlab(text: str) -> list[tuple[str, str, int]]:
    codes = {entry.name: entry.code for entry in RULES}
    return [
        (issue["location"]["path"], codes[issue["check_name"]], issue["location"]["lines"]["begin"])
        for issue in json.loads(text)
        if issue["check_name"] != "unreadable"
    ]


def unescaped(text: str) -> str:
    for code, sign in (("%0A", "\n"), ("%0D", "\r"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, sign)
    return text


def in_github(lines: list[str]) -> list[tuple[str, str, int]]:
    found = []
    for line in lines[:-1]:
        parts = ANNOTATION.fullmatch(line)
        assert parts is not None, line
        if parts[6] != "torclint":
            found.append((unescaped(parts[2]).removeprefix("./"), parts[6].split()[0], int(parts[3])))
    return found


def in_junit(text: str) -> list[tuple[str, str, int]]:
    cases = [case for suite in ET.fromstring(text) for case in suite if case.get("line")]
    return [(one.get("file").removeprefix("./"), one.get("name").split()[0], int(one.get("line"))) for one in cases]


def test_all_formats_show_all_findings(report):
    expected = places(report)
    assert len(expected) >= 4
    assert in_sarif(sarif.render(report)) == expected
    assert in_gitlab(gitlab.render(report)) == expected
    assert in_github(list(github.render(report))) == expected
    assert in_junit("\n".join(junit.render(report))) == expected
    assert len(list(concise.render(report))) == len(expected)


_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@st.composite
def reports(draw) -> Report:
    """Reports with every kind of text in every place."""
    text = draw(_TEXT)

    def span() -> Span:
        start = draw(st.integers(0, len(text)))
        return Span(start, draw(st.integers(start, len(text))))

    findings = []
    for entry in draw(st.lists(st.sampled_from(RULES), max_size=4)):
        fix = FixOffer("safe", draw(_TEXT), "torclint fix", (Edit(*span(), draw(_TEXT)),))
        related = (Related(span(), draw(_TEXT)),)
        severity = draw(st.sampled_from(SEVERITIES))
        told = draw(_TEXT), span(), draw(_TEXT), draw(_TEXT), (draw(_TEXT),)
        findings.append(Finding(entry.code, entry.name, severity, "slow", *told, related, fix))
    path = draw(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=9)) + ".yaml"
    return Report((FileReport(path, "yaml", None, tuple(findings), LineIndex(text)),))


@given(reports())
def test_whatever_the_texts_hold(report):
    expected = places(report)
    Sarif.model_validate_json(sarif.render(report))
    assert [one[1:] for one in in_sarif(sarif.render(report))] == [one[1:] for one in expected]
    assert in_gitlab(gitlab.render(report)) == expected
    assert [one[1:] for one in in_github(list(github.render(report)))] == [one[1:] for one in expected]
    assert [one[1:] for one in in_junit("\n".join(junit.render(report)))] == [one[1:] for one in expected]


def test_sarif(report):
    text = sarif.render(report)
    Sarif.model_validate_json(text)
    (run,) = json.loads(text)["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        index = result["locations"][0]["physicalLocation"]["artifactLocation"]["index"]
        uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert run["artifacts"][index]["location"]["uri"] == uri
    assert [artifact["location"]["uri"] for artifact in run["artifacts"]] == [
        "a%20b.yaml",
        "broken.yaml",
        "file:///x/clean.yaml",
    ]
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    assert len(invocation["toolExecutionNotifications"]) == 2


def test_sarif_holds_the_fix(report):
    results = json.loads(sarif.render(report))["runs"][0]["results"]
    (ignore,) = [result for result in results if result["ruleId"] == "TL006"]
    (change,) = ignore["fixes"][0]["artifactChanges"]
    assert change["replacements"] == [
        {
            "deletedRegion": {"startLine": 6, "startColumn": 1, "endLine": 7, "endColumn": 1},
            "insertedContent": {"text": ""},
        }
    ]


def test_fingerprints_do_not_depend_on_lines():
    def prints(text: str) -> list[str]:
        report = check(Source("a.yaml", text))
        results = json.loads(sarif.render(report))["runs"][0]["results"]
        found = [result["partialFingerprints"]["torclint/v1"] for result in results]
        assert [issue["fingerprint"] for issue in gitlab.as_plain(report)] == found
        return found

    twice = SPEC + '  - {name: after2, command: "true", depends_on_regexes: ["stage1"]}\n'
    assert prints(SPEC) == prints("# one more line\n\n" + SPEC)
    assert len(set(prints(twice))) == len(prints(twice)) == len(prints(SPEC)) + 1


def test_github_places(report):
    lines = list(github.render(report))
    quadratic = next(line for line in lines if "TL501" in line)
    assert quadratic.startswith(
        "::warning file=a b.yaml,line=7,endLine=7,col=62,endColumn=72,title=TL501 quadratic-dependencies::500 jobs each"
    )
    assert "%0ATorc stores one row for each" in quadratic
    assert lines[-3:-1] == [
        "::error file=gone.yaml,title=torclint::no such file",
        "::error file=bin.yaml,line=1,col=1,title=torclint::is UTF-16",
    ]
    assert lines[-1].startswith("3 files checked: ")


def test_gitlab(report):
    plain = json.loads(gitlab.render(report))
    jsonschema.validate(plain, GITLAB)
    assert len({issue["fingerprint"] for issue in plain}) == len(plain)
    assert [issue["severity"] for issue in plain][-2:] == ["blocker", "blocker"]


def test_junit(report):
    text = "\n".join(junit.render(report))
    suites = JUnitXml.fromstring(text.encode())
    cases = [case for suite in suites for case in suite]
    results = [one for case in cases for one in case.result]
    assert suites.tests == len(cases)
    assert suites.failures == sum(isinstance(one, Failure) for one in results)
    assert suites.errors == sum(isinstance(one, Error) for one in results) == 2
    assert [case.name for case in cases if case.classname == "/x/clean.yaml"] == ["no findings"]


def test_nothing_at_all():
    empty = Report(())
    assert json.loads(sarif.render(empty))["runs"][0]["results"] == []
    assert json.loads(gitlab.render(empty)) == []
    assert JUnitXml.fromstring("\n".join(junit.render(empty)).encode()).tests == 0
    assert list(github.render(empty)) == ["0 files checked: no findings"]
