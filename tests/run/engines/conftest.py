"""The command, run in a folder of its own."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from torclint.cli import main

DATA = Path(__file__).parents[2] / "data"


class Ran(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def jobs(self) -> dict[str, tuple[str, int | None, int]]:
        """Status, return code and attempts of each job, from the JSON report."""
        report: dict[str, Any] = json.loads(self.out)
        return {
            name: (row["status"], row["return_code"], row["attempts"]) for name, row in report.get("jobs", {}).items()
        }


Run = Callable[..., Ran]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """run("w.yaml", "--engine", "torc"): `torclint run`, with the data files of its name copied to where it runs."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "output").mkdir()  # seed_demo.yaml writes there
    for name in ("TORC_API_URL", "TORC_PASSWORD", "TORC_COOKIE_HEADER"):
        monkeypatch.delenv(name, raising=False)

    def call(spec: str, *words: str) -> Ran:
        for folder in ("runs", "torc_rest"):
            if (DATA / folder / spec).exists() and not Path(spec).exists():
                shutil.copy(DATA / folder / spec, spec)
        capfd.readouterr()
        code = main(
            ["run", "--no-check", *([] if {"--resume", "--continue"} & {*words} else ["--no-store"]), *words, spec]
        )
        sys.stdout.flush()
        return Ran(code, *capfd.readouterr())

    return call
