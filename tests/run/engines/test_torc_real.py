"""The Torc engine with Torc itself, where `torc` and `torc-server` are on the PATH; docs/scaling.md says how they get there."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from torclint.cli import main

from .conftest import DATA, Run

VERDICTS = json.loads((DATA / "runs" / "verdicts.json").read_text(encoding="utf-8"))

pytestmark = pytest.mark.skipif(
    not (shutil.which("torc") and shutil.which("torc-server")),
    reason="NOT TESTED with a real Torc: torc and torc-server are not on the PATH (cargo install torc)",
)


@pytest.mark.parametrize(
    "name", ["barrier_true.yaml", "false_after_cancelled.yaml", "retry_all.yaml", "seed_demo.yaml"]
)
def test_ends_as_was_recorded(run: Run, name: str) -> None:
    ran = run(name, "--engine", "torc", "--standalone", "--cpus", "2", "--memory", "2g", "--format", "json")
    wanted = {job: (row["status"], row["return_code"], row["attempts"]) for job, row in VERDICTS[name]["jobs"].items()}
    assert ran.jobs == wanted
    assert ran.code == (0 if all(row[0] == "completed" for row in wanted.values()) else 1)


def test_what_completed_here_does_not_run_there(run: Run, tmp_path: Path) -> None:
    spec = {
        "name": "w",
        "jobs": [
            {"name": "a", "command": "echo a >> log"},
            {"name": "b", "command": "test -e fixed && echo b >> log", "depends_on": ["a"]},
        ],
    }
    (tmp_path / "w.json").write_text(json.dumps(spec))
    assert main(["run", "w.json"]) == 1
    (tmp_path / "fixed").touch()
    ran = run("w.json", "--engine", "torc", "--standalone", "--continue", "--format", "json")
    assert ran.jobs == {"a": ("completed", 0, 1), "b": ("completed", 0, 1)}
    assert (tmp_path / "log").read_text().split() == ["a", "b"]


def test_an_interrupt_leaves_no_process(tmp_path: Path) -> None:
    spec = {"name": "w", "jobs": [{"name": f"j{n}", "command": f"sleep 98{n}.75"} for n in range(2)]}
    (tmp_path / "w.json").write_text(json.dumps(spec))
    command = [sys.executable, "-m", "torclint", "run", "--engine", "torc", "--standalone", "w.json"]
    with open(tmp_path / "out", "wb") as out:
        process = subprocess.Popen(command, cwd=tmp_path, stdout=out, stderr=out)
    until = time.monotonic() + 60
    while not sleeping() and time.monotonic() < until:
        time.sleep(0.1)
    assert sleeping()
    os.kill(process.pid, signal.SIGINT)
    assert process.wait(60) == 130, (tmp_path / "out").read_text()
    assert not sleeping()


def sleeping() -> list[str]:
    found = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout.splitlines()
    return [line for line in found if line.startswith("sleep 98") and line.endswith(".75")]
