"""Reports made by hand, for the tests of what is printed of them."""

from torclint.graph.workflow import Counts
from torclint.report.model import FileReport, Report
from torclint.rules.base import Finding, FixOffer, Related
from torclint.syntax.node import Span
from torclint.text.lines import LineIndex

NAIVE = """\
name: naive
jobs:
  - name: "preprocess_{i:03d}"
    command: "python preprocess.py --id {i}"
    parameters: {i: "0:999"}
  - name: "analyze_{i:03d}"
    command: "python analyze.py --id {i}"
    depends_on_regexes: ["^preprocess_.*"]  # creates 1,000,000 dependencies
    parameters: {i: "0:999"}
"""


def span_of(text: str, part: str) -> Span:
    """Where `part` stands in `text` for the first time."""
    start = text.index(part)
    return Span(start, start + len(part))


def finding(span: Span, **others) -> Finding:
    given = {
        "code": "TL501",
        "name": "quadratic-dependencies",
        "severity": "warning",
        "effect": "slow",
        "message": "a message",
    }
    return Finding(span=span, **(given | others))


def quadratic(text: str = NAIVE) -> Finding:
    return finding(
        span_of(text, '"^preprocess_.*"'),
        message="1,000 jobs each wait for 1,000 jobs: 1,000,000 dependencies",
        subject="job analyze_{i:03d}",
        label="matches 1,000 of 2,000 jobs",
        help=("Torc stores one row for each; creating this takes it about 45 s. One barrier job makes it 2,000.",),
        related=(Related(span_of(text, '"preprocess_{i:03d}"'), "they wait for these"),),
        fix=FixOffer("safe", "Insert a barrier", "torclint fix --insert-barriers"),
    )


def report(text: str, *findings: Finding, path: str = "spec.yaml", counts: Counts | None = None) -> Report:
    return Report((FileReport(path, "yaml", counts, findings, LineIndex(text)),))
