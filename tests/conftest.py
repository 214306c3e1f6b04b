"""The house's way to test rules: a spec as text, with a line of carets under each place where a finding belongs.

    def test_pattern_that_also_matches_a_neighbour(check):
        check('''
            name: w
            jobs:
              - {name: "stage1_{i}", command: "true", parameters: {i: "1:3"}}
              - {name: my_stage1_test, command: "true"}
              - {name: after, command: "true", depends_on_regexes: ["stage1"]}
                                                                    ^^^^^^^^ TL403 also matches my_stage1_test
        ''')

The carets cover the finding's span (on its first line; one caret for an empty span), and the words, if any, stand in
its message, label, help or related messages. Several such lines may follow one line of the spec.
"""

import os
import re
import signal
from textwrap import dedent
from typing import NamedTuple

import hypothesis
import pytest

from torclint import Source
from torclint import check as check_sources
from torclint.config.settings import Settings
from torclint.rules.base import Finding
from torclint.rules.registry import RULES
from torclint.rules.selection import Selection
from torclint.rules.thresholds import Thresholds

# Random examples look for new faults at a desk; in CI, which has to say the same twice, they are always the same ones,
# and a failure is told as it was found: to make it smaller can take many minutes.
QUICK = (hypothesis.Phase.explicit, hypothesis.Phase.generate)
hypothesis.settings.register_profile("desk", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, phases=QUICK)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "desk")

# Tests that were started in the background, or by nohup, ignore these, and so would every program that they start.
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)

DEFAULTS = Thresholds()

_EXPECTATION = re.compile(r"(?P<indent> *)(?P<carets>\^+) (?P<code>TL\d{3})(?: (?P<words>.*))?")


class Expected(NamedTuple):
    line: int
    column: int
    length: int
    code: str
    words: str


def _take_apart(text: str) -> tuple[str, list[Expected]]:
    """The spec without the lines of carets, and what these say."""
    spec: list[str] = []
    expected: list[Expected] = []
    for line in dedent(text).removeprefix("\n").splitlines(keepends=True):
        found = _EXPECTATION.fullmatch(line.rstrip())
        if found is None:
            spec.append(line)
            continue
        column = len(found["indent"]) + 1
        expected.append(Expected(len(spec), column, len(found["carets"]), found["code"], found["words"] or ""))
    return "".join(spec), expected


def _place(spec: str, finding: Finding) -> Expected:
    """Where a finding lies, in the same terms."""
    start, end = finding.span
    before = spec[:start]
    line_start = before.rfind("\n") + 1
    line_end = spec.find("\n", start)
    last = min(end, line_end if line_end >= 0 else len(spec))
    return Expected(before.count("\n") + 1, start - line_start + 1, max(last - start, 1), finding.code, finding.message)


def _says(finding: Finding, words: str) -> bool:
    told = [finding.message, finding.label, *finding.help, *(related.message for related in finding.related)]
    return any(words in text for text in told)


def _annotated(spec: str, places: list[Expected]) -> str:
    """The spec with lines of carets for `places`, to compare and to copy into the test."""
    out = []
    for number, line in enumerate(spec.splitlines(), 1):
        out.append(line)
        out += (
            f"{' ' * (place.column - 1)}{'^' * place.length} {place.code} {place.words}".rstrip()
            for place in places
            if place.line == number
        )
    out += (f"(at {place.line}:{place.column}) {place.code} {place.words}" for place in places if place.line > number)
    return "\n".join(out)


def _findings(spec: str, codes: set[str], path: str, thresholds: Thresholds) -> list[Finding]:
    opted_in = frozenset(entry.code for entry in RULES if entry.opt_in and entry.code in codes)
    settings = Settings(Selection(opted_in=opted_in), thresholds)
    (report,) = check_sources(Source(path, spec), settings=settings).files
    return [finding for finding in report.findings if not codes or finding.code in codes]


@pytest.fixture
def check():
    """check(text, *codes, path=..., thresholds=...): exactly the findings that the text's lines of carets tell.

    Only the codes named there or given as `codes` are looked at. Returns these findings, for a closer look.
    """

    def check(text: str, *codes: str, path: str = "spec.yaml", thresholds: Thresholds = DEFAULTS) -> list[Finding]:
        spec, expected = _take_apart(text)
        assert expected or codes, "no line of carets: use clean(...) for a spec without findings"
        wanted = {place.code for place in expected} | set(codes)
        findings = _findings(spec, wanted, path, thresholds)
        left = list(findings)
        for place in expected:
            match = next((one for one in left if _place(spec, one)[:4] == place[:4] and _says(one, place.words)), None)
            if match is None:
                break
            left.remove(match)
        else:
            if not left:
                return findings
        found = [_place(spec, finding) for finding in findings]
        pytest.fail(f"expected:\n{_annotated(spec, expected)}\n\nfound:\n{_annotated(spec, found)}", pytrace=False)

    return check


@pytest.fixture
def clean():
    """clean(text, *codes, path=..., thresholds=...): no findings with these codes, or none at all."""

    def clean(text: str, *codes: str, path: str = "spec.yaml", thresholds: Thresholds = DEFAULTS) -> None:
        spec, expected = _take_apart(text)
        assert not expected, "lines of carets: use check(...)"
        findings = _findings(spec, set(codes), path, thresholds)
        if findings:
            found = [_place(spec, finding) for finding in findings]
            pytest.fail(f"expected no findings, found:\n{_annotated(spec, found)}", pytrace=False)

    return clean
