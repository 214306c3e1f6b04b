import io
import subprocess
import sys
from typing import NamedTuple

import pytest

from torclint.cli import main


class Result(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture
def torclint(capsys, monkeypatch, tmp_path):
    """torclint("check", "a.yaml", stdin=b"..."): the command, run in this process in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)

    def run(*words: str, stdin: bytes = b"") -> Result:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        code = main(list(words))
        sys.stdout.flush()
        return Result(code, *capsys.readouterr())

    return run


@pytest.fixture
def program(tmp_path):
    """program("check", "a.yaml"): the command as a program of its own."""

    def run(*words: str, **options) -> subprocess.CompletedProcess:
        command = [sys.executable, "-m", "torclint", *words]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, timeout=60, **options)

    return run
