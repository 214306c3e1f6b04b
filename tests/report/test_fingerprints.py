from hypothesis import given
from hypothesis import strategies as st

from tests.report.reports import NAIVE, finding, report
from torclint import Source, check
from torclint.report.fingerprints import digest, fingerprints
from torclint.report.model import Report
from torclint.syntax.node import Span

SPEC = """\
name: w
jobs:
  - {name: "stage1_{i}", command: "true", parameters: {i: "1:500"}}
  - {name: my_stage1_test, command: "true"}
  - {name: after, command: "true", depends_on_regexes: ["stage1"]}
  - {name: "next_{i}", command: "true", depends_on_regexes: ["^stage1_"], parameters: {i: "1:500"}}
"""


def prints(text: str, path: str = "a.yaml") -> list[str]:
    return list(fingerprints(check(Source(path, text))))


def test_they_stay_when_lines_move():
    assert prints(SPEC) == prints("# one more line\n\n" + SPEC)


def test_a_new_finding_leaves_the_others_what_they_were():
    more = prints(SPEC + '  - {name: after2, command: "true", depends_on_regexes: ["stage1"]}\n')
    assert len(set(more)) == len(more) == len(prints(SPEC)) + 1
    assert set(prints(SPEC)) < set(more)


def test_they_go_by_path_and_not_by_how_it_is_written(monkeypatch):
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    monkeypatch.delenv("CI_PROJECT_DIR", raising=False)
    assert prints(SPEC, "./a.yaml") == prints(SPEC)
    assert not set(prints(SPEC, "b.yaml")) & set(prints(SPEC))


def test_equal_findings_differ_by_their_order_over_the_whole_report():
    one = report(NAIVE, finding(Span(0, 1)), finding(Span(9, 9), message="other words")).files
    assert len(set(fingerprints(Report(one + one)))) == 4


@given(st.lists(st.text()), st.lists(st.text()))
def test_different_parts_make_different_digests(first, second):
    assert (digest(*first) == digest(*second)) is (first == second)


@given(st.lists(st.text("1 2", max_size=3), max_size=3), st.lists(st.text("1 2", max_size=3), max_size=3))
def test_no_part_can_pass_for_two(first, second):
    assert (digest(*first) == digest(*second)) is (first == second)
