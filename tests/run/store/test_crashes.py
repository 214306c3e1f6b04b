"""The runner is killed at every change of its state, and at random moments, and goes on: nothing lost, nothing twice."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from pathlib import Path
from typing import Any

import torclint
from torclint.run.scheduler import COMPLETED, FAILED

from .conftest import forked, results, was_killed

# Each job takes a lock while it runs, which goes with its last process: a second copy of it would see that.
SPEC = """
name: w
env:
  JOB: |
    exec 9> lock.$TORC_JOB_NAME
    flock -n 9 || echo "overlap $TORC_JOB_NAME" >> effects
    echo "start $TORC_JOB_NAME" >> effects
    sleep 0.01
    echo "stop $TORC_JOB_NAME" >> effects
failure_handlers:
  - {name: again, rules: [{exit_codes: [7], max_retries: 3, recovery_script: 'echo "recover $TORC_ATTEMPT_ID" >> effects'}]}
jobs:
  - {name: "a_{i}", command: 'eval "$JOB"', parameters: {i: "1:2"}}
  - {name: b, command: 'eval "$JOB"', depends_on_regexes: ["^a_"]}
  - {name: flaky, command: 'eval "$JOB"; test $TORC_ATTEMPT_ID = 2 || exit 7', failure_handler: again}
  - {name: broken, command: 'eval "$JOB"; exit 3', depends_on: [b]}
  - {name: never, command: 'eval "$JOB"', depends_on: [broken]}
  - {name: last, command: 'eval "$JOB"', depends_on: [b, flaky]}
actions:
  - {trigger_type: on_workflow_start, action_type: run_commands, commands: ["echo begin >> ../effects"]}
  - trigger_type: on_jobs_complete
    action_type: run_commands
    jobs: [b]
    commands: ["echo half >> ../effects", "echo way >> ../effects"]
"""
WANTED = {
    "a_1": ("completed", 0, 1),
    "a_2": ("completed", 0, 1),
    "b": ("completed", 0, 1),
    "flaky": ("completed", 0, 2),
    "broken": ("failed", 3, 1),
    "never": ("canceled", None, 0),
    "last": ("completed", 0, 1),
}
BEFORE = {"b": ["a_1", "a_2"], "broken": ["b"], "last": ["b", "flaky"]}
OPTIONS = {"cpus": 2, "memory": 1 << 30, "gpus": 0}


def begin() -> object:
    return torclint.run("w.yaml", store="store", **OPTIONS)


def go_on() -> object:
    return torclint.resume("store")


def effects() -> list[str]:
    return Path("effects").read_text().splitlines() if Path("effects").exists() else []


def in_store(query: str) -> list[tuple[Any, ...]]:
    """What a copy of the store says: whoever opens it puts it in order, and this is left to the runner."""
    with tempfile.TemporaryDirectory() as folder:
        for path in Path().glob("store*"):
            shutil.copy(path, folder)
        database = sqlite3.connect(f"{folder}/store")
        try:
            return database.execute(query).fetchall()
        except sqlite3.OperationalError:  # it died before there were tables
            return []
        finally:
            database.close()


def committed() -> dict[str, int]:
    """The jobs whose end is in the store, with their attempts."""
    return dict(in_store(f"SELECT name, attempts FROM job WHERE status IN ({COMPLETED}, {FAILED})"))


def check_the_end(deaths: int) -> None:
    outcome = torclint.resume("store")
    assert results(outcome) == WANTED
    done = effects()
    assert not [line for line in done if line.startswith("overlap")]
    for name, (_, _, attempts) in WANTED.items():
        starts = done.count(f"start {name}")
        assert attempts <= starts <= attempts + deaths, name
    assert done.index("stop a_1") < done.index("start b")
    for line in ("begin", "half", "way", "recover 1"):
        assert 1 <= done.count(line) <= 1 + deaths, line


def test_killed_at_every_change_of_its_state(here: Path) -> None:
    for point in range(1, 500):
        folder = here / str(point)
        folder.mkdir()
        with_folder(folder)
        status = forked(begin, TORCLINT_CRASH_AT=str(point))
        if not was_killed(status):
            assert status == 1 << 8
            assert point > 40
            return
        before, known = effects(), committed()
        if not in_store("SELECT id FROM run"):
            assert not before
            continue
        for name, others in BEFORE.items():
            if f"start {name}" in before:
                assert known.keys() >= {*others}, f"{name} was started before what it waits for was written down"
        # at every third point it dies once more
        deaths = 1
        if point % 3 == 0 and was_killed(forked(go_on, TORCLINT_CRASH_AT=str(1 + point % 7))):
            deaths = 2
        check_the_end(deaths)
        after = effects()
        for name, attempts in known.items():
            assert after.count(f"start {name}") == before.count(f"start {name}") == attempts, name
    raise AssertionError("no end of points")


def with_folder(folder: Path) -> None:
    os.chdir(folder)
    Path("w.yaml").write_text(SPEC)
