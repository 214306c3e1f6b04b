"""The command: what it checks, prints and exits with."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from torclint.cli import main
from torclint.fix.barriers import Fixed, insert_barriers
from torclint.graph.workflow import WorkflowGraph
from torclint.rules.thresholds import Thresholds

from .conftest import Command


def test_lines_for_what_happens(command: Command) -> None:
    code, out, err = command("""
        name: demo
        jobs:
          - {name: "a_{i}", command: "echo out; test {i} = 1", parameters: {i: "1:2"}}
          - {name: b, command: "true", depends_on_regexes: ["^a_"]}
    """)
    assert code == 1
    assert [re.sub(r" \(.*| in \d.*| +$", "", line) for line in out.splitlines()] == [
        "[1/3] a_1 completed",
        "[3/3] a_2 failed: code 1",
        "    torc_output/job_stdio/job_wf1_j2_r1_a1.o:",
        "    | out",
        "[3/3] b canceled: a_2 did not complete",
        "stage  done  failed  canceled  jobs",
        "a_{i}     1       1               2",
        "b                           1     1",
        "demo: not completed: 3 jobs: 1 completed, 1 failed, 1 canceled",
    ]
    assert err == ""


def test_cancelled_because_of_the_one_that_failed_and_not_of_the_one_that_ended_last(command: Command) -> None:
    code, out, _ = command("""
        name: demo
        jobs:
          - {name: bad, command: "exit 3"}
          - {name: runs_on, command: "exit 4", depends_on: [bad], cancel_on_blocking_job_failure: false}
          - {name: good, command: "sleep 0.5"}
          - {name: after, command: "true", depends_on: [bad, good]}
          - {name: last, command: "true", depends_on: [after]}
          - {name: other, command: "true", depends_on: [good, runs_on]}
    """)
    assert code == 1
    assert sorted(line[6:] for line in out.splitlines() if " canceled: " in line) == [
        "after, last canceled: bad did not complete",
        "other canceled: runs_on did not complete",
    ]


def test_quiet_tells_only_the_end_of_what_goes_well(command: Command) -> None:
    code, out, _ = command("{name: demo, jobs: [{name: a, command: 'true'}]}", "--quiet")
    assert code == 0
    assert out.startswith("demo: done: 1 job: 1 completed in ")


def test_json_has_every_job(command: Command) -> None:
    code, out, err = command(
        "{name: demo, jobs: [{name: a, command: 'true'}, {name: b, command: 'true', labels: [x]}]}",
        "--format=json",
        "--output-dir=logs/here",
    )
    report = json.loads(out)
    assert code == 1
    assert report["workflow"] == "demo"
    assert report["output_dir"] == "logs/here"
    assert report["counts"] == {"ready": 1, "completed": 1}
    assert report["jobs"]["b"] == {"status": "ready", "return_code": None, "attempts": 0, "seconds": 0.0}
    assert Path("logs/here/job_stdio/job_wf1_j1_r1_a1.o").exists()
    assert "b will not run" in err


def test_a_spec_that_torc_refuses_is_not_started(command: Command) -> None:
    spec = "{name: w, jobs: [{name: a, command: 'touch ran', depends_on: [zz]}]}"
    code, out, err = command(spec)
    assert code == 2
    assert "zz" in out
    assert "was not started" in err
    assert command(spec, "--no-check")[0] == 2
    assert not Path("ran").exists()


def test_a_spec_that_never_ends_is_started_only_on_request(command: Command) -> None:
    spec = """
        name: w
        files: [{name: f, path: f}, {name: g, path: g}]
        jobs:
          - {name: a, command: "true", input_files: [f], output_files: [g]}
          - {name: b, command: "true", input_files: [g], output_files: [f]}
          - {name: c, command: "true"}
    """
    assert command(spec)[0] == 2
    code, out, _ = command(spec, "--no-check", "--format=json")
    assert code == 1
    assert {name: row["status"] for name, row in json.loads(out)["jobs"].items()} == {
        "a": "blocked",
        "b": "blocked",
        "c": "completed",
    }


def test_refusals_in_json(command: Command) -> None:
    spec = "{name: w, files: [{name: f, path: no}], jobs: [{name: a, command: 'true', input_files: [f]}]}"
    for options in ([], ["--no-check"]):
        code, out, _ = command(spec, "--format=json", *options)
        assert code == 2
        assert "does not exist" in " ".join(json.loads(out)["refused"])


def test_a_slow_spec_runs_and_says_what_would_help(command: Command) -> None:
    code, _, err = command("""
        name: w
        jobs:
          - {name: "a_{i}", command: "true", parameters: {i: "1:150"}}
          - {name: "b_{i}", command: "true", parameters: {i: "1:150"}, depends_on_regexes: ["^a_"]}
    """)
    assert code == 0
    assert "22,500" in err
    assert "torclint fix --insert-barriers w.yaml" in err


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--memory", "2gb"], "--memory"),
        (["--cpus", "0"], "--cpus"),
        (["--format", "xml"], "--format"),
    ],
)
def test_wrong_usage(command: Command, options: list[str], told: str) -> None:
    code, _, err = command("{name: w, jobs: [{name: a, command: 'touch ran'}]}", *options)
    assert code == 2
    assert told in err
    assert not Path("ran").exists()


def test_no_such_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["run", "no.yaml"]) == 2
    assert "no.yaml" in capsys.readouterr().err


def test_barriers_are_worked_out_once(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def insert(graph: WorkflowGraph, thresholds: Thresholds) -> Fixed:
        asked.append(graph.workflow.document.text)
        return insert_barriers(graph, thresholds)

    monkeypatch.setattr("torclint.fix.barriers.insert_barriers", insert)
    code, out, err = command(
        """
        name: fanned
        jobs:
          - {name: "a_{i}", command: "true", parameters: {i: "1:100"}}
          - {name: "b_{i}", command: "true", parameters: {i: "1:100"}, depends_on_regexes: [^a_]}
        """,
        "--fix",
        "--quiet",
    )
    assert (code, err) == (0, "torclint: with the barrier barrier_a_complete\n")
    assert "fanned: done: 201 jobs" in out
    assert len(asked) == 1
