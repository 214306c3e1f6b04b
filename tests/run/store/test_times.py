"""What a run learns from the last one: how long its jobs take."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import torclint.api
from torclint.cli import main
from torclint.run.plan import Plan
from torclint.run.prepare import prepare
from torclint.run.store.times import with_times

from .conftest import here

SPEC = """
name: w
jobs:
  - {name: "quick_{i}", command: "true", parameters: {i: "1:2"}}
  - {name: slow, command: "sleep 0.3"}
  - {name: after, command: "false", depends_on: [slow]}
"""


def plan() -> Plan:
    return with_times(prepare(torclint.api.load("w.yaml")), "w.yaml")


def test_the_last_run_tells_how_long_jobs_take(here: Path) -> None:
    Path("w.yaml").write_text(SPEC)
    assert plan().expected == {}
    assert main(["run", "--quiet", "--cpus=1", "w.yaml"]) == 1
    found = plan().expected
    assert sorted(found) == [0, 1, 2]  # what failed tells nothing
    assert found[2] >= 0.3 > found[0]


def test_new_jobs_of_a_stage_go_by_the_mean_of_the_others(here: Path) -> None:
    Path("w.yaml").write_text(SPEC)
    main(["run", "--quiet", "--cpus=1", "--only=^slow", "w.yaml"])
    Path("w.yaml").write_text(SPEC.replace("name: slow,", "name: 'slow{i}', parameters: {i: ['', 1]},"))
    Path("w.yaml").write_text(Path("w.yaml").read_text().replace("depends_on: [slow]", "depends_on: [slow, slow1]"))
    found = plan().expected
    assert sorted(found) == [2, 3]
    assert found[2] == found[3] >= 0.3


def test_the_slow_one_goes_first_the_next_time(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("w.yaml").write_text(SPEC.replace('"false", depends_on: [slow]', '"true"'))
    first = []
    for _ in range(2):
        capsys.readouterr()
        main(["run", "--quiet", "--fresh", "--cpus=1", "--log-format=json", "w.yaml"])
        events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        first.append(next(event["job"] for event in events if event["event"] == "started"))
    assert first == ["quick_1", "slow"]
    capsys.readouterr()
    main(["run", "--dry-run", "--cpus=1", "w.yaml"])
    assert "by the times of the last run" in capsys.readouterr().out


def test_a_damaged_store_is_left_out(here: Path) -> None:
    Path("w.yaml").write_text(SPEC)
    main(["run", "--quiet", "w.yaml"])
    (store,) = Path(".torclint/runs").glob("*.sqlite")
    store.write_bytes(b"no database at all" * 1000)
    assert plan().expected == {}


__all__ = ["here"]
