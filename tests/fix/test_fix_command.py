"""`torclint fix` without barriers: options, exit codes, several files, questions."""

from __future__ import annotations

import contextlib
import os
import pty
import sys

import pytest

SPEC = """\
name: w
jobs:
  - {name: a, command: ls, depends_on: [build, build]} # é
  - {name: build, command: ls}
  - {name: c, command: ls, depends_on: [biuld]}
"""
SAFE = SPEC.replace("[build, build]", "[build]")
UNSAFE = SAFE.replace("[biuld]", "[build]")


@pytest.fixture
def spec(tmp_path):
    path = tmp_path / "spec.yaml"
    path.write_text(SPEC, "utf-8", newline="")
    return path


def test_safe_fixes_of_all_rules(command, spec):
    code, out, err = command("fix", "spec.yaml")
    assert (code, err) == (0, b"")
    assert spec.read_text("utf-8") == SAFE
    assert out.decode().splitlines()[:2] == [
        "spec.yaml:3:48: TL203 repeated-reference: fixed: remove `build`",
        "spec.yaml: 1 fix made; 1 fix is unsafe, and made with --unsafe-fixes",
    ]


def test_unsafe_ones_when_asked_for(command, spec):
    assert command("fix", "--unsafe-fixes", "spec.yaml")[0] == 0
    assert spec.read_text("utf-8") == UNSAFE
    code, out, _ = command("fix", "--unsafe-fixes", "spec.yaml")
    assert (code, out) == (0, b"spec.yaml: nothing to fix\n")


def test_rules_can_be_selected_and_ignored(command, spec):
    command("fix", "--select", "missing-reference", "--unsafe-fixes", "spec.yaml")
    assert spec.read_text("utf-8") == SPEC.replace("[biuld]", "[build]")
    command("fix", "--ignore", "TL203", "spec.yaml")
    assert spec.read_text("utf-8") == SPEC.replace("[biuld]", "[build]")
    assert command("fix", "--select", "nonsense", "spec.yaml")[0] == 2


def test_insert_barriers_means_only_barriers(command, spec):
    spec.write_text(SPEC.replace("[biuld]", "[build]"), "utf-8")
    assert command("fix", "--insert-barriers", "spec.yaml")[0] == 1
    assert spec.read_text("utf-8") == SPEC.replace("[biuld]", "[build]")


def test_barriers_are_selected_by_their_rule(command, spec):
    naive = """\
name: w
jobs:
  - {name: "a_{i}", command: ls, parameters: {i: "1:100"}, depends_on: [z, z]}
  - {name: "b_{i}", command: ls, depends_on_regexes: [^a_], parameters: {i: "1:100"}}
  - {name: z, command: ls}
"""
    spec.write_text(naive, "utf-8")
    command("fix", "spec.yaml")
    assert spec.read_text("utf-8") == naive.replace("[z, z]", "[z]")
    spec.write_text(naive, "utf-8")
    code, _, _ = command("fix", "--select", "TL203,TL501", "spec.yaml")
    text = spec.read_text("utf-8")
    assert code == 0
    assert "depends_on: [z]" in text
    assert "barrier_a_complete" in text
    assert command("fix", "--select", "TL203,TL501", "spec.yaml")[0] == 0
    assert spec.read_text("utf-8") == text


def test_diff_and_check_write_nothing(command, spec):
    code, out, err = command("fix", "--diff", "spec.yaml")
    assert code == 1
    assert [line for line in out.decode().splitlines() if line[:1] in "+-"] == [
        "--- spec.yaml",
        "+++ spec.yaml (fixed)",
        "-" + SPEC.splitlines()[2],
        "+" + SAFE.splitlines()[2],
    ]
    assert out.startswith(b"# spec.yaml:3:")
    assert b"# spec.yaml: 1 fix made" in out
    assert err == b""
    assert command("fix", "--check", "spec.yaml") == (1, b"would change: spec.yaml\n1 of 1 file would change\n", b"")
    assert spec.read_text("utf-8") == SPEC
    spec.write_text(UNSAFE, "utf-8")
    assert command("fix", "--check", "spec.yaml") == (0, b"0 of 1 file would change\n", b"")


def test_folders_and_several_files(command, spec, tmp_path):
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "other.yml").write_text(SPEC, "utf-8")
    (inner / "no-spec.yaml").write_text("a: [1, 2\n")
    code, out, err = command("fix", ".")
    assert (code, err) == (0, b"")
    assert spec.read_text("utf-8") == (inner / "other.yml").read_text("utf-8") == SAFE
    assert out.count(b"1 fix made") == 2
    (tmp_path / "empty").mkdir()
    code, _, err = command("fix", "empty")
    assert (code, err) == (3, b"torclint: nothing to fix: no Torc spec in empty\n")


def test_stdin_goes_to_stdout(command):
    code, out, err = command("fix", "-", stdin=SPEC.replace("\n", "\r\n").encode())
    assert (code, out) == (0, SAFE.replace("\n", "\r\n").encode())
    assert b"1 fix made" in err
    code, out, _ = command("fix", "-", stdin=b"jobs: [")
    assert (code, out) == (1, b"jobs: [")


@pytest.mark.parametrize(
    ("answers", "after"),
    [
        ("y\nn\n", SAFE),
        ("n\ny\n", SPEC.replace("[biuld]", "[build]")),
        ("a\n", UNSAFE),
        ("y\nq\n", SAFE),
        ("what?\nyes\nno\n", SAFE),
        ("", SPEC),
    ],
)
def test_questions(command, spec, answers, after):
    code, _, err = command("fix", "-i", "--unsafe-fixes", "spec.yaml", stdin=answers.encode())
    assert code == 0
    assert spec.read_text("utf-8") == after
    assert b"-  - {name: a, command: ls, depends_on: [build, build]}" in err
    assert b"Make this change?" in err


def test_questions_about_barriers(command, spec):
    naive = """\
name: w
jobs:
  - {name: "a_{i}", command: ls, parameters: {i: "1:100"}}
  - {name: "b_{i}", command: ls, depends_on_regexes: [^a_], parameters: {i: "1:100"}}
"""
    spec.write_text(naive, "utf-8")
    command("fix", "-i", "--insert-barriers", "spec.yaml", stdin=b"n\n")
    assert spec.read_text("utf-8") == naive
    command("fix", "-i", "--insert-barriers", "spec.yaml", stdin=b"y\n")
    assert "barrier_a_complete" in spec.read_text("utf-8")


def test_questions_and_a_spec_cannot_both_come_from_stdin(command):
    assert command("fix", "-i", "-", stdin=SPEC.encode())[0] == 2


def test_what_is_withheld_is_said(command, spec):
    text = SPEC.replace("[build, build]", "&l [build, build]").replace("[biuld]", "*l")
    spec.write_text(text, "utf-8")
    code, out, _ = command("fix", "spec.yaml")
    assert code == 1
    assert b"not fixed: remove `build`: the edit would change other parts of the spec" in out
    assert spec.read_text("utf-8") == text


@pytest.mark.parametrize("content", [b"", b"\x00", b"name: w\njobs: 3\n", b"- 1\n", b"{}", b"jobs: ["])
def test_what_is_no_spec_is_left_alone(command, spec, content):
    spec.write_bytes(content)
    code, out, err = command("fix", "spec.yaml")
    assert code in (1, 2)
    assert out + err
    assert spec.read_bytes() == content


def test_a_file_that_changes_meanwhile_is_left_alone(command, spec, monkeypatch):
    from torclint.cli import fix

    def slow(*arguments, **options):
        found = mend(*arguments, **options)
        spec.write_text(SPEC + "# new", "utf-8")
        return found

    mend = fix.mend
    monkeypatch.setattr(fix, "mend", slow)
    code, _, err = command("fix", "spec.yaml")
    assert (code, err) == (2, b"torclint: spec.yaml: not written: it was changed meanwhile\n")
    assert spec.read_text("utf-8") == SPEC + "# new"


def test_explain(command, spec):
    spec.write_text(
        """\
name: w
jobs:
  - {name: "a_{i}", command: ls, parameters: {i: "1:100"}}
  - {name: "b_{i}", command: ls, depends_on_regexes: [^a_], parameters: {i: "1:100"}}
""",
        "utf-8",
    )
    code, out, _ = command("fix", "--insert-barriers", "--explain", "spec.yaml")
    assert code == 0
    assert "why barrier_a_complete:" in out.decode()
    assert "10,000 dependencies become 200: 9,800 fewer rows" in out.decode()


@pytest.mark.parametrize(
    ("name", "mark"),
    [
        ("spec.yaml", "# Generated by make.py, DO NOT EDIT\n"),
        ("spec.yaml", "# made for you\n---\n# @generated\n"),
        ("spec.kdl", "// Auto-generated file\n"),
        ("spec.json5", "/* please do not modify */\n"),
    ],
)
def test_a_file_that_a_program_makes_is_left_alone(command, tmp_path, name, mark):
    naive = {
        "yaml": "name: w\njobs:\n  - {name: a, command: ls, depends_on: [b, b]}\n  - {name: b, command: ls}\n",
        "kdl": "name w\njob a { command ls; depends_on b; depends_on b; }\njob b { command ls; }\n",
        "json5": "{name: 'w', jobs: [{name: 'a', command: 'ls', depends_on: ['b', 'b']}, {name: 'b', command: 'ls'}]}\n",
    }[name.rpartition(".")[2]]
    path = tmp_path / name
    path.write_text(mark + naive, "utf-8")
    code, _, err = command("fix", name)
    assert code == 1
    assert b"it says that a program made it" in err
    assert path.read_text("utf-8") == mark + naive
    code, out, _ = command("fix", "--diff", name)
    assert code == 1
    assert b"+++" in out
    below = naive + mark.replace("---\n", "")
    path.write_text(below, "utf-8")
    assert command("fix", name)[0] == 0
    assert path.read_text("utf-8") != below


def test_what_is_withheld_is_shown_to_be_written_by_hand(command, spec):
    spec.write_text(
        """\
name: w
jobs:
  - {name: "a_{i}", command: ls, parameters: {i: "1:100"}}
  - {name: "b_{i}", command: ls, depends_on_regexes: [&p ^a_], parameters: {i: "1:100"}}
metadata: {x: *p}
""",
        "utf-8",
    )
    code, out, _ = command("fix", "--insert-barriers", "spec.yaml")
    assert code == 1
    assert (
        out.decode()
        == """\
spec.yaml:4:55: no barrier for `^a_` (100 x 100 jobs): the anchor `&p` would go, and is used elsewhere
  to be written by hand:
    a new job above b_{i}:
      - {name: "barrier_a_complete", command: "echo 'a: 100 jobs complete' && date", depends_on_regexes: [^a_]}
    in b_{i}: wait for `barrier_a_complete` instead of `^a_`
"""
    )


@pytest.mark.parametrize(
    ("keys", "code", "after"),
    [(["y", "n"], 0, SAFE), (["a"], 0, UNSAFE), (["n", "q"], 0, SPEC), (["\x03"], 130, SPEC), (["\x04"], 0, SPEC)],
)
def test_questions_at_a_terminal(spec, keys, code, after):
    process, terminal = pty.fork()
    if not process:
        os.chdir(spec.parent)
        os.execv(sys.executable, [sys.executable, "-m", "torclint", "fix", "-i", "--unsafe-fixes", "spec.yaml"])
    told = b""
    for key in keys:
        asked = told.count(b"[q]uit: ")
        while told.count(b"[q]uit: ") == asked:
            told += os.read(terminal, 4096)
        os.write(terminal, key.encode() + b"\n" * key.isalpha())
    with contextlib.suppress(OSError):  # Linux says so at the end of a terminal
        while more := os.read(terminal, 4096):
            told += more
    os.close(terminal)
    assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == code
    assert spec.read_text("utf-8") == after
    assert b"Traceback" not in told
