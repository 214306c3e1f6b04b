"""`torclint fix` cut short while it writes, as a program of its own: the file holds all of the old text or of the new one."""

from __future__ import annotations

import resource
import signal
import stat
import subprocess
import sys

import pytest

OLD = (
    "name: w\njobs:\n  - {name: a, command: ls, depends_on: [b, b]} # é\n  - {name: b, command: ls}\n"
    + "# a long comment\n" * 500
)
NEW = OLD.replace("[b, b]", "[b]")

# what runs before the command: `kill -9` just before, or just after, a step of the write
FAULT = """
import os, signal, sys
from torclint.cli import main
step = os.{step}
def faulty(*arguments, **options):
    if {after}:
        step(*arguments, **options)
    os.kill(os.getpid(), signal.SIGKILL)
os.{step} = faulty
sys.exit(main(["fix", "spec.yaml"]))
"""


@pytest.fixture
def spec(tmp_path):
    path = tmp_path / "spec.yaml"
    path.write_text(OLD, "utf-8")
    path.chmod(0o640)
    return path


def program(spec, *words: str, **options) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, *words], cwd=spec.parent, capture_output=True, check=False, timeout=60, **options
    )


def test_nothing_cuts_it_short(spec):
    assert program(spec, "-m", "torclint", "fix", "spec.yaml").returncode == 0
    assert spec.read_text("utf-8") == NEW
    assert stat.S_IMODE(spec.stat().st_mode) == 0o640


@pytest.mark.parametrize("room", [0, 1, 4096, len(NEW.encode()) - 1])
def test_a_disk_that_fills_up(spec, room):
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    done = program(spec, "-m", "torclint", "fix", "spec.yaml", preexec_fn=limit)
    assert done.returncode == 2
    assert b"not written" in done.stderr
    assert b"Traceback" not in done.stderr
    assert spec.read_text("utf-8") == OLD
    assert [path.name for path in spec.parent.iterdir()] == ["spec.yaml"]


@pytest.mark.parametrize(
    ("step", "after", "text"),
    [
        ("write", False, OLD),
        ("write", True, OLD),
        ("fsync", False, OLD),
        ("fsync", True, OLD),
        ("replace", False, OLD),
        ("replace", True, NEW),
    ],
)
def test_kill_9_between_the_steps(spec, step, after, text):
    done = program(spec, "-c", FAULT.format(step=step, after=after))
    assert done.returncode == -signal.SIGKILL
    assert spec.read_text("utf-8") == text
    assert stat.S_IMODE(spec.stat().st_mode) == 0o640
    assert program(spec, "-m", "torclint", "fix", "spec.yaml").returncode == 0
    assert spec.read_text("utf-8") == NEW


def test_several_files_of_which_one_cannot_be_written(spec):
    other = spec.parent / "a.yaml"
    other.symlink_to("nowhere/spec.yaml")
    done = program(spec, "-m", "torclint", "fix", "a.yaml", "spec.yaml")
    assert done.returncode == 2
    assert b"a.yaml" in done.stderr
    assert spec.read_text("utf-8") == NEW
    assert other.is_symlink()
