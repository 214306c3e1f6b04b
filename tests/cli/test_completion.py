"""Completion in shells, by click."""

import os
import shutil
import subprocess
import sys

import pytest


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_scripts(torclint, shell):
    code, out, _ = torclint("completion", shell)
    assert code == 0
    assert "_TORCLINT_COMPLETE" in out


def test_a_shell_that_is_not_known(torclint):
    assert torclint("completion", "csh")[::2] == (
        2,
        "torclint: there is no completion for 'csh'; there is for bash, zsh, fish\n",
    )


def completed(*words: str) -> list[str]:
    """What bash would offer for the last of the words."""
    line = {"COMP_WORDS": " ".join(words), "COMP_CWORD": str(len(words) - 1), "_TORCLINT_COMPLETE": "bash_complete"}
    command = [sys.executable, "-m", "torclint"]
    done = subprocess.run(command, env=os.environ | line, capture_output=True, text=True, check=False, timeout=60)
    return [offer.partition(",")[2] for offer in done.stdout.splitlines()]


def test_commands_and_options():
    assert completed("torclint", "che") == ["check"]
    assert "--fail-on" in completed("torclint", "check", "--f")
    assert completed("torclint", "check", "--fail-on", "w") == ["warning"]


def test_values():
    assert completed("torclint", "check", "--format", "sa") == ["sarif"]
    assert completed("torclint", "explain", "quad") == ["quadratic-dependencies"]
    assert completed("torclint", "check", "--select", "TL5,TL80") == ["TL5,TL801", "TL5,TL802", "TL5,TL803"]
    assert completed("torclint", "completion", "") == ["bash", "zsh", "fish"]


def test_files_are_left_to_the_shell():
    line = {"COMP_WORDS": "torclint check na", "COMP_CWORD": "2", "_TORCLINT_COMPLETE": "bash_complete"}
    done = subprocess.run(
        [sys.executable, "-m", "torclint"], env=os.environ | line, capture_output=True, text=True, check=False
    )
    assert done.stdout == "file,na\n"


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not there")
def test_bash_takes_the_script(torclint):
    script = torclint("completion", "bash").out
    assert subprocess.run(["bash", "-n"], input=script, text=True, check=False).returncode == 0
