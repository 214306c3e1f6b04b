"""kill -9 at random moments, INT in between, and what else may get in the way of a run."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import torclint

from .conftest import PATIENCE, alive_with, results
from .test_crashes import SPEC, WANTED, effects

OPTIONS = {"cpus": 2, "memory": 1 << 30, "gpus": 0}


def test_killed_at_random_moments(here: Path) -> None:
    moments = random.Random(8)
    for attempt in range(4):
        folder = here / str(attempt)
        folder.mkdir()
        os.chdir(folder)
        Path("w.yaml").write_text(SPEC)
        deaths = 0
        while True:
            words = [sys.executable, "-m", "torclint", "run", "--cpus", "2", "--quiet", "--store", "store", "w.yaml"]
            runner = subprocess.Popen(
                words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            try:
                runner.wait(0.15 + moments.random() * 0.5 if deaths < 3 else PATIENCE)
                break
            except subprocess.TimeoutExpired:
                runner.send_signal(moments.choice([signal.SIGKILL, signal.SIGKILL, signal.SIGINT, signal.SIGTERM]))
                runner.wait(PATIENCE)
                deaths += 1
        assert results(torclint.resume("store")) == WANTED
        done = effects()
        assert not [line for line in done if line.startswith("overlap")]
        for name, (_, _, attempts) in WANTED.items():
            assert attempts <= done.count(f"start {name}") <= attempts + deaths


def test_a_clock_that_is_set_back(here: Path, monkeypatch) -> None:
    clock = time.time
    monkeypatch.setattr(time, "time", lambda: clock() - 10_000 * time.monotonic())
    Path("w.yaml").write_text("{name: w, jobs: [{name: 'a_{i}', command: 'sleep 0.05', parameters: {i: '1:4'}}]}")
    outcome = torclint.run("w.yaml", store="store", **OPTIONS)
    assert outcome.exit_code == 0
    assert all(0.04 < row.seconds < PATIENCE for row in outcome.results())
    assert torclint.resume("store").exit_code == 0


def test_a_hundred_megabytes_of_output(here: Path) -> None:
    Path("w.yaml").write_text("{name: w, jobs: [{name: a, command: 'head -c 100M /dev/zero; exit 1'}]}")
    assert torclint.run("w.yaml", store="store", **OPTIONS).exit_code == 1
    assert Path("torc_output/job_stdio/job_wf1_j1_r1_a1.o").stat().st_size == 100 << 20


def test_names_and_output_that_are_not_utf8(here: Path) -> None:
    Path("w.yaml").write_text(
        r"""{"name": "wé\n", "jobs": [{"name": "é\n\u0001", "command": "printf '\\xff\\x00\\xfe'; exit 3"}]}"""
    )
    torclint.run("w.yaml", store="store", **OPTIONS)
    assert results(torclint.resume("store")) == {"é\n\x01": ("failed", 3, 1)}


def test_a_child_that_keeps_stdout_open(here: Path) -> None:
    Path("w.yaml").write_text("""{name: w, jobs: [
        {name: a, command: 'sleep 1000 & echo said'}, {name: b, command: 'true', depends_on: [a]}]}""")
    assert torclint.run("w.yaml", store="store", **OPTIONS).exit_code == 0
    assert alive_with(f"TEST_FOLDER={here}") == []


def test_the_end_of_the_run_leaves_nothing_open(here: Path) -> None:
    Path("w.yaml").write_text("{name: w, jobs: [{name: a, command: 'true'}]}")
    before = sorted(Path("/proc/self/fd").iterdir())
    for number in range(3):
        torclint.run("w.yaml", store=f"store{number}", **OPTIONS)
        torclint.resume(f"store{number}")
    assert sorted(Path("/proc/self/fd").iterdir()) == before
    assert sorted(path.name for path in Path().glob("store*")) == ["store0", "store1", "store2"]
