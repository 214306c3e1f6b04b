"""A disk that is full: the run stops, nothing of it is lost, and it goes on when there is room."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

# in a world of its own, where small disks can be had: without one this cannot be tried
WORLD = ["unshare", "-m"] if os.geteuid() == 0 else ["unshare", "-rm"]
SMALL_DISK = "mkdir small; mount -t tmpfs -o size=256k none small"
SPEC = """
name: w
jobs:
  - name: "a_{i}"
    command: "test {i} != 9 -o -e go || head -c 1M /dev/zero > small/filler; echo {i} >> effects; sleep 0.06"
    parameters: {i: "1:30"}
  - {name: b, command: "echo b >> effects", depends_on_regexes: ["^a_"]}
"""


def has_worlds() -> bool:
    if shutil.which("unshare") is None:
        return False
    done = subprocess.run([*WORLD, "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True)
    return done.returncode == 0


pytestmark = pytest.mark.skipif(not has_worlds(), reason="no small disk can be made here")


def played(here: Path, spec: str, script: str) -> list[str]:
    """What a script writes that starts `$RUN` and `$RESUME` where there is a small disk in the folder `small`."""
    (here / "w.yaml").write_text(spec)
    torclint = f"{sys.executable} -m torclint"
    done = subprocess.run(
        [*WORLD, "bash", "-euc", f"{SMALL_DISK}\n{script}"],
        env={
            **os.environ,
            "RUN": f"{torclint} run --cpus 1 --quiet w.yaml",
            "RESUME": f"{torclint} resume --quiet",
        },
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.splitlines()


def test_no_room_for_the_state(here: Path) -> None:
    out = played(
        here,
        SPEC,
        """
        code=0; $RUN --store small/store || code=$?
        echo "exit $code"
        code=0; $RESUME small/store 2>&1 || code=$?
        echo "resumed $code"
        rm small/filler
        touch go
        $RESUME small/store
        """,
    )
    assert "exit 130" in out
    (told,) = (line for line in out if line.startswith("the state of the run cannot be kept"))
    assert any(line.startswith("torclint: small/store: cannot be used: the disk is full") for line in out)
    assert "resumed 2" in out
    assert told.startswith("the state of the run cannot be kept: the disk is full; no more jobs are started")
    assert out[-1].startswith("w: done: 31 jobs: 31 completed")
    effects = (here / "effects").read_text().split()
    assert {*effects} == {*map(str, range(1, 31)), "b"}
    assert len(effects) <= 31 + 3  # what ended in the last moments, and could not be written down


def test_no_room_for_the_output(here: Path) -> None:
    out = played(
        here,
        """
name: w
jobs:
  - {name: "a_{i}", command: "echo {i} >> effects", parameters: {i: "1:5"}}
  - {name: b, command: "test -e go || head -c 1M /dev/zero; echo b >> effects", depends_on_regexes: ["^a_"]}
  - {name: fails, command: "test -e go || head -c 1M /dev/zero || exit 1", depends_on: [b]}
  - {name: c, command: "echo c >> effects", depends_on: [fails]}
""",
        """
        code=0; $RUN --output-dir small/out || code=$?
        echo "exit $code"
        rm small/out/job_stdio/*
        touch go
        $RESUME
        """,
    )
    assert "exit 130" in out
    assert any(line.startswith("the disk is full; no more jobs are started") for line in out)
    assert out[-1].startswith("w: done: 8 jobs: 8 completed")
    assert (here / "effects").read_text().split() == [*"12345", "b", "c"]


def test_no_room_to_begin(here: Path) -> None:
    out = played(
        here,
        SPEC,
        """
        head -c 1M /dev/zero > small/filler 2> /dev/null || true
        code=0; $RUN --store small/store 2>&1 || code=$?
        echo "exit $code"
        rm small/filler
        touch go
        $RUN --store small/store
        """,
    )
    assert out[0].startswith("torclint: small/store: cannot be used: the disk is full")
    assert "exit 2" in out
    assert out[-1].startswith("w: done: 31 jobs: 31 completed")
    assert len((here / "effects").read_text().split()) == 31


def test_no_room_for_the_log(here: Path) -> None:
    out = played(
        here,
        "{name: w, jobs: [{name: a, command: ls}]}",
        """
        head -c 1M /dev/zero > small/filler 2> /dev/null || true
        code=0; $RUN --no-store --output-dir small 2>&1 || code=$?
        echo "exit $code"
        """,
    )
    assert out[-1] == "exit 130"
    assert out[-2].startswith("w: interrupted: 1 job: ")
    assert any(line.startswith("the disk is full; no more jobs are started") for line in out)
