"""From specs as plain values to what torclint makes of them."""

from __future__ import annotations

import json

from torclint import Source, check
from torclint.api import load
from torclint.graph.workflow import WorkflowGraph
from torclint.report.model import FileReport


def graph_of(spec: dict) -> WorkflowGraph:
    return load(Source("spec.json", json.dumps(spec)))


def report_of(spec: dict) -> FileReport:
    (report,) = check(Source("spec.json", json.dumps(spec))).files
    return report
