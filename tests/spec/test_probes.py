"""What the real torc 1.0.0 did with specs of one behaviour each: refused ones are reported, created ones are not."""

import json
from pathlib import Path

import pytest

from torclint.spec.decode import decode
from torclint.syntax import ParseError, parse

PROBES = Path(__file__).parents[1] / "data" / "probes"
VERDICTS = json.loads((PROBES / "verdicts.json").read_text(encoding="utf-8"))

# What is told by the graph: names of jobs, files and user data, patterns, cycles
OF_THE_GRAPH = (
    "Action did not match",
    "Action references job",
    "Blocking job",
    "Circular dependency",
    "Failed to create batch",
    "Input ",
    "Invalid regex",
    "Output ",
    "Validation error: Duplicate job name",
    "Validation error: Duplicate file name",
    "Validation error: Duplicate user_data name",
)

SURPRISES = {
    "duplicate-key",
    "empty-expansion",
    "format-without-effect",
    "idle-action",
    "ignored-field",
    "ignored-kdl",
    "labelled-job",
    "literal-token",
    "misread-parameter",
    "misread-quantity",
    "multi-valued-env",
    "numeric-user-data",
    "random-substitution",
    "stray-braces",
    "unknown-parameter",
    "unknown-parameter-mode",
    "unknown-signal",
    "useless-retry",
}


@pytest.fixture(autouse=True)
def in_the_folder(monkeypatch):
    monkeypatch.chdir(PROBES)


@pytest.mark.parametrize(
    "name", [name for name, verdict in VERDICTS.items() if verdict.get("create") in ("ok", "error")]
)
def test_verdict(name):
    verdict = VERDICTS[name]
    message = verdict.get("message") or ""
    suffix = name.rpartition(".")[2].lower()
    text = (PROBES / name).read_text(encoding="utf-8")
    try:
        workflow = decode(parse(text, {"yml": "yaml"}.get(suffix, suffix)))
    except ParseError:
        assert verdict["create"] == "error"
        return
    refused = [problem for problem in workflow.problems if problem.rule not in SURPRISES]
    if verdict["create"] == "ok":
        assert not refused
        assert workflow.loaded
        assert sum(job.domain.size for job in workflow.jobs) == verdict.get("jobs", 0)
        return
    assert workflow.loaded != message.startswith(("Error reading spec", "Error expanding parameters"))
    assert refused or message.startswith(OF_THE_GRAPH)
