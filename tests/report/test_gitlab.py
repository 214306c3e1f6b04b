import pytest

from tests.report.reports import NAIVE, finding, quadratic, report
from tests.report.schemas import gitlab_of
from torclint.report import gitlab
from torclint.report.fingerprints import fingerprints
from torclint.report.model import Report
from torclint.syntax.node import Span
from torclint.text.source import SourceError


def test_an_issue():
    given = report(NAIVE, quadratic(), path="./flows/spec.yaml")
    assert gitlab_of(gitlab.render(given)) == [
        {
            "description": "TL501 quadratic-dependencies: 1,000 jobs each wait for 1,000 jobs: 1,000,000 dependencies",
            "check_name": "TL501",
            "fingerprint": next(fingerprints(given)),
            "severity": "minor",
            "location": {
                "path": "flows/spec.yaml",
                "positions": {"begin": {"line": 8, "column": 26}, "end": {"line": 8, "column": 42}},
                "lines": {"begin": 8, "end": 8},
            },
        }
    ]


@pytest.mark.parametrize(("severity", "expected"), [("error", "major"), ("warning", "minor"), ("info", "info")])
def test_severities(severity, expected):
    (issue,) = gitlab_of(gitlab.render(report(NAIVE, finding(Span(0, 1), severity=severity))))
    assert issue["severity"] == expected


def test_what_could_not_be_read_is_an_issue():
    error = SourceError("gone.yaml", "no such file")
    first, second = gitlab_of(gitlab.render(Report((), (error, error))))
    assert (first["severity"], first["description"]) == ("blocker", "cannot be read: no such file")
    assert first["location"] == second["location"] == {"path": "gone.yaml", "lines": {"begin": 1}}
