"""Runs in processes of their own, which may be killed."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import torclint
from torclint.run.outcome import Outcome

PATIENCE = 30.0
Work = Callable[[], object]


def forked(work: Work, **environment: str) -> int:
    """Do `work` in a copy of this process; what `waitpid` says of it. An exception makes its exit code 99."""
    pid = os.fork()
    if pid:
        return os.waitpid(pid, 0)[1]
    code = 99
    try:
        os.environ.update(environment)
        null = os.open(os.devnull, os.O_RDWR)
        os.dup2(null, 1)
        done = work()
        code = done.exit_code if isinstance(done, Outcome) else 0
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        os._exit(code)


def was_killed(status: int) -> bool:
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def results(outcome: Outcome) -> dict[str, tuple[str, int | None, int]]:
    return {row.name: (row.status, row.return_code, row.attempts) for row in outcome.results()}


def alive_with(variable: str) -> list[int]:
    """The live processes that have `variable`, as NAME=VALUE, in their environment."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            state = (path / "stat").read_text().rsplit(")", 1)[1].split()[0]
            if state not in "ZX" and variable.encode() in (path / "environ").read_bytes().split(b"\0"):
                found.append(int(path.name))
        except OSError:
            continue
    return found


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder to be in, and nothing left alive of what was started there."""
    monkeypatch.chdir(tmp_path)
    mark = f"TEST_FOLDER={tmp_path}"
    monkeypatch.setenv("TEST_FOLDER", str(tmp_path))
    yield tmp_path
    end = time.monotonic() + PATIENCE
    while left := [pid for pid in alive_with(mark) if pid != os.getpid()]:
        assert time.monotonic() < end, f"still alive: {left}"
        time.sleep(0.02)


__all__ = ["forked", "here", "results", "torclint", "was_killed"]
