"""When the system is short of something: processes, descriptors, descriptors for processes, bash."""

from __future__ import annotations

import errno
import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

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


def test_a_process_that_can_never_be_started_fails_its_job(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    def short(*arguments: Any, **options: Any) -> int:
        raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))

    monkeypatch.setattr(os, "posix_spawn", short)
    played = play("{name: w, jobs: [{name: a, command: 'true'}]}")
    assert played.statuses == {"a": "failed"}


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
