"""The Torc engine against what a real server once answered; `torc` itself is a script here that says what it said."""

from __future__ import annotations

import json
import re
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from torclint.cli import main

from .conftest import DATA, Run
from .conversation import Replay

MIXED = json.loads((DATA / "torc_rest" / "mixed.json").read_text(encoding="utf-8"))
TORC = """\
#!/bin/sh
echo "$@" >> asked
case "$*" in
  --version) echo "torc VERSION (abc1234)";;
  *create*) cp "$6" created; echo '{"workflow_id": 1, "status": "success"}';;
  *"run 1"*) sleep 4;;
esac
"""
RESULT = {
    "good_1": ("completed", 0, 1),
    "good_2": ("completed", 0, 1),
    "good_3": ("completed", 0, 1),
    "bad": ("failed", 3, 1),
    "stubborn": ("failed", 7, 2),
    "after_good": ("completed", 0, 1),
    "after_bad": ("canceled", None, 0),
    "cleanup": ("completed", 0, 1),
}


@pytest.fixture
def torc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """torc("1.0.0") puts the program on the PATH."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")

    def put(version: str) -> None:
        program = folder / "torc"
        program.write_text(TORC.replace("VERSION", version), encoding="utf-8")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)

    return put


@pytest.fixture
def replay() -> Iterator[Callable[[list[list[object]]], Replay]]:
    open_ones: list[Replay] = []

    def start(entries: list[list[object]]) -> Replay:
        open_ones.append(Replay(entries))
        return open_ones[-1]

    yield start
    for each in open_ones:
        each.close()


@pytest.fixture(autouse=True)
def _in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("torclint.run.engines.torc.following._INTERVAL", 0.01)


def test_followed_to_its_end(run: Run, torc, replay, tmp_path: Path) -> None:
    torc("1.0.3")
    server = replay(MIXED)
    ran = run("mixed.yaml", "--engine", "torc", "--url", server.url, "--format", "json")
    assert ran.code == 1
    assert ran.jobs == RESULT
    assert (tmp_path / "created").read_bytes() == (tmp_path / "mixed.yaml").read_bytes()
    asked = (tmp_path / "asked").read_text().splitlines()
    assert asked[0] == "--version"
    assert re.fullmatch(r"--url http://\S+ --format json create \S+/torclint_handover.yaml", asked[1])
    assert asked[2].endswith("workflows init 1 --no-prompts")
    assert "run 1 --output-dir torc_output" in asked[3]


def test_told_while_it_goes_on(run: Run, torc, replay) -> None:
    torc("1.0.0")
    ran = run("mixed.yaml", "--engine", "torc", "--url", replay(MIXED).url)
    lines = ran.out.splitlines()
    assert "[8/8] cleanup completed (0.0 s)" in lines or "[8/8] cleanup completed (0.1 s)" in lines
    assert any(re.fullmatch(r"\[\d/8\] bad failed: code 3 \(0.0 s\)", line) for line in lines)
    assert any(re.fullmatch(r"\[\d/8\] stubborn failed: code 7, attempt 2 \(0.\d s\)", line) for line in lines)
    assert any(line.endswith("after_bad canceled: what they wait for did not complete") for line in lines)
    assert re.fullmatch(r"mixed: not completed: 8 jobs: 5 completed, 2 failed, 1 canceled in \d+\.\d s", lines[-1])


def test_what_is_different_there_is_told_before(run: Run, torc, replay) -> None:
    torc("1.0.0")
    out = run("mixed.yaml", "--engine", "torc", "--url", replay(MIXED).url).out
    assert "in Torc: its server releases jobs every 30 s: 2 levels wait up to 30 s together" in out
    assert out.index("in Torc: ") < out.index("workflow 1 was created")


def test_what_completed_here_is_carried_over(run: Run, torc, replay, tmp_path: Path) -> None:
    torc("1.0.0")
    run("mixed.yaml", "--dry-run")  # puts the spec here
    assert main(["run", "--no-check", "--quiet", "mixed.yaml"]) == 1
    server = replay(json.loads((DATA / "torc_rest" / "carried.json").read_text(encoding="utf-8")))
    ran = run("mixed.yaml", "--engine", "torc", "--url", server.url, "--resume", "--format", "json")
    assert ran.jobs == RESULT
    node, completions = server.posted
    assert node["workflow_id"] == 1
    told = [(entry["job_id"], entry["status"], entry["result"]["return_code"]) for entry in completions["completions"]]
    assert told == [(1, "completed", 0), (2, "completed", 0), (3, "completed", 0), (6, "completed", 0)]
    assert "4 jobs that completed here are carried over" in ran.err


@pytest.mark.parametrize("version", ["0.9.2", "2.0.0"])
def test_a_server_of_another_version_gets_nothing(run: Run, torc, replay, tmp_path: Path, version: str) -> None:
    torc("1.0.0")
    server = replay([["GET", "/torc-service/v1/version", 200, {"version": version, "api_version": "9.9.9"}]])
    ran = run("mixed.yaml", "--engine", "torc", "--url", server.url)
    assert ran.code == 2
    assert f"is version {version}; torclint knows Torc 1.x" in ran.err
    assert server.heard == [("GET", "/torc-service/v1/version")]
    assert (tmp_path / "asked").read_text() == "--version\n"


def test_a_program_of_another_version_is_not_used(run: Run, torc, replay) -> None:
    torc("2.1.0")
    server = replay(MIXED)
    ran = run("mixed.yaml", "--engine", "torc", "--url", server.url)
    assert ran.code == 2
    assert "torc is version 2.1.0; torclint knows Torc 1.x" in ran.err
    assert not server.heard


def test_without_the_program(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    ran = run("mixed.yaml", "--engine", "torc")
    assert ran.code == 2
    assert (
        "there is no program torc on the PATH, which creates the workflow; install Torc 1.x: cargo install" in ran.err
    )


def test_without_a_server(run: Run, torc) -> None:
    torc("1.0.0")
    ran = run("mixed.yaml", "--engine", "torc", "--url", "http://127.0.0.1:9/torc-service/v1")
    assert ran.code == 2
    assert "no answer from the Torc server at http://127.0.0.1:9/torc-service/v1" in ran.err
    assert "use --standalone" in ran.err


def test_a_server_that_wants_a_password(run: Run, torc, replay) -> None:
    torc("1.0.0")
    server = replay([["GET", "/torc-service/v1/version", 401, {"message": "who are you?"}]])
    ran = run("mixed.yaml", "--engine", "torc", "--url", server.url)
    assert ran.code == 2
    assert "HTTP 401" in ran.err
    assert "set TORC_PASSWORD" in ran.err


def test_created_and_left_there(run: Run, torc, replay, tmp_path: Path) -> None:
    torc("1.0.0")
    ran = run("mixed.yaml", "--engine", "torc", "--url", replay(MIXED).url, "--create-only")
    assert ran.code == 0
    assert "workflow 1 was created" in ran.out
    assert "run 1" in ran.out
    assert len((tmp_path / "asked").read_text().splitlines()) == 2


def test_a_server_that_is_away_for_a_while(run: Run, torc, replay) -> None:
    torc("1.0.0")
    place = next(place for place, entry in enumerate(MIXED) if entry[1].endswith("/workflows/1/status"))
    away = [*MIXED[:place], ["GET", MIXED[place][1], 503, {"message": "one moment"}], *MIXED[place:]]
    ran = run("mixed.yaml", "--engine", "torc", "--url", replay(away).url, "--format", "json")
    assert ran.code == 1
    assert ran.jobs == RESULT
    assert "HTTP 503" in ran.err
    assert "waiting for it" in ran.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--engine", "torc", "--timeout", "3"], "--timeout is for --engine local or hyperqueue, not for torc"),
        (["--engine", "torc", "--create-only", "--submit"], "--create-only and --submit exclude each other"),
        (["--engine", "torc", "--standalone", "--submit"], "--standalone is for a run here"),
        (["--submit"], "--submit is for --engine torc, not for local"),
    ],
)
def test_options_that_do_not_go_together(run: Run, words: list[str], told: str) -> None:
    ran = run("mixed.yaml", *words)
    assert ran.code == 2
    assert told in ran.err
