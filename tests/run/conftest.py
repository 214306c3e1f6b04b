"""Running specs that stand in the test, through the public door."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from textwrap import dedent
from typing import Any, NamedTuple

import pytest

import torclint
from torclint.cli import main
from torclint.run.listen import Ended, Listener
from torclint.run.outcome import Outcome

GIB = 1 << 30


class Ear(Listener):
    """Writes down what a run tells."""

    def __init__(self) -> None:
        self.notes: list[str] = []
        self.started_names: list[str] = []
        self.ends: list[Ended] = []

    def started(self, number: int, name: str, attempt: int, group: int) -> None:
        self.started_names.append(name)

    def ended(self, end: Ended) -> None:
        self.ends.append(end)

    def note(self, text: str) -> None:
        self.notes.append(text)


class Played(NamedTuple):
    outcome: Outcome
    ear: Ear

    @property
    def statuses(self) -> dict[str, str]:
        return {row.name: row.status for row in self.outcome.results()}

    @property
    def codes(self) -> dict[str, int | None]:
        return {row.name: row.return_code for row in self.outcome.results()}

    @property
    def attempts(self) -> dict[str, int]:
        return {row.name: row.attempts for row in self.outcome.results()}


Play = Callable[..., Played]


@pytest.fixture
def play(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Play:
    """Run a spec in an empty folder, with 2 CPUs and 2 GiB."""
    monkeypatch.chdir(tmp_path)

    def run(spec: str, cpus: int = 2, gpus: int = 0, listeners: Sequence[Listener] = (), **options: Any) -> Played:
        ear = Ear()
        source = torclint.Source("w.yaml", dedent(spec))
        return Played(
            torclint.run(source, cpus=cpus, memory=2 * GIB, gpus=gpus, listeners=[ear, *listeners], **options), ear
        )

    return run


Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """`torclint run` on a spec in an empty folder: exit code, stdout, stderr."""
    monkeypatch.chdir(tmp_path)

    def run(spec: str, *options: str) -> tuple[int, str, str]:
        Path("w.yaml").write_text(dedent(spec), encoding="utf-8")
        code = main(["run", "--cpus", "1", *options, "w.yaml"])
        out, err = capsys.readouterr()
        return code, out, err

    return run
