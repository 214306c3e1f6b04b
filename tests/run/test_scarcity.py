"""When the system is short of something: processes, descriptors, descriptors for processes, bash."""

from __future__ import annotations

import errno
import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from torclint.run import runner, shortage

from .conftest import Play

MANY = "{name: w, jobs: [{name: 'a_{i}', command: 'sleep 0.05; touch {i}', parameters: {i: '1:60'}}]}"


def test_without_descriptors_for_processes(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "pidfd_open", raising=False)
    played = play("{name: w, jobs: [{name: a, command: 'exit 3'}, {name: b, command: 'sleep 0.2', depends_on: [a], "
                  "cancel_on_blocking_job_failure: false}]}")  # fmt: skip
    assert played.codes == {"a": 3, "b": 0}


def test_a_refused_process_is_started_when_another_has_ended(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    spawn = os.posix_spawn
    calls = []

    def short(*arguments: Any, **options: Any) -> int:
        calls.append(arguments)
        if len(calls) in (3, 5):  # the first one is the watchdog
            raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
        return spawn(*arguments, **options)

    monkeypatch.setattr(os, "posix_spawn", short)
    played = play("{name: w, jobs: [{name: 'a_{i}', command: 'true', parameters: {i: '1:5'}}]}")
    assert set(played.attempts.values()) == {1}
    assert played.outcome.exit_code == 0


@pytest.mark.parametrize("scarce", [errno.EAGAIN, errno.ENOMEM, errno.EMFILE])
def test_where_no_process_can_be_started_the_run_stops(
    play: Play, monkeypatch: pytest.MonkeyPatch, scarce: int
) -> None:
    def short(*arguments: Any, **options: Any) -> int:
        raise OSError(scarce, os.strerror(scarce))

    monkeypatch.setattr(os, "posix_spawn", short)
    monkeypatch.setattr(shortage, "PATIENCE", 0.1)
    monkeypatch.setattr(runner, "PAUSE", 0.02)
    played = play("{name: w, jobs: [{name: a, command: 'true'}, {name: b, command: 'true'}]}")
    assert played.statuses == {"a": "ready", "b": "ready"}
    assert played.outcome.exit_code == 130
    assert "the system refuses new processes" in played.outcome.trouble


def test_processes_that_can_be_started_after_a_while(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    spawn = os.posix_spawn
    refusals = [None] * 3

    def short(*arguments: Any, **options: Any) -> int:
        if arguments[0] != "/bin/sh" and refusals:
            refusals.pop()
            raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
        return spawn(*arguments, **options)

    monkeypatch.setattr(os, "posix_spawn", short)
    monkeypatch.setattr(runner, "PAUSE", 0.02)
    played = play("{name: w, jobs: [{name: a, command: 'true'}]}")
    assert (played.outcome.exit_code, played.attempts) == (0, {"a": 1})


def test_every_second_process_is_refused_at_first(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    spawn = os.posix_spawn
    calls = []

    def short(*arguments: Any, **options: Any) -> int:
        calls.append(arguments)
        if len(calls) % 2:
            raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
        return spawn(*arguments, **options)

    monkeypatch.setattr(os, "posix_spawn", short)
    monkeypatch.setattr(runner, "PAUSE", 0.02)
    played = play("""
        name: w
        failure_handlers: [{name: h, rules: [{match_all_exit_codes: true, max_retries: 2, recovery_script: "echo r >> log"}]}]
        jobs: [{name: a, command: "echo a >> log; exit 1", failure_handler: h}]
        actions:
          - {trigger_type: on_workflow_start, action_type: run_commands, commands: ["echo 1 >> ../log", "echo 2 >> ../log"]}
          - {trigger_type: on_workflow_complete, action_type: run_commands, commands: ["echo 3 >> ../log"]}
    """)
    assert played.attempts == {"a": 2}
    assert Path("log").read_text().split() == ["1", "2", "a", "r", "a", "3"]
    assert not [note for note in played.ear.notes if "could not be started" in note]


def test_an_output_folder_that_cannot_be_made_again(play: Play) -> None:
    played = play("""
        name: w
        jobs:
          - {name: a, command: "rm -r torc_output; touch torc_output"}
          - {name: b, command: "true", depends_on: [a]}
    """)
    assert played.statuses == {"a": "completed", "b": "ready"}
    assert played.outcome.exit_code == 130
    assert played.outcome.trouble.startswith("cannot write to torc_output: ")


def test_a_folder_of_the_run_that_is_gone(play: Play, tmp_path: Path) -> None:
    played = play(f"""
        name: w
        jobs:
          - {{name: a, command: "cd /; rm -r {tmp_path}"}}
          - {{name: b, command: "true", depends_on: [a]}}
    """)
    assert played.statuses == {"a": "completed", "b": "ready"}
    assert played.outcome.trouble == "the folder in which the jobs run is gone"


def test_bash_that_goes_while_it_runs(play: Play, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bash = tmp_path / "bin" / "bash"
    bash.parent.mkdir()
    bash.symlink_to(shutil.which("bash") or "")
    monkeypatch.setenv("PATH", f"{bash.parent}:{os.environ['PATH']}")
    played = play("{name: w, jobs: [{name: a, command: 'rm bin/bash'}, {name: b, command: 'true', depends_on: [a]}]}")
    assert played.statuses == {"a": "completed", "b": "ready"}
    assert played.outcome.trouble == f"{bash} is gone"


def test_with_few_open_files_for_many_jobs_at_once(tmp_path: Path) -> None:
    (tmp_path / "w.yaml").write_text(MANY)
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    limit = f"import resource; resource.setrlimit(resource.RLIMIT_NOFILE, (24, {hard})); "
    script = limit + "import sys; from torclint.cli import main; sys.exit(main(['run', '--cpus', '40', 'w.yaml']))"
    subprocess.run([sys.executable, "-c", script], cwd=tmp_path, check=True, stdout=subprocess.DEVNULL)
    assert (tmp_path / "60").exists()


def test_without_bash(tmp_path: Path) -> None:
    (tmp_path / "w.yaml").write_text("{name: w, jobs: [{name: a, command: 'true'}]}")
    done = subprocess.run(
        [sys.executable, "-m", "torclint", "run", "w.yaml"],
        cwd=tmp_path,
        env={**os.environ, "PATH": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    assert "bash is not on the PATH" in done.stderr
