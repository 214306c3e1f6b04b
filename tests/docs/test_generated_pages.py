"""The pages made from the code are up to date."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NUMBER = re.compile(r"\d+\.\d+")


def test_every_picture_of_a_page_is_shown_and_small():
    shown = "".join(page.read_text("utf-8") for page in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
    kept = sorted((ROOT / "docs" / "pictures").glob("*.webp"))
    assert kept
    assert [path.name for path in kept if f"pictures/{path.name}" not in shown or path.stat().st_size > 150_000] == []


def test_rules_page_and_table():
    command = [sys.executable, "scripts/make_docs.py", "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(("name", "spec"), [("before-after", "naive_stages"), ("ensemble", "ensemble")])
def test_pictures_of_graphs(name, spec):
    command = [sys.executable, "-m", "torclint", "graph", "--before-after", "--format", "svg", f"examples/{spec}.yaml"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    kept = (ROOT / "docs" / "pictures" / f"{name}.svg").read_text("utf-8")
    # releases of Python add floats up in different ways: a tenth of a pixel may come out otherwise
    assert NUMBER.sub("0", kept) == NUMBER.sub("0", done.stdout), "not up to date: run scripts/make_pictures.py"
    places = [list(map(float, NUMBER.findall(text))) for text in (kept, done.stdout)]
    assert places[0] == pytest.approx(places[1], abs=0.11), "not up to date: run scripts/make_pictures.py"


def test_picture_of_a_plan(tmp_path):
    words = ["campaign.yaml", "--cpus", "64", "--memory", "256g", "--gpus", "0", "--nodes", "16"]
    command = [sys.executable, "-m", "torclint", "plan", *words, "--svg", str(tmp_path / "plan.svg")]
    subprocess.run(command, cwd=ROOT / "examples", capture_output=True, check=True, timeout=60)
    kept = (ROOT / "docs" / "pictures" / "plan.svg").read_text("utf-8")
    assert kept == (tmp_path / "plan.svg").read_text("utf-8"), "not up to date: run scripts/make_pictures.py"
