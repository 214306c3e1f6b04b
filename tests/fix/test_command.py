"""`torclint fix`: what it writes where, and its exit codes."""

from __future__ import annotations

import os
import subprocess

import pytest

NAIVE = """\
name: w
jobs:
  - {name: "a_{i}", command: ls, parameters: {i: "1:100"}} # é
  - {name: "b_{i}", command: ls, depends_on_regexes: [^a_], parameters: {i: "1:100"}}
"""
FIXED = """\
name: w
jobs:
  - {name: "a_{i}", command: ls, parameters: {i: "1:100"}} # é
  - {name: "barrier_a_complete", command: "echo 'a: 100 jobs complete' && date", depends_on_regexes: [^a_]}
  - {name: "b_{i}", command: ls, depends_on: [barrier_a_complete], parameters: {i: "1:100"}}
"""
FIX = ("fix", "--insert-barriers")


@pytest.fixture
def naive(tmp_path):
    path = tmp_path / "naive.yaml"
    path.write_text(NAIVE, "utf-8", newline="")
    return path


def test_a_file_is_rewritten(command, naive):
    code, out, err = command(*FIX, "naive.yaml")
    assert (code, err) == (0, b"")
    assert naive.read_text("utf-8") == FIXED
    assert b"10,000 -> 200 dependencies" in out


def test_a_second_fix_touches_nothing(command, naive):
    command(*FIX, "naive.yaml")
    os.utime(naive, (1, 1))
    code, out, _ = command(*FIX, "naive.yaml")
    assert (code, out) == (0, b"naive.yaml: nothing to insert; 200 dependencies\n")
    assert naive.stat().st_mtime == 1


def test_a_diff_writes_nothing(command, naive):
    code, out, err = command(*FIX, "--diff", "naive.yaml")
    assert (code, err) == (1, b"")
    assert naive.read_text("utf-8") == NAIVE
    assert [line for line in out.decode().splitlines() if line[:1] in "+-"] == [
        "--- naive.yaml",
        "+++ naive.yaml (fixed)",
        "-" + NAIVE.splitlines()[3],
        "+" + FIXED.splitlines()[3],
        "+" + FIXED.splitlines()[4],
    ]
    assert out.startswith(b"# naive.yaml: 1 barrier inserted: 10,000 -> 200 dependencies")


def test_git_applies_a_diff_with_its_header(command, naive):
    out = command(*FIX, "--diff", "--explain", "naive.yaml")[1]
    assert b"#   why barrier_a_complete:\n" in out
    subprocess.run(["git", "apply", "-p0", "-"], cwd=naive.parent, input=out, check=True)
    assert naive.read_text("utf-8") == FIXED


def test_no_diff_where_nothing_is_to_do(command, naive):
    naive.write_text(FIXED, "utf-8")
    code, out, _ = command(*FIX, "--diff", "naive.yaml")
    assert (code, out) == (0, b"")


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_stdin_goes_to_stdout(command, newline):
    code, out, err = command(*FIX, "-", stdin=NAIVE.replace("\n", newline).encode())
    assert (code, out) == (0, FIXED.replace("\n", newline).encode())
    assert b"10,000 -> 200 dependencies" in err


def test_stdin_that_stays_goes_to_stdout_too(command):
    assert command(*FIX, "-", stdin=FIXED.encode())[:2] == (0, FIXED.encode())


def test_stdin_that_is_refused_goes_to_stdout_too(command):
    text = FIXED.replace("[barrier_a_complete]", "[nobody]").encode()
    assert command(*FIX, "-", stdin=text)[:2] == (1, text)


def test_thresholds(command, naive):
    assert command(*FIX, "--min-jobs", "101", "naive.yaml")[0] == 0
    assert command(*FIX, "--min-saving", "9801", "naive.yaml")[0] == 0
    assert naive.read_text("utf-8") == NAIVE
    assert command(*FIX, "--min-jobs", "100", "--min-saving", "9800", "naive.yaml")[0] == 0
    assert naive.read_text("utf-8") == FIXED


def test_a_file_that_may_not_be_written(command, naive, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK)
    code, out, err = command(*FIX, "naive.yaml")
    assert (code, out) == (2, b"")
    assert err.decode().splitlines() == ["torclint: naive.yaml: not written: is read-only"]
    assert naive.read_text("utf-8") == NAIVE
    assert os.listdir() == ["naive.yaml"]  # noqa: PTH208


def test_a_link_stays_one(command, naive, tmp_path):
    link = tmp_path / "link.yaml"
    link.symlink_to("naive.yaml")
    naive.chmod(0o640)
    assert command(*FIX, "link.yaml")[0] == 0
    assert link.is_symlink()
    assert naive.read_text("utf-8") == FIXED
    assert naive.stat().st_mode & 0o777 == 0o640


def test_what_is_withheld_is_said(command, naive):
    naive.write_text(NAIVE.replace("ls, parameters", "ls, labels: [x], parameters"), "utf-8")
    before = naive.read_bytes()
    code, out, _ = command(*FIX, "naive.yaml")
    assert code == 1
    assert out.decode() == (
        "naive.yaml:4:55: no barrier for `^a_` (100 x 100 jobs): "
        "the jobs around the barrier have different labels, so no one runner would take them all\n"
    )
    assert naive.read_bytes() == before


def test_a_spec_that_does_not_run(command, naive):
    naive.write_text(NAIVE.replace("[^a_]", "[^a_], depends_on: [nobody]"), "utf-8")
    before = naive.read_bytes()
    code, out, _ = command(*FIX, "naive.yaml")
    assert code == 1
    assert out.decode().splitlines()[0].startswith("naive.yaml:4:")
    assert "not fixed" in out.decode()
    assert naive.read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"jobs: [", b"\x00", b"name: w\njobs: 3\n", b"- 1\n", b"{}"])
def test_what_is_no_spec_is_left_alone(command, naive, content):
    naive.write_bytes(content)
    code, out, err = command(*FIX, "naive.yaml")
    assert code in (1, 2)
    assert out + err
    assert b"Traceback" not in out + err
    assert naive.read_bytes() == content


def test_a_file_that_is_not_there(command):
    code, _, err = command(*FIX, "nobody.yaml")
    assert (code, err) == (2, b"torclint: nobody.yaml: no such file\n")
