import json

import pytest

from torclint.rules.registry import RULES


def test_explain_by_code_and_by_name(torclint):
    by_code = torclint("explain", "tl501")
    assert by_code == torclint("explain", "quadratic-dependencies")
    code, out, _ = by_code
    assert code == 0
    assert out.startswith("TL501 quadratic-dependencies\n\n")
    assert "Severity: warning. Effect: slow." in out
    assert "\n## Why\n" in out


def test_explain_in_colours(torclint):
    out = torclint("explain", "--color", "always", "TL501").out
    assert "\x1b[" in out
    assert "## Why" not in out


def test_explain_as_json(torclint):
    page = json.loads(torclint("explain", "--format=json", "TL501").out)
    assert (page["code"], page["name"], page["fixable"]) == ("TL501", "quadratic-dependencies", True)
    assert page["text"].startswith("## What it does")


@pytest.mark.parametrize("word", ["TL510", "quadratic-dependency"])
def test_explain_says_what_was_meant(torclint, word):
    code, out, err = torclint("explain", word)
    assert (code, out) == (2, "")
    assert err.startswith(f"torclint: there is no rule {word}; did you mean ")


def test_rules_lists_all(torclint):
    out = torclint("rules").out
    for entry in RULES:
        assert f"{entry.code}  {entry.name} " in out
    assert [page["code"] for page in json.loads(torclint("rules", "--format", "json").out)] == [
        entry.code for entry in RULES
    ]


def test_rules_in_a_narrow_terminal(torclint, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    assert max(map(len, torclint("rules").out.splitlines())) <= 65
