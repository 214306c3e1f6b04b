"""Signals to the runner: what goes on, what is ended, and that nothing is left behind."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import dedent

import pytest

from .test_run import alive

PATIENCE = 30.0
Start = Callable[[str], "subprocess.Popen[bytes]"]
COMMAND = [sys.executable, "-m", "torclint", "run", "--no-check", "--cpus", "2"]


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """Start `torclint run --format json` on a spec, and wait until its jobs have made the file `started`."""
    monkeypatch.chdir(tmp_path)
    processes: list[subprocess.Popen[bytes]] = []

    def run(spec: str) -> subprocess.Popen[bytes]:
        Path("w.yaml").write_text(dedent(spec), encoding="utf-8")
        runner = subprocess.Popen(
            [*COMMAND, "--format", "json", "w.yaml"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        processes.append(runner)
        wait_for("started")
        return runner

    yield run
    for runner in processes:
        runner.kill()
        runner.communicate()


def wait_for(*names: str) -> None:
    end = time.monotonic() + PATIENCE
    while not all(Path(name).exists() for name in names):
        assert time.monotonic() < end, f"no {names}"
        time.sleep(0.01)


def statuses(runner: subprocess.Popen[bytes]) -> dict[str, tuple[str, int | None]]:
    out, _ = runner.communicate(timeout=PATIENCE)
    return {name: (row["status"], row["return_code"]) for name, row in json.loads(out)["jobs"].items()}


def test_one_interrupt_lets_running_jobs_finish_and_starts_no_more(start: Start) -> None:
    runner = start("""
        name: w
        jobs:
          - {name: a, command: "touch started; until test -e go; do sleep 0.01; done"}
          - {name: b, command: "true", depends_on: [a]}
    """)
    runner.send_signal(signal.SIGINT)
    time.sleep(0.1)
    Path("go").touch()
    assert statuses(runner) == {"a": ("completed", 0), "b": ("ready", None)}
    assert runner.returncode == 130


def test_two_interrupts_end_the_jobs(start: Start) -> None:
    runner = start("""
        name: w
        jobs:
          - {name: a, command: "sleep 1000 & echo $! > pid; touch started; wait"}
          - {name: b, command: "true", depends_on: [a]}
    """)
    runner.send_signal(signal.SIGINT)
    time.sleep(0.1)
    assert runner.poll() is None
    runner.send_signal(signal.SIGINT)
    assert statuses(runner) == {"a": ("terminated", 143), "b": ("blocked", None)}
    assert runner.returncode == 130
    assert not alive(int(Path("pid").read_text()))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_being_ended_ends_the_jobs(start: Start, number: signal.Signals) -> None:
    runner = start("""
        name: w
        jobs: [{name: a, command: "sleep 1000 & echo $! > pid; touch started; wait"}]
    """)
    runner.send_signal(number)
    assert statuses(runner) == {"a": ("terminated", 143)}
    assert runner.returncode == 130
    assert not alive(int(Path("pid").read_text()))


def test_a_job_that_does_not_listen_is_killed(start: Start) -> None:
    runner = start("""
        name: w
        jobs: [{name: a, command: "trap '' TERM; touch started; while true; do sleep 0.1; done"}]
    """)
    for _ in range(3):
        runner.send_signal(signal.SIGINT)
        time.sleep(0.1)
    assert statuses(runner) == {"a": ("terminated", 137)}


def test_quitting_kills_the_jobs(start: Start) -> None:
    runner = start("{name: w, jobs: [{name: a, command: 'trap \"\" TERM; touch started; sleep 1000'}]}")
    runner.send_signal(signal.SIGQUIT)
    assert statuses(runner) == {"a": ("terminated", 137)}


def test_a_job_that_is_ended_is_not_tried_again(start: Start) -> None:
    runner = start("""
        name: w
        failure_handlers: [{name: h, rules: [{match_all_exit_codes: true}]}]
        jobs: [{name: a, command: "touch started; sleep 1000", failure_handler: h}]
    """)
    runner.send_signal(signal.SIGTERM)
    assert statuses(runner) == {"a": ("terminated", 143)}


def test_an_action_that_is_ended_does_not_go_on(start: Start) -> None:
    runner = start("""
        name: w
        jobs: [{name: a, command: "true"}]
        actions:
          - trigger_type: on_workflow_start
            action_type: run_commands
            commands: ["trap 'exit 0' TERM; touch ../started; sleep 1000 & wait", "touch ../second"]
    """)
    runner.send_signal(signal.SIGTERM)
    assert statuses(runner) == {"a": ("ready", None)}
    assert not Path("second").exists()


def test_a_runner_that_ignores_hangups_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("w.yaml").write_text(
        "{name: w, jobs: [{name: a, command: 'touch started; until test -e go; do sleep 0.01; done'}]}"
    )
    runner = subprocess.Popen(
        ["nohup", *COMMAND, "w.yaml"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    wait_for("started")
    runner.send_signal(signal.SIGHUP)
    time.sleep(0.1)
    Path("go").touch()
    runner.communicate(timeout=PATIENCE)
    assert runner.returncode == 0


def test_a_terminals_first_interrupt_does_not_reach_the_jobs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("w.yaml").write_text(
        "{name: w, jobs: [{name: a, command: 'touch started; until test -e go; do sleep 0.01; done; cat > in'}]}"
    )
    pid, terminal = pty.fork()
    if pid == 0:
        os.execv(sys.executable, [*COMMAND, "w.yaml"])
    wait_for("started")
    os.write(terminal, b"\x03")
    seen = b""
    while b"interrupted" not in seen:
        seen += os.read(terminal, 4096)
    Path("go").touch()
    with contextlib.suppress(OSError):  # the end of a pseudo-terminal is an error
        while piece := os.read(terminal, 4096):
            seen += piece
    _, status = os.waitpid(pid, 0)
    os.close(terminal)
    assert os.waitstatus_to_exitcode(status) == 130
    assert b"1 completed" in seen
    assert Path("in").read_bytes() == b""


def test_a_reader_that_goes_away_does_not_stop_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("w.yaml").write_text("{name: w, jobs: [{name: 'a_{i}', command: 'touch {i}', parameters: {i: '1:40'}}]}")
    runner = subprocess.Popen([*COMMAND, "w.yaml"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
    assert runner.stdout is not None
    runner.stdout.close()
    assert runner.wait(PATIENCE) == 0
    assert Path("40").exists()


def test_other_children_of_the_program_are_its_own(tmp_path: Path) -> None:
    script = """
        import subprocess, signal, torclint
        mine = subprocess.Popen(["bash", "-c", "exit 7"])
        handler = signal.getsignal(signal.SIGINT)
        outcome = torclint.run(torclint.Source("w.yaml", "{name: w, jobs: [{name: a, command: 'sleep 0.2'}]}"))
        assert outcome.exit_code == 0
        assert mine.wait() == 7
        assert signal.getsignal(signal.SIGINT) is handler
    """
    subprocess.run([sys.executable, "-c", dedent(script)], cwd=tmp_path, check=True, timeout=PATIENCE)


def test_in_a_thread_of_its_own(tmp_path: Path) -> None:
    script = """
        import threading, torclint
        outcomes = []
        source = torclint.Source("w.yaml", "{name: w, jobs: [{name: a, command: 'true'}]}")
        thread = threading.Thread(target=lambda: outcomes.append(torclint.run(source)))
        thread.start()
        thread.join()
        assert outcomes[0].exit_code == 0
    """
    subprocess.run([sys.executable, "-c", dedent(script)], cwd=tmp_path, check=True, timeout=PATIENCE)
