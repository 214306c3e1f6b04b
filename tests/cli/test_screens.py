"""What stands in a real terminal of some width: nothing is wider, words stay whole, and colours have a meaning."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from tests.cli.specs import NAIVE

LOOKS = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;;[^\x1b]*\x1b\\")
COMMANDS = (
    ["check", "--verbose", "w.yaml"],
    ["count", "w.yaml"],
    ["graph", "--before-after", "w.yaml"],
    ["fix", "--insert-barriers", "--check", "w.yaml"],
    ["plan", "w.yaml"],
    ["run", "--dry-run", "w.yaml"],
    ["regex", "^prep", "w.yaml"],
    ["verify", "w.yaml", "w.yaml"],
    ["rules"],
    ["run", "nowhere/to/be/found/although/somebody/may/have/said/so.yaml"],
)


def shown(folder: Path, words: list[str], columns: int, **environment: str) -> list[str]:
    """The lines that a command writes to a terminal."""
    runner, terminal = pty.openpty()
    termios.tcsetwinsize(terminal, (24, columns))
    surroundings = {key: value for key, value in os.environ.items() if key not in ("CI", "COLUMNS", "NO_COLOR")}
    with subprocess.Popen(
        [sys.executable, "-m", "torclint", *words],
        cwd=folder,
        env=surroundings | {"TERM": "xterm"} | environment,
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
    ):
        os.close(terminal)
        text = b""
        try:
            while chunk := os.read(runner, 65536):
                text += chunk
        except OSError:  # the other side is closed
            pass
    os.close(runner)
    return text.decode().replace("\r\n", "\n").splitlines()


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0])
def test_nothing_is_wider_than_the_terminal(tmp_path, words):
    (tmp_path / "w.yaml").write_text(NAIVE)
    lines = [LOOKS.sub("", line) for line in shown(tmp_path, words, 80)]
    assert lines
    assert [line for line in lines if len(line) > 80] == []


def test_tables_give_up_columns_where_the_terminal_is_narrow(tmp_path):
    (tmp_path / "w.yaml").write_text(NAIVE)
    assert shown(tmp_path, ["run", "--quiet", "--only", "prep_001", "w.yaml"], 80)
    for words, head in (
        (["plan", "--color=never", "w.yaml"], ["stage", "jobs", "ends"]),
        (["run", "--dry-run", "--color=never", "w.yaml"], ["stage", "jobs", "level", "takes"]),
        (["history"], ["run", "spec", "state", "completed"]),
    ):
        lines = shown(tmp_path, words, 40, NO_COLOR="1")
        assert head in [line.split() for line in lines]


def test_long_lines_break_between_words_and_go_on_set_in(tmp_path):
    (tmp_path / "w.yaml").write_text(NAIVE)
    assert shown(tmp_path, ["check", "--color", "never", "w.yaml"], 60)[-3:] == [
        "for more: torclint explain TL501",
        "1 file checked: 1 warning (1 fixable with torclint fix",
        "  --insert-barriers)",
    ]


def test_a_diff_is_in_colours_but_not_for_those_who_want_none(tmp_path):
    (tmp_path / "w.yaml").write_text(NAIVE)
    words = ["fix", "--diff", "--insert-barriers", "w.yaml"]
    lines = shown(tmp_path, words, 120)
    assert any(re.match(r"\x1b\[32m\+.*depends_on: .*\x1b\[0m$", line) for line in lines)
    assert any(re.match(r"\x1b\[1;31m-.*depends_on_regexes: .*\x1b\[0m$", line) for line in lines)
    assert "\x1b" not in "".join(shown(tmp_path, words, 120, NO_COLOR="1"))


def test_of_many_findings_a_terminal_counts_how_often_each_rule_found_something(tmp_path):
    jobs = "".join(f"  - {{name: j{number}, command: ls, wrong{number}: 1}}\n" for number in range(40))
    (tmp_path / "w.yaml").write_text(f"name: w\njobs:\n{jobs}")
    lines = shown(tmp_path, ["check", "--color=never", "w.yaml"], 80)
    assert "   40  TL103  unknown-field  error           -" in lines
    assert "count" not in "".join(shown(tmp_path, ["check", "--quiet", "w.yaml"], 80))
