"""The machinery that types in what pages show."""

import runpy
from pathlib import Path
from textwrap import dedent
from types import SimpleNamespace

import pytest

commands = SimpleNamespace(**runpy.run_path(str(Path(__file__).parents[2] / "scripts" / "page_commands.py")))


def page(text):
    """A page in which fences are written with single quotes."""
    return dedent(text).replace("'''", "```")


def test_a_session_goes_on_in_one_folder():
    shown = page(
        """\
        <!-- one session, in an empty folder -->
        '''yaml title="one/w.yaml"
        name: w
        '''
        '''console
        $ cat one/w.yaml
        $ echo 2 > two; ls
        '''
        '''sh
        exit 1
        '''
        '''console
        $ cat two
        '''
        """
    )
    assert "$ cat one/w.yaml\nname: w\n$ echo 2 > two; ls\none\ntwo\n```" in commands.printed_again(shown)
    assert commands.printed_again(shown).endswith("```console\n$ cat two\n2\n```\n")


def test_elsewhere_each_block_begins_with_the_examples():
    shown = page(
        """\
        '''console
        $ ls small.yaml; rm small.yaml
        '''
        '''console
        $ ls small.yaml
        '''
        """
    )
    assert commands.printed_again(shown).endswith("$ ls small.yaml\nsmall.yaml\n```\n")


def test_what_agrees_stays_and_so_does_what_is_left_out():
    shown = page(
        """\
        <!-- one session, in an empty folder -->
        '''console
        $ seq 3
        1
        ...
        $ echo 'done in 7.0 s' # torclint run
        done in 4.2 s
        $ echo new
        old
        '''
        """
    )
    assert commands.printed_again(shown) == shown.replace("\nold\n", "\nnew\n")


def test_torclint_is_the_one_of_the_tests():
    shown = page(
        """\
        <!-- one session, in a copy of examples -->
        '''console
        $ torclint count --format json small.yaml | head -c 1
        '''
        """
    )
    assert commands.printed_again(shown).endswith("head -c 1\n{\n```\n")


@pytest.mark.parametrize("text", ["torclint check .\n", "printed\n$ echo printed\n", ""])
def test_a_console_block_begins_with_a_command(text):
    (block,) = commands.blocks(f"```console\n{text}```\n")
    with pytest.raises(ValueError, match="line 1: a console block begins with"):
        commands.steps(block)


def test_a_program_that_is_not_there():
    with (
        commands.folder_for(commands.Session((), False)) as folder,
        pytest.raises(ValueError, match="no-such-program: exit code 127"),
    ):
        commands.printed("no-such-program", folder)
