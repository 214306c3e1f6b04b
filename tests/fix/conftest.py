"""The house's way to test fixes: a spec as a diff, each line behind `+ ` (new), `- ` (gone) or two blanks (kept).

rewrites('''
      jobs:
        - {name: "prep_{i}", command: "true", parameters: {i: "1:100"}}
    +   - {name: barrier_prep_complete, command: "...", depends_on_regexes: ["^prep_"]}
        - {name: "work_{i}", command: "true", depends_on_regexes: ["^prep_"], parameters: {i: "1:100"}}
''')
"""

from __future__ import annotations

import io
import sys
from textwrap import dedent

import pytest

import torclint
from torclint import Source
from torclint.cli import main
from torclint.fix.barriers import Fixed
from torclint.rules.thresholds import Thresholds

DEFAULTS = Thresholds()


def sides(diff: str) -> tuple[str, str]:
    """The texts before and after."""
    lines = dedent(diff).removeprefix("\n").splitlines(keepends=True)
    before, after = ("".join(line[2:] or "\n" for line in lines if line[:1] not in left_out) for left_out in ("+", "-"))
    return before, after


@pytest.fixture
def rewrites():
    """rewrites(diff, path=..., thresholds=..., change=...): the fix makes exactly this, and a second one nothing.

    `change` is done to both texts first, for what a test cannot show: other line ends, say.
    """

    def rewrites(diff, path="spec.yaml", thresholds=DEFAULTS, change=str, withheld=()) -> Fixed:
        before, after = map(change, sides(diff))
        fixed = torclint.fix(Source(path, before), thresholds=thresholds)
        assert fixed.text == after
        assert (fixed.failed, fixed.refused) == ("", ())
        assert [each.reason for each in fixed.withheld] == list(withheld)
        assert (fixed.after is None) == (before == after)
        second = torclint.fix(Source(path, after), thresholds=thresholds)
        assert (second.text, second.after, second.failed, second.refused) == (after, None, "", ())
        return fixed

    return rewrites


@pytest.fixture
def stays():
    """stays(text, reason): the fix changes nothing; for `reason`, if there is a block that would gain."""

    def stays(text, *reasons, path="spec.yaml", thresholds=DEFAULTS) -> Fixed:
        text = dedent(text).removeprefix("\n")
        fixed = torclint.fix(Source(path, text), thresholds=thresholds)
        assert (fixed.text, fixed.after, fixed.failed) == (text, None, "")
        assert [each.reason for each in fixed.withheld] == list(reasons)
        return fixed

    return stays


@pytest.fixture
def command(capfdbinary, monkeypatch, tmp_path):
    """command("fix", "a.yaml", stdin=b"..."): exit code, stdout and stderr of the command, run in a folder of its own."""
    monkeypatch.chdir(tmp_path)

    def command(*words: str, stdin: bytes = b"") -> tuple[int, bytes, bytes]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        code = main(list(words))
        sys.stdout.flush()
        return code, *capfdbinary.readouterr()

    return command
