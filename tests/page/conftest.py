import io
import subprocess
import sys

import pytest

from tests.page.reader import assert_sound, read
from torclint.cli import main


@pytest.fixture
def page_of(capsys, monkeypatch, tmp_path):
    """page_of(spec, *options, name="w.yaml"): the page that `torclint report` makes, read; `size` is its bytes."""
    monkeypatch.chdir(tmp_path)

    def page_of(spec: str, *options: str, name: str = "w.yaml"):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(spec.encode())))
        words = ["report", "-", "--stdin-filename", name, "--isolated", "--cpus", "4", "--memory", "8g", "--gpus", "0"]
        code = main([*words, "-o", "-", *options])
        sys.stdout.flush()
        out, err = capsys.readouterr()
        assert (code, err) == (0, "")
        page = read(out)
        page.size = len(out.encode())
        assert_sound(page)
        return page

    return page_of


@pytest.fixture
def program(tmp_path):
    """program(code): what a Python of its own prints when it runs `code`."""

    def program(code: str) -> str:
        done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
        return done.stdout

    return program
