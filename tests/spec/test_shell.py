"""The simple commands of a shell text."""

import pytest

from torclint.spec.shell import commands, pipelines, sets_option


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("a", [(("a",), "")]),
        ("a b  c", [(("a", "b", "c"), "")]),
        ("a | b", [(("a",), "|"), (("b",), "")]),
        ("a |& b", [(("a",), "|"), (("b",), "")]),
        ("a && b || c", [(("a",), "&&"), (("b",), "||"), (("c",), "")]),
        ("a; b\nc\n", [(("a",), ";"), (("b",), ";"), (("c",), ";")]),
        ("a & b", [(("a",), "&"), (("b",), "")]),
        ("a &", [(("a",), "&")]),
        ("a 2>&1", [(("a", "2>&1"), "")]),
        ("a &> out", [(("a", "&>", "out"), "")]),
        ("a >&2 && b", [(("a", ">&2"), "&&"), (("b",), "")]),
        ("a 'b | c; d'", [(("a", "'b | c; d'"), "")]),
        ('a "b | $c"', [(("a", '"b | $c"'), "")]),
        ("a b\\;c", [(("a", "b\\;c"), "")]),
        ("a \\\n b", [(("a", "b"), "")]),
        ("X=1 Y='a b' a", [(("a",), "")]),
        ("X=$(a | b; c) d", [(("d",), "")]),
        ("a $(b | c)", [(("a", "$(b | c)"), "")]),
        ("a `b | c` d", [(("a", "`b | c`", "d"), "")]),
        ("a ${x:-b|c}", [(("a", "${x:-b|c}"), "")]),
        ("a # b | c\nd", [(("a",), ";"), (("d",), "")]),
        ("# a | b", []),
        ("a#b", [(("a#b",), "")]),
        ("for i in 1 2; do a | tee b; done", []),
        ("if a; then b; fi", []),
        ("{ a; b; } | c", []),
        ("(a; b) | c", []),
        ("cat << EOF\na | b\nEOF", []),
        ("a 'unclosed", []),
    ],
)
def test_commands(text, expected):
    assert [tuple(command) for command in commands(text)] == expected


def test_pipelines():
    found = pipelines(commands("a | b | c && d; e |"))
    assert [[command.program for command in pipeline] for pipeline in found] == [["a", "b", "c"], ["d"], ["e"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("set -e; a", True),
        ("set -euo pipefail; a", True),
        ("set -o errexit", True),
        ("set -x", False),
        ("set +e", False),
        ("set --edit", False),
        ("a -e", False),
    ],
)
def test_options(text, expected):
    assert sets_option(commands(text), "e", "errexit") is expected


def test_a_program_goes_without_its_folder():
    assert commands("/usr/bin/python3 a.py")[0].program == "python3"
