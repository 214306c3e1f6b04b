"""Stores that are torn, empty, of another version or of another program: a clear line, or what can be trusted of them."""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path

import pytest

import torclint
from torclint.run.outcome import Outcome
from torclint.run.store.database import StoreError
from torclint.run.store.lock import Lock, Locked

from .conftest import forked, results, was_killed

SPEC = """
name: w
jobs:
  - {name: "a_{i}", command: "echo {i} >> effects", parameters: {i: "1:9"}}
  - {name: b, command: "echo b >> effects", depends_on_regexes: ["^a_"]}
  - {name: c, command: "kill -9 $PPID", depends_on: [b]}
"""
OPTIONS = {"cpus": 1, "memory": 1 << 30, "gpus": 0}


@pytest.fixture
def killed(here: Path) -> Path:
    """A store whose runner was killed by its last job."""
    Path("w.yaml").write_text(SPEC)
    assert was_killed(forked(lambda: torclint.run("w.yaml", store="store", **OPTIONS)))
    Path("w.yaml").write_text(SPEC.replace("kill -9 $PPID", "true"))
    return here


def refusal() -> str:
    with pytest.raises(StoreError) as raised:
        torclint.resume("store")
    text = str(raised.value)
    assert text.startswith("store: ")
    assert "\n" not in text
    return text


def test_what_was_written_is_all_there(killed: Path) -> None:
    assert results(torclint.resume("store"))["a_1"] == ("completed", 0, 1)
    assert sorted(Path("effects").read_text().split()) == [*"123456789", "b"]


def test_no_store(here: Path) -> None:
    assert "no such store" in refusal()


def test_of_another_program(here: Path) -> None:
    database = sqlite3.connect("store")
    database.execute("CREATE TABLE mine (a)")
    database.close()
    assert "another program" in refusal()


def test_no_database(here: Path) -> None:
    Path("store").write_bytes(b"SQLite format 3\0" + b"x" * 5000)
    assert "damaged" in refusal()


@pytest.mark.parametrize("content", [b"", None])
def test_empty(here: Path, content: bytes | None) -> None:
    if content is None:  # as far as it gets before there are tables
        database = sqlite3.connect("store")
        database.execute("PRAGMA journal_mode = WAL")
        database.close()
    else:
        Path("store").write_bytes(content)
    assert "holds no run" in refusal()


@pytest.mark.parametrize(("version", "told"), [(2, "newer torclint"), (0, "too old")])
def test_other_versions(killed: Path, version: int, told: str) -> None:
    database = sqlite3.connect("store")
    database.execute(f"PRAGMA user_version = {version}")
    database.close()
    assert told in refusal()


def test_cut_short(killed: Path) -> None:
    fold("store")
    data = Path("store").read_bytes()
    for size in (100, 4096, 5000, len(data) - 4096, len(data) - 1):
        Path("store").write_bytes(data[:size])
        assert "damaged" in refusal(), size


def test_a_page_of_something_else(killed: Path) -> None:
    fold("store")
    data = bytearray(Path("store").read_bytes())
    pages = len(data) // 4096
    refused = 0
    for page in range(1, pages):
        changed = bytearray(data)
        changed[page * 4096 : page * 4096 + 2048] = os.urandom(2048)
        Path("store").write_bytes(changed)
        try:
            torclint.resume("store")
        except StoreError:
            refused += 1
        shutil.copy("store", "last")
        for ending in ("-wal", "-shm"):
            Path("store" + ending).unlink(missing_ok=True)
    assert refused >= pages // 2


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE job SET status = 99 WHERE name = 'b'",
        "UPDATE job SET status = 'x' WHERE name = 'b'",
        "UPDATE job SET attempts = -1 WHERE name = 'b'",
        "UPDATE job SET seconds = 'long' WHERE name = 'b'",
        "UPDATE job SET name = x'00ff' WHERE name = 'b'",
        "DELETE FROM about WHERE name = 'text'",
        "UPDATE about SET value = 7 WHERE name = 'uid'",
        "UPDATE about SET value = '[' WHERE name = 'options'",
        "DROP TABLE job",
        "DROP TABLE run",
    ],
)
def test_contents_that_make_no_sense(killed: Path, change: str) -> None:
    database = sqlite3.connect("store")
    database.execute(change)
    database.commit()
    database.close()
    assert "damaged" in refusal()


def test_a_log_that_is_cut_anywhere_is_an_earlier_state(killed: Path) -> None:
    log = Path("store-wal").read_bytes()
    assert len(log) > 4096
    steps = [
        *range(0, len(log), len(log) // 12),
        *range(len(log) - 4200, len(log), 700),
        len(log),
        1,
        31,
        32,
        33,
        55,
        56,
    ]
    shutil.copytree(".", "../kept")
    seen = set()
    for size in steps:
        for name in ("store", "effects", "w.yaml"):
            shutil.copy(f"../kept/{name}", name)
        Path("store-wal").write_bytes(log[:size])
        Path("store-shm").unlink(missing_ok=True)
        try:
            outcome = torclint.resume("store")
        except StoreError as error:  # the tables themselves were in what is cut off
            assert "holds no run" in str(error)
            seen.add("none")
            continue
        assert outcome.exit_code == 0
        effects = Path("effects").read_text().split()
        assert set(effects) == {*"123456789", "b"}
        assert all(effects.count(each) <= 2 for each in effects)
        seen.add("some" if len(effects) > 10 else "all")
    assert seen == {"none", "some", "all"}


def test_two_runners(here: Path) -> None:
    Path("w.yaml").write_text("{name: w, jobs: [{name: a, command: 'true'}]}")
    torclint.run("w.yaml", store="store", **OPTIONS)
    with Lock("store"), pytest.raises(Locked, match=f"process {os.getpid()} is running it"):
        torclint.resume("store")
    assert isinstance(torclint.resume("store"), Outcome)


def fold(path: str) -> None:
    """Put the log into the file."""
    database = sqlite3.connect(path)
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
