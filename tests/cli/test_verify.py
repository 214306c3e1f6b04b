"""`torclint verify`: what it prints, and its exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import validate

SCHEMA = Path(__file__).parents[2] / "schemas" / "verify-v1.schema.json"

NAIVE = """\
name: w
jobs:
  - {name: "a_{i}", command: ls, parameters: {i: "1:100"}} # first
  - {name: "b_{i}", command: ls, depends_on_regexes: [^a_], parameters: {i: "1:100"}}
"""
KDL = """\
name w
job "b_{i}" { command ls; depends_on done; parameters { i "1:100" } }
job done { command "echo done"; depends_on_regexes "^a_" }
job "a_{i}" { command ls; parameters { i "1:100" } }
"""


@pytest.fixture(autouse=True)
def specs(tmp_path):
    (tmp_path / "naive.yaml").write_text(NAIVE)
    (tmp_path / "light.kdl").write_text(KDL)
    (tmp_path / "less.yaml").write_text(NAIVE.replace("[^a_]", "[^a_1]"))


def test_proven_across_syntaxes(torclint):
    code, out, err = torclint("verify", "naive.yaml", "light.kdl")
    assert (code, err) == (0, "")
    assert out.startswith(
        "naive.yaml -> light.kdl: proven: the same 200 jobs wait for the same jobs, and do the same\n"
        "  jobs: 200 -> 201\n"
        "  dependencies: 10,000 -> 200\n"
        "  new: done\n"
        "  note: 1 comment is gone:\n"
        "    first\n"
    )


def test_not_proven(torclint):
    code, out, _ = torclint("verify", "naive.yaml", "less.yaml")
    assert code == 1
    assert out.splitlines()[:4] == [
        "less.yaml:4:12: b_1 no longer waits for a_2 (8,800 such pairs)",
        "naive.yaml -> less.yaml: not proven: 1 difference",
        "  jobs: 200 -> 200",
        "  dependencies: 10,000 -> 1,200",
    ]


def test_json(torclint):
    code, out, _ = torclint("verify", "--format", "json", "naive.yaml", "less.yaml")
    found = json.loads(out)
    assert (code, found["proven"]) == (1, False)
    validate(found, json.loads(SCHEMA.read_text("utf-8")))
    assert found["before"]["summary"]["edges"]["total"] == 10_000
    (difference,) = found["differences"]
    assert difference == {
        "kind": "waits",
        "message": "b_1 no longer waits for a_2 (8,800 such pairs)",
        "job": "b_1",
        "other": "a_2",
        "side": "after",
        "location": {"path": "less.yaml", "line": 4, "column": 12},
    }


def test_stdin_can_be_one_of_the_two(torclint):
    assert torclint("verify", "naive.yaml", "-", stdin=NAIVE.encode()).code == 0
    assert torclint("verify", "-", "-", stdin=NAIVE.encode()).code == 2


@pytest.mark.parametrize("content", [None, b"jobs: [", b"\xff\xfe"])
def test_what_cannot_be_read(torclint, tmp_path, content):
    if content is not None:
        (tmp_path / "other.yaml").write_bytes(content)
    for words in (("naive.yaml", "other.yaml"), ("other.yaml", "naive.yaml")):
        code, out, err = torclint("verify", *words)
        assert (code, out) == (2, "")
        assert "other.yaml" in err


@pytest.mark.parametrize("content", ["{}", "name: w\njobs: 3\n", "", "- 1\n"])
def test_what_torc_cannot_load(torclint, tmp_path, content):
    (tmp_path / "other.yaml").write_text(content)
    code, out, _ = torclint("verify", "naive.yaml", "other.yaml")
    assert code == 1
    assert "Torc cannot load the spec as it is now" in out
