import pytest
from junitparser import Error, Failure, JUnitXml

from tests.report.reports import NAIVE, finding, quadratic, report
from tests.report.schemas import junit_of
from torclint.report import junit
from torclint.report.model import Report
from torclint.syntax.node import Span
from torclint.text.source import SourceError


def printed(given: Report) -> str:
    return "\n".join(junit.render(given))


def test_a_suite_for_each_file_and_a_test_for_each_finding():
    given = Report(
        report(NAIVE, quadratic()).files + report(NAIVE, path="./clean.yaml").files,
        (SourceError("gone.yaml", "no such file"),),
    )
    assert printed(given) == (
        """\
<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="torclint" tests="3" failures="1" errors="1" time="0">
  <testsuite name="spec.yaml" tests="1" failures="1" errors="0" skipped="0" time="0" file="spec.yaml">
    <testcase name="TL501 quadratic-dependencies at 8:26" classname="spec.yaml" time="0">
      <failure type="warning" message="1,000 jobs each wait for 1,000 jobs: 1,000,000 dependencies">\
spec.yaml:8:26: 1,000 jobs each wait for 1,000 jobs: 1,000,000 dependencies
Torc stores one row for each; creating this takes it about 45 s. One barrier job makes it 2,000.</failure>
    </testcase>
  </testsuite>
  <testsuite name="clean.yaml" tests="1" failures="0" errors="0" skipped="0" time="0" file="clean.yaml">
    <testcase name="no findings" classname="clean.yaml" time="0"/>
  </testsuite>
  <testsuite name="gone.yaml" tests="1" failures="0" errors="1" skipped="0" time="0" file="gone.yaml">
    <testcase name="can be read" classname="gone.yaml" time="0">
      <error type="unreadable" message="no such file">gone.yaml: no such file</error>
    </testcase>
  </testsuite>
</testsuites>"""
    )
    junit_of(printed(given))


@pytest.mark.parametrize(
    ("fail_on", "failed"),
    [("error", ["error"]), ("warning", ["error", "warning"]), ("info", ["error", "warning", "info"])],
)
def test_what_fails_the_check_fails_its_test_and_the_rest_is_output_of_one_that_passed(fail_on, failed):
    findings = [finding(Span(0, 1), severity=severity) for severity in ("error", "warning", "info")]
    (file,) = report(NAIVE, *findings).files
    root = junit_of(printed(Report((file._replace(fail_on=fail_on),))))
    assert [failure.get("type") for failure in root.iter("failure")] == failed
    assert len(list(root.iter("system-out"))) == 3 - len(failed)


def test_what_xml_cannot_hold_is_replaced():
    one = finding(Span(0, 1), message="]]> & <b> \x00\x1b\ufffe\udc80 𝒳 \"'\n\t\r")
    (failure,) = junit_of(printed(report("a", one, path="a&b\x0b.yaml"))).iter("failure")
    assert failure.get("message") == "]]> & <b> \ufffd\ufffd\ufffd\ufffd 𝒳 \"'\n\t\r"
    assert failure.text == f"a&b\ufffd.yaml:1:1: {failure.get('message')}"


def test_another_reader_counts_the_same():
    given = report(NAIVE, quadratic(), finding(Span(0, 1), severity="info"))
    suites = JUnitXml.fromstring(printed(given._replace(unreadable=(SourceError("x", "gone"),))).encode())
    results = [type(one) for suite in suites for case in suite for one in case.result]
    assert (suites.tests, results.count(Failure), results.count(Error)) == (3, 1, 1)
