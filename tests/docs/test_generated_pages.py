"""The pages made from the code are up to date."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_rules_page_and_table():
    command = [sys.executable, "scripts/make_docs.py", "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr


def test_picture_of_the_graph():
    command = [
        sys.executable,
        "-m",
        "torclint",
        "graph",
        "--before-after",
        "--format",
        "svg",
        "examples/naive_stages.yaml",
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    picture = ROOT / "docs" / "pictures" / "before-after.svg"
    assert picture.read_text("utf-8") == done.stdout, "not up to date: run scripts/make_pictures.py"
