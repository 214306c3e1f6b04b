import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import torclint as package
from tests.cli.specs import CLEAN
from torclint.cli import lean
from torclint.cli.click_commands import group
from torclint.cli.table import COMMANDS, command


def test_version(torclint):
    assert torclint("--version") == (0, f"torclint {package.__version__}\n", "")


@pytest.mark.parametrize("words", [["--help"], ["-h"], ["check", "--help"], ["expand", "-h"]])
def test_help(torclint, words):
    code, out, _ = torclint(*words)
    assert code == 0
    assert out.startswith("Usage: torclint")


def test_help_lists_every_command_in_the_order_of_the_table(torclint):
    out = torclint("--help").out
    places = [out.index(f"\n  {entry.name} ") for entry in COMMANDS]
    assert places == sorted(places)


@pytest.mark.parametrize("entry", COMMANDS, ids=lambda entry: entry.name)
def test_the_options_of_a_command_are_those_of_the_table(entry):
    module = __import__(entry.module, fromlist=["Options"])
    named = [argument.name for argument in entry.arguments] + [option.name for option in entry.options]
    assert list(module.Options._fields) == named
    for option in entry.options:
        assert option.kind in ("flag", "text", "texts", "number", "choice")
        assert (option.kind == "choice") == bool(option.choices)


def test_nothing_at_all_shows_the_help(torclint):
    code, out, err = torclint()
    assert code == 2
    assert "Usage: torclint" in out + err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["spec.yaml"], "there is no command 'spec.yaml'; did you mean: torclint check spec.yaml"),
        (["odd"], "there is no command 'odd'; did you mean: torclint check odd"),  # a file that is there
        (["chekc"], "there is no command 'chekc'; did you mean: torclint check"),
        (["zzz"], "there is no command 'zzz'; torclint --help lists them"),
        (["expand"], "Missing argument 'SPEC'"),
        (["check", "--formt", "json", "x"], "Did you mean '--format'?"),
        (["check", "--format", "xml", "x"], "there is no format 'xml'; there are text, concise, json, sarif"),
        (["check", "--format", "jsn", "x"], "there is no format 'jsn'; did you mean json"),
        (["check", "-f", "json", "-f", "concise", "x"], "only one format can go to stdout"),
        (["check", "-f", "json=", "x"], "json= names no file"),
        (["check", "--select", "TL999", "x"], "there is no rule TL999; did you mean"),
        (["check", "--min-jobs", "many", "x"], "'many' is not a valid integer"),
        (["check", "--min-jobs", "0", "x"], "0 is not in the range x>=1"),
        (["check", "--torc-version", "2.0", "x"], "'2.0' is not '1.0'"),
        (["expand", "a", "b"], "unexpected extra argument"),
    ],
)
def test_wrong_usage_is_told_with_what_was_meant(torclint, tmp_path, words, message):
    (tmp_path / "odd").write_text(CLEAN)
    code, out, err = torclint(*words)
    assert (code, out) == (2, "")
    assert message in " ".join(err.split())


@given(
    st.lists(
        st.sampled_from(
            [
                "a.yaml", "-", "--", "--quiet", "-q", "--exit-zero", "--format", "--format=json", "-f", "json", "text",
                "--min-jobs", "--min-jobs=7", "12", "0", "-1", "--fail-on=error", "--color", "never", "--help",
                "--stdin-filename", "--stdin-filename=", "--quiet=1", "--form", "-fjson", "-qf", "--unknown", "",
            ]
        ),
        max_size=6,
    )
)  # fmt: skip
def test_the_lean_parser_agrees_with_click_wherever_it_does_not_pass(words):
    entry = command("check")
    try:
        values = lean.parse(entry, words)
    except lean.Unusual:
        return
    seen = {}
    click_command = group().commands["check"]
    click_command.callback = lambda **given: seen.update(given)
    result = CliRunner().invoke(click_command, words)
    assert result.exit_code == 0, result.output
    assert seen == values
