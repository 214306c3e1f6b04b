"""What becomes of jobs whose runner is killed with SIGKILL."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import dedent

import pytest

from .test_interrupts import PATIENCE, wait_for
from .test_run import alive

Started = Callable[[str], "subprocess.Popen[bytes]"]


@pytest.fixture
def started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Started]:
    """A runner whose jobs have made the file `started`."""
    monkeypatch.chdir(tmp_path)
    runners: list[subprocess.Popen[bytes]] = []

    def start(spec: str) -> subprocess.Popen[bytes]:
        Path("w.yaml").write_text(dedent(spec), encoding="utf-8")
        command = [sys.executable, "-m", "torclint", "run", "--no-check", "--cpus", "4", "--quiet", "w.yaml"]
        runner = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        runners.append(runner)
        wait_for("started")
        return runner

    yield start
    for runner in runners:
        runner.kill()
        runner.wait()


def children(pid: int) -> list[int]:
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def watchdog_of(pid: int) -> int:
    (found,) = (child for child in children(pid) if b"torclint-watchdog" in Path(f"/proc/{child}/cmdline").read_bytes())
    return found


def gone(*names: str) -> bool:
    """Whether the processes whose ids stand in these files come to their end."""
    end = time.monotonic() + PATIENCE
    pids = [int(Path(name).read_text()) for name in names]
    while any(map(alive, pids)):
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def test_nothing_is_left_of_a_runner_that_was_killed(started: Started) -> None:
    runner = started("""
        name: w
        jobs:
          - {name: plain, command: "echo $$ > plain; sleep 1000; true"}
          - {name: child, command: "(sleep 1000; true) & echo $! > child; wait"}
          - {name: stubborn, command: "trap '' TERM; echo $$ > stubborn; while true; do sleep 0.1; done"}
          - {name: session, command: "setsid sleep 1000 & echo $! > session; until test -s plain -a -s child -a -s stubborn;
                                      do sleep 0.01; done; touch started; sleep 1000"}
    """)
    runner.kill()
    assert gone("plain", "child", "stubborn", "session")


def test_a_job_without_environment_is_ended_with_its_group(started: Started) -> None:
    runner = started("{name: w, jobs: [{name: a, command: 'echo $$ > pid; touch started; exec env -i sleep 1000'}]}")
    time.sleep(0.1)
    runner.kill()
    assert gone("pid")


def test_no_job_keeps_the_watchdog_from_seeing_the_end(started: Started) -> None:
    runner = started(
        "{name: w, jobs: [{name: a, command: 'ls -l /proc/$$/fd > fds; echo $$ > pid; touch started; sleep 1000'}]}"
    )
    assert "pipe" not in Path("fds").read_text()
    watchdog = watchdog_of(runner.pid)
    assert os.getsid(watchdog) == watchdog
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        os.kill(watchdog, number)
    assert alive(watchdog)
    runner.kill()
    assert gone("pid")


def test_a_watchdog_that_was_killed_is_replaced(started: Started) -> None:
    runner = started("""
        name: w
        jobs:
          - {name: a, command: "echo $$ > pid; touch started; sleep 1000"}
          - {name: b, command: "until test -e go; do sleep 0.01; done"}
          - {name: c, command: "touch replaced; sleep 1000", depends_on: [b]}
    """)
    first = watchdog_of(runner.pid)
    os.kill(first, signal.SIGKILL)
    Path("go").touch()
    wait_for("replaced")
    time.sleep(0.1)
    assert watchdog_of(runner.pid) != first
    runner.kill()
    assert gone("pid")


def test_an_inner_run_ends_with_the_outer_one(started: Started) -> None:
    Path("inner.yaml").write_text("{name: i, jobs: [{name: a, command: 'echo $$ > pid; touch started; sleep 1000'}]}")
    runner = started(f"""
        name: w
        jobs: [{{name: a, command: "{sys.executable} -m torclint run --no-check --output-dir inner --quiet inner.yaml"}}]
    """)
    runner.kill()
    assert gone("pid")


def test_the_watchdog_goes_when_the_run_is_over(started: Started) -> None:
    runner = started("{name: w, jobs: [{name: a, command: 'touch started; until test -e go; do sleep 0.01; done'}]}")
    watchdog = watchdog_of(runner.pid)
    Path("go").touch()
    assert runner.wait(PATIENCE) == 0
    assert not alive(watchdog)
