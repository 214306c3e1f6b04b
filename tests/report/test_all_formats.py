"""For the same report all formats hold the same findings, whatever stands in paths and messages."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.report.schemas import gitlab_of, junit_of, sarif_of
from torclint.report import concise, github, gitlab, junit, sarif, text
from torclint.report import json as plain_json
from torclint.report.cells import visible
from torclint.report.model import FileReport, Report
from torclint.report.terminal import Terminal
from torclint.rules.base import SEVERITIES, Finding, FixOffer, Related
from torclint.rules.registry import RULES
from torclint.syntax.node import Span
from torclint.text.edits import Edit
from torclint.text.lines import LineIndex
from torclint.text.source import SourceError

Places = list[tuple[str, int, int]]

_NASTY = [
    "]]>",
    "%0A",
    "::error::",
    "a,b:c",
    "\x1b[31m",
    "\x00",
    "\r\n",
    "\u2028",
    "\ufffe",
    "𝒳",
    "</failure>",
    "&amp;",
    '"',
    "{0}",
]
_WORDS = st.lists(st.sampled_from(_NASTY) | st.text(max_size=3), max_size=4).map("".join)
_PATHS = _WORDS.map(lambda words: f"p{words} q.yaml".replace("\0", ""))


@pytest.fixture(autouse=True, scope="module")
def no_root():
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("GITHUB_WORKSPACE", raising=False)
        patch.delenv("CI_PROJECT_DIR", raising=False)
        yield


@st.composite
def files(draw) -> FileReport:
    lines = draw(_WORDS)

    def span() -> Span:
        start = draw(st.integers(0, len(lines)))
        return Span(start, draw(st.integers(start, len(lines))))

    def finding() -> Finding:
        rule = draw(st.sampled_from(RULES[:5]))
        edits = tuple(Edit(*span(), draw(_WORDS)) for _ in range(draw(st.integers(0, 1))))
        fix = draw(st.none() | st.just(FixOffer("safe", "title", "torclint fix", edits)))
        related = tuple(Related(span(), draw(_WORDS)) for _ in range(draw(st.integers(0, 2))))
        severity = draw(st.sampled_from(SEVERITIES))
        told = draw(_WORDS), span(), draw(_WORDS), draw(_WORDS), tuple(draw(st.lists(_WORDS, max_size=2)))
        return Finding(rule.code, rule.name, severity, "slow", *told, related, fix)

    findings = tuple(finding() for _ in range(draw(st.integers(0, 3))))
    return FileReport(draw(_PATHS), "yaml", None, findings, LineIndex(lines), draw(st.sampled_from(SEVERITIES)))


_UNREADABLE = st.builds(SourceError, _PATHS, _WORDS, st.integers(0, 2), st.integers(1, 2))
REPORTS = st.builds(Report, st.lists(files(), max_size=3).map(tuple), st.lists(_UNREADABLE, max_size=2).map(tuple))


def sent(printed: str) -> str:
    """What arrives of a report that is written in UTF-8, as the commands write it."""
    return printed.encode("utf-8", "backslashreplace").decode("utf-8")


def expected(report: Report) -> Places:
    return [
        (finding.code, *file.lines.position(finding.span.start)) for file in report.files for finding in file.findings
    ]


def in_lines(report: Report, lines: list[str]) -> Places:
    paths = "|".join(re.escape(visible(file.path)) for file in report.files)
    heads = re.compile(rf"(?:{paths}):(\d+):(\d+): (TL\d+) [a-z-]+: ")
    found = filter(None, map(heads.match, lines)) if paths else ()
    return [(one[3], int(one[1]), int(one[2])) for one in found]


def in_json(printed: str) -> Places:
    findings = (finding for file in json.loads(printed)["files"] for finding in file["findings"])
    return [(one["code"], one["location"]["line"], one["location"]["column"]) for one in findings]


def in_sarif(printed: str) -> Places:
    results = [result for run in sarif_of(printed)["runs"] for result in run["results"]]
    regions = [(one["ruleId"], one["locations"][0]["physicalLocation"]["region"]) for one in results]
    return [(code, region["startLine"], region["startColumn"]) for code, region in regions]


def in_github(lines: list[str]) -> Places:
    assert all("\n" not in line and "\r" not in line for line in lines)
    annotation = re.compile(
        r"::(?:error|warning|notice) file=[^,:]+(?:,line=(\d+)(?:,endLine=\d+)?,col=(\d+)(?:,endColumn=\d+)?)?"
        r",title=([^,:]+)::.*"
    )
    found = list(map(annotation.fullmatch, lines[:-1]))
    assert all(found), lines
    return [(one[3].split()[0], int(one[1]), int(one[2])) for one in found if one[3] != "unreadable"]


def in_gitlab(printed: str) -> Places:
    issues = [issue for issue in gitlab_of(printed) if issue["check_name"] != "unreadable"]
    begins = [(issue["check_name"], issue["location"]["positions"]["begin"]) for issue in issues]
    return [(code, begin["line"], begin["column"]) for code, begin in begins]


def in_junit(printed: str) -> Places:
    names = [case.get("name") for case in junit_of(printed).iter("testcase")]
    found = [re.fullmatch(r"(TL\d+) [a-z-]+ at (\d+):(\d+)", name) for name in names]
    return [(one[1], int(one[2]), int(one[3])) for one in found if one]


@given(REPORTS)
def test_all_formats_show_all_findings(report):
    places = expected(report)
    assert in_lines(report, list(text.render(report, Terminal()))) == places
    assert in_lines(report, list(concise.render(report))) == places
    assert in_json(sent(plain_json.render(report))) == places
    assert in_sarif(sent(sarif.render(report))) == places
    assert in_github(list(github.render(report))) == places
    assert in_gitlab(sent(gitlab.render(report))) == places
    assert in_junit(sent("\n".join(junit.render(report)))) == places


@given(REPORTS)
def test_all_formats_tell_what_could_not_be_read(report):
    number = len(report.unreadable)
    (run,) = sarif_of(sent(sarif.render(report)))["runs"]
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is (number == 0)
    assert len(invocation.get("toolExecutionNotifications", ())) == number
    assert sum("title=unreadable::" in line for line in list(github.render(report))[:-1]) == number
    assert sum(issue["check_name"] == "unreadable" for issue in gitlab_of(sent(gitlab.render(report)))) == number
    assert junit_of(sent("\n".join(junit.render(report)))).get("errors") == str(number)


def test_nothing_at_all():
    empty = Report(())
    assert in_sarif(sarif.render(empty)) == []
    assert gitlab_of(gitlab.render(empty)) == []
    assert junit_of("\n".join(junit.render(empty))).get("tests") == "0"
    assert list(github.render(empty)) == ["0 files checked: no findings"]
