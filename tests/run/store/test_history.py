"""Which runs there are, how long they were at work, by which number they are called, and how old ones go."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from torclint.cli import main
from torclint.run.store.lock import Lock

from .test_commands import Command, killed

GOOD = "{name: v, jobs: [{name: a, command: 'true'}]}"
BAD = "{name: v, jobs: [{name: a, command: 'echo out; echo why >&2; false'}]}"


@pytest.fixture
def command(here: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> Command:
    """A command in an empty folder: exit code, stdout, stderr."""

    def run(*words: str) -> tuple[int, str, str]:
        code = main(list(words))
        out, err = capsysbinary.readouterr()
        return code, out.decode(), err.decode()

    return run


def at_work(store: str, *spans: tuple[float, float | None]) -> None:
    """Have the runners of a store started and ended at these times."""
    with closing(sqlite3.connect(store)) as database, database:
        (pattern,) = database.execute("SELECT pid || '' FROM run LIMIT 1").fetchone()
        database.execute("DELETE FROM run")
        rows = [
            (number, pattern, "", start, end, "completed" if end else "running", "", "{}")
            for number, (start, end) in enumerate(spans, 1)
        ]
        database.executemany("INSERT INTO run VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)


def test_the_newest_come_first_and_have_numbers(command: Command) -> None:
    assert command("history")[2] == "torclint: no runs were started here\n"
    killed()
    Path("v.yaml").write_text(BAD)
    command("run", "v.yaml")
    report = json.loads(command("history", "--format", "json")[1])
    assert [(run["workflow"], run["state"]) for run in report["runs"]] == [("v", "failed"), ("w", "killed")]
    head, *rows = command("history")[1].splitlines()
    assert head.split() == ["run", "spec", "begun", "took", "state", "completed", "failed"]
    assert [row.split()[:2] for row in rows] == [["2", "v.yaml"], ["1", "w.yaml"]]
    assert rows[0].split()[-5:] == ["failed", "0", "of", "1", "1"]
    assert len(command("history", "w.yaml")[1].splitlines()) == 2
    assert command("history", "u.yaml")[2].endswith("torclint: no runs of u.yaml were started here\n")


def test_a_run_is_called_by_its_number(command: Command) -> None:
    killed()
    Path("v.yaml").write_text(GOOD)
    command("run", "v.yaml")
    assert command("status", "1")[1].startswith("w (w.yaml): killed\n")
    assert command("logs", "a", "1")[1:] == ("said\n", "loud\n")
    assert command("status", "0002")[1].startswith("v (v.yaml): completed\n")
    assert command("status", "3")[2] == "torclint: there is no run 3 in .torclint/runs\n"
    Path("2").write_text(GOOD)
    assert command("status", "2")[0] == 2  # a file of that name is meant


def test_what_a_failed_job_wrote_is_shown_with_its_errors(command: Command) -> None:
    Path("v.yaml").write_text(BAD)
    command("run", "v.yaml")
    assert "to see why: torclint logs a 1; to try again what failed: torclint retry 1\n" in command("status")[1]
    assert command("logs", "a") == (0, "out\n", "why\n")
    assert command("logs", "a", "--stderr") == (0, "why\n", "")


def test_the_time_between_an_interruption_and_going_on_does_not_count(command: Command) -> None:
    Path("v.yaml").write_text(GOOD)
    command("run", "v.yaml")
    at_work(".torclint/runs/0001-v.sqlite", (1000.0, 1030.0), (5000.0, 5012.0))
    assert " 42.0 s " in command("history")[1]
    assert ", 42.0 s at work, started 2 times;" in command("status")[1]


def test_a_runner_that_was_killed_was_at_work_until_its_last_job_ended(command: Command) -> None:
    Path("v.yaml").write_text(GOOD)
    command("run", "v.yaml")
    with closing(sqlite3.connect(".torclint/runs/0001-v.sqlite")) as database, database:
        database.execute("UPDATE job SET started = 1000, seconds = 7.5")
    at_work(".torclint/runs/0001-v.sqlite", (990.0, None))
    assert " 17.5 s  killed " in command("history")[1]


def test_stores_that_cannot_be_read_are_told_and_the_others_listed(command: Command) -> None:
    Path("v.yaml").write_text(GOOD)
    command("run", "v.yaml")
    Path(".torclint/runs/0003-x.sqlite").write_bytes(b"x" * 5000)
    Path(".torclint/runs/0004-y.sqlite").touch()  # a run that is about to begin
    code, out, err = command("history")
    assert (code, len(out.splitlines())) == (2, 2)
    assert "0003-x.sqlite: is damaged" in err
    Path(".torclint/runs/0001-v.sqlite").unlink()
    assert "no runs" not in command("history")[2]


def test_old_runs_go_and_the_newest_and_those_that_can_go_on_stay(command: Command) -> None:
    killed()
    Path("v.yaml").write_text(GOOD)
    for _ in range(4):
        command("run", "v.yaml")
    Path(".torclint/runs/0009-x.sqlite").write_bytes(b"x" * 5000)
    assert command("history", "--prune")[1] == "0 runs removed, 5 runs left\n"
    with Lock(".torclint/runs/0002-v.sqlite"):  # it is being gone on with
        code, out, _ = command("history", "--prune", "--keep", "1", "v.yaml")
    assert (code, out) == (2, "2 runs removed, 2 runs left\n")
    assert sorted(path.name for path in Path(".torclint/runs").glob("*.sqlite")) == [
        "0001-w.sqlite",
        "0002-v.sqlite",
        "0005-v.sqlite",
        "0009-x.sqlite",
    ]
    assert Path("torc_output").is_dir()
    assert command("history", "--prune", "--keep", "0")[1] == "2 runs removed, 1 run left\n"
    assert command("status", "w.yaml")[1].startswith("w (w.yaml): killed\n")


def test_a_store_that_is_removed_during_the_run_is_told(command: Command) -> None:
    Path("w.yaml").write_text(
        "{name: w, jobs: [{name: a, command: 'rm -r .torclint; sleep 0.2'}, {name: b, command: 'true'}]}"
    )
    code, out, err = command("run", "--jobs", "1", "w.yaml")
    assert code == 0
    assert out.count("the state of this run is gone: ") == 1
    assert "2 completed" in out
    assert "to go on" not in err
