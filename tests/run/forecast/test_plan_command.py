"""`torclint plan` as people and programs see it."""

import io
import json
import sys
import xml.etree.ElementTree as ET
from textwrap import dedent

import pytest

from torclint.cli import main

SPEC = """\
name: w
resource_requirements:
  - {name: light, num_cpus: 1, memory: 1g, runtime: PT5M}
  - {name: heavy, num_cpus: 4, memory: 8g, runtime: PT1H}
jobs:
  - {name: "prepare_{i}", command: "true", resource_requirements: light, parameters: {i: "1:8"}}
  - {name: "work_{i}", command: "true", resource_requirements: heavy, parameters: {i: "1:8"}, depends_on: ["prepare_{i}"]}
  - {name: report, command: "true", depends_on_regexes: ["^work_"]}
"""
TWO_STAGES = """\
name: w
jobs:
  - {name: "a_{i}", command: "true", parameters: {i: "1:1000000"}}
  - {name: "b_{i}", command: "true", parameters: {i: "1:1000000"}, depends_on_regexes: ["^a_"]}
"""
NODE = ("--cpus", "8", "--memory", "16g", "--gpus", "0")


@pytest.fixture
def plan(capsys, monkeypatch, tmp_path):
    """plan(spec, "--nodes", "2"): the exit code and what is printed."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")

    def run(spec, *words):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(spec.encode())))
        code = main(["plan", "-", *NODE, *words])
        printed = capsys.readouterr()
        return code, printed.out + printed.err

    return run


def test_the_stages_and_what_follows(plan):
    code, out = plan(SPEC)
    assert code == 0
    assert out == dedent("""\
        17 jobs on one node with 8 CPUs, 16 GiB, no GPUs

        stage        jobs     each needs  takes  at once      starts        ends
        prepare_{i}     8   1 CPU, 1 GiB  5 min        8         0 s       5 min
        work_{i}        8  4 CPUs, 8 GiB    1 h        2       5 min  4 h 05 min
        report          1   1 CPU, 1 MiB  1 min        1  4 h 05 min  4 h 06 min

        at most 8 jobs could run at once, with 32 CPUs, 64 GiB
        no sooner than 1 h 06 min on however many nodes: prepare_{i} 5 min, then work_{i} 1 h, then report 1 min
        done after 4 h 06 min, with the CPUs busy for 100% of that
        1 job without a requirement counts with 1 CPU, 1 MiB and one minute, barriers with no time
        16 dependencies: torc create takes less than 0.1 s; 3 levels: the release timer adds up to 1 min
    """)


def test_one_is_no_plural(plan):
    _, out = plan("{name: w, jobs: [{name: a, command: ls}, {name: b, command: ls, depends_on: [a]}]}")
    assert "\nat most 1 job could run at once, with 1 CPU, 1 MiB\n" in out
    assert "\n1 dependency: torc create takes less than 0.1 s; " in out


def test_how_many_nodes_it_takes(plan):
    assert "\n2 nodes are enough for 3 h: done after 2 h 06 min\n" in plan(SPEC, "--target-time", "3h")[1]
    assert "\none node is enough for 5 h: done after 4 h 06 min\n" in plan(SPEC, "--target-time", "PT5H")[1]


def test_a_time_that_no_number_of_nodes_reaches(plan):
    code, out = plan(SPEC, "--target-time", "1h")
    assert code == 1
    assert "not within 1 h: jobs that follow one another take longer than that, on however many nodes" in out


def test_a_job_that_fits_on_no_node(plan):
    code, out = plan(SPEC.replace("num_cpus: 4", "num_cpus: 9"))
    assert code == 1
    assert "work_{i} needs 9 CPUs, 8 GiB: more than there is, so that the run never ends" in out
    assert [line.split()[-2:] for line in out.splitlines() if line.startswith("work_{i}  ")] == [["never", "never"]]


def test_a_wrong_time(plan):
    assert plan(SPEC, "--target-time", "PT1.5H")[0] == 2
    code, out = plan(SPEC, "--target-time", "soon")
    assert code == 2
    assert "'soon' is no span of time" in out


def test_jobs_that_wait_for_each_other(plan):
    code, out = plan("""\
        name: w
        jobs:
          - {name: a, command: "true", depends_on: [b]}
          - {name: b, command: "true", depends_on: [a]}
    """)
    assert (code, out) == (2, "torclint: -: the dependencies hold a cycle\n")


def test_a_barrier_changes_the_number_of_dependencies_and_not_the_time(plan, monkeypatch):
    monkeypatch.setattr("torclint.graph.listing.Listing", lambda *_: pytest.fail("the jobs were written out"))
    code, out = plan(TWO_STAGES, "--nodes", "100", "--format", "json")
    assert code == 0
    found = json.loads(out)
    assert found["jobs"] == 2_000_000
    assert found["seconds"] == found["fixed"]["seconds"] == 2 * 1250 * 60
    assert found["dependencies"] == 10**12
    assert found["fixed"]["dependencies"] == 2_000_000
    assert found["machines"] == {"nodes": 100, "cpus": 8, "memory": 16 << 30, "gpus": 0}
    assert found["fixed"]["critical_path"] == [
        {"stage": "a_{i}", "seconds": 60},
        {"stage": "barrier_a_complete", "seconds": 0},
        {"stage": "b_{i}", "seconds": 60},
    ]
    assert found["stages"][1] == {
        "name": "b_{i}",
        "jobs": 1_000_000,
        "cpus": 1,
        "memory": 1 << 20,
        "gpus": 0,
        "nodes": 1,
        "runtime": 60,
        "at_once": 800,
        "start": 75000,
        "end": 150000,
    }


def test_a_million_jobs_one_after_the_other(plan):
    code, out = plan(
        """\
        name: w
        jobs:
          - name: "step_{i}"
            command: "true"
            depends_on: ["step_{before}"]
            parameters: {i: "1:1000000", before: "0:999999"}
            parameter_mode: zip
          - {name: step_0, command: "true"}
        """,
        "--format",
        "json",
    )
    assert code == 0
    assert json.loads(out)["seconds"] == 60 * 1_000_001


def test_jobs_that_wait_for_a_part_of_too_many(plan):
    code, out = plan(TWO_STAGES.replace("^a_", "^a_1"))
    assert code == 0
    assert "done after at most 173 d 15 h" in out


def test_the_picture_has_a_bar_for_each_stage(plan, tmp_path):
    assert plan(SPEC, "--svg", "plan.svg")[0] == 0
    root = ET.fromstring((tmp_path / "plan.svg").read_text("utf-8"))
    svg = "{http://www.w3.org/2000/svg}"
    bars = [each for each in root.iter(svg + "rect") if each.get("rx")]
    assert len(bars) == 3
    ends = [float(bar.get("x")) + float(bar.get("width")) for bar in bars]
    assert ends == sorted(ends)
    assert "work_{i}" in [each.text for each in root.iter(svg + "text")]


def test_a_picture_that_cannot_be_written(plan):
    code, out = plan(SPEC, "--svg", "nowhere/plan.svg")
    assert code == 2
    assert "nowhere/plan.svg: not written" in out
