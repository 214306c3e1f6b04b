"""Small workflows whose every status, return code and number of attempts a real Torc 1.0.0 wrote down."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from torclint.cli import main

RUNS = Path(__file__).parent.parent / "data" / "runs"
VERDICTS: dict[str, Any] = json.loads((RUNS / "verdicts.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", sorted(VERDICTS))
def test_ends_as_it_did_in_torc(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    shutil.copy(RUNS / name, tmp_path)
    (tmp_path / "output").mkdir()
    monkeypatch.chdir(tmp_path)
    code = main(["run", "--no-check", "--format", "json", "--cpus", "2", "--memory", "2g", name])
    report = json.loads(capsysbinary.readouterr().out)
    wanted = VERDICTS[name]
    if "refused" in wanted:
        assert code == 2
        assert report["refused"]
        return
    jobs = {
        job: {key: row[key] for key in ("status", "return_code", "attempts")} for job, row in report["jobs"].items()
    }
    assert jobs == wanted["jobs"]
    assert code == (0 if all(row["status"] == "completed" for row in jobs.values()) else 1)
