"""Processes that outlived their runner and its watchdog: ended before anything runs a second time, and nobody else."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import torclint
from torclint.run.store.leftovers import end_leftovers
from torclint.run.store.surroundings import boot_id, uptime

from ..test_run import alive
from .conftest import PATIENCE, forked, results, was_killed

OPTIONS = {"cpus": 4, "memory": 1 << 30, "gpus": 0}
# The job kills the watchdog first, then the runner, and goes on as if nothing had happened.
KILLS = "kill -9 $(pgrep -P $PPID -x sh); kill -9 $PPID;"
LOCKED = "exec 9> lock.$TORC_JOB_NAME; flock -n 9 || echo $TORC_JOB_NAME >> overlaps;"


def wait_until_gone(pid: int) -> bool:
    end = time.monotonic() + PATIENCE
    while alive(pid) and time.monotonic() < end:
        time.sleep(0.02)
    return not alive(pid)


@pytest.mark.parametrize(
    "leaves",
    [
        "sleep 1000",
        "(sleep 1000; true) & wait",
        "trap '' TERM; while true; do sleep 0.1; done",
        "setsid sleep 1000 & wait",
        "exec env -i sleep 1000",
        "trap '' HUP; kill -STOP $$; sleep 1000",
    ],
)
def test_survivors_are_ended_before_their_jobs_run_again(here: Path, leaves: str) -> None:
    kill = f"until test -e started; do sleep 0.01; done; sleep 0.2; {KILLS} sleep 1000"
    Path("w.yaml").write_text(f"""
name: w
jobs:
  - {{name: a, command: "{LOCKED} test -e go && exit 0; echo $$ > pid; touch started; {leaves}"}}
  - {{name: b, command: "{LOCKED} test -e go && exit 0; {kill}"}}
""")
    assert was_killed(forked(lambda: torclint.run("w.yaml", store="store", **OPTIONS)))
    left = int(Path("pid").read_text())
    assert alive(left)
    Path("go").touch()
    outcome = torclint.resume("store")
    assert results(outcome) == {"a": ("completed", 0, 1), "b": ("completed", 0, 1)}
    assert not Path("overlaps").exists()
    assert not alive(left)


@pytest.fixture
def stranger() -> subprocess.Popen[bytes]:
    process = subprocess.Popen(["sleep", "1000"], start_new_session=True)
    yield process
    process.kill()
    process.wait()


def test_a_number_that_was_given_to_somebody_else(stranger: subprocess.Popen[bytes]) -> None:
    before_it = uptime() - 1.0
    assert end_leftovers("none", boot_id(), [(stranger.pid, before_it)]) == 0
    assert end_leftovers("none", "another boot", [(stranger.pid, uptime())]) == 0
    assert stranger.poll() is None
    assert end_leftovers("none", boot_id(), [(stranger.pid, uptime())]) == 1
    assert stranger.wait() == -signal.SIGTERM


def test_the_mark_of_another_run(stranger: subprocess.Popen[bytes]) -> None:
    marked = subprocess.Popen(["sleep", "1000"], env={**os.environ, "TORCLINT_RUN": "abc.1"})
    assert end_leftovers("ab", boot_id(), []) == 0
    assert end_leftovers("abc", boot_id(), []) == 1
    assert marked.wait() == -signal.SIGTERM
    assert stranger.poll() is None


def test_whoever_goes_on_may_be_a_job_of_the_run(here: Path) -> None:
    script = "import torclint; print(torclint.resume('store').exit_code)"
    Path("w.yaml").write_text(
        "{name: w, jobs: [{name: a, command: 'test -e go || { touch go; kill -9 $PPID; sleep 1000; }'}]}"
    )
    assert was_killed(forked(lambda: torclint.run("w.yaml", store="store", **OPTIONS)))
    from torclint.run.store.database import open_store, read_about

    database = open_store("store")
    uid = read_about("store", database).uid
    database.close()
    done = subprocess.run(
        [sys.executable, "-c", script], env={**os.environ, "TORCLINT_RUN": f"{uid}.1"}, capture_output=True, text=True
    )
    assert done.stdout == "0\n", done.stderr
