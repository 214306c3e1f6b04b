"""TL005: ignores that leave out nothing."""

from textwrap import dedent

import pytest

from torclint import Source
from torclint import check as check_sources
from torclint.config.settings import Settings
from torclint.rules.selection import codes_of, selection_of
from torclint.text.edits import apply

HEAD = "name: w\njobs:\n"


def test_a_rule_that_finds_nothing(check):
    check("""
        name: w
        jobs:
          - {name: a, command: x}  # torclint: ignore[TL403] no longer
                                                      ^^^^^ TL005 there is no TL403 in what it covers
    """)


def test_a_comment_that_covers_nothing(check):
    check("""
        name: w
        jobs:
          - {name: a, command: x}
          # torclint: ignore[unanchored-pattern]
                             ^^^^^^^^^^^^^^^^^^ TL005 covers nothing
    """)


def test_a_rule_that_is_off_is_not_said_to_be_of_no_use():
    text = HEAD + "  - {name: a, command: x}  # torclint: ignore[TL403]\n"
    settings = Settings(selection_of(codes_of(["TL005", "TL601"])))
    assert list(check_sources(Source("spec.yaml", text), settings=settings).findings) == []


def test_a_rule_that_was_not_asked_because_the_spec_cannot_be_read_whole(clean):
    clean("""
        name: w
        jobs:
          - {name: a, command: x}  # torclint: ignore[TL403]
          - {name: [], command: x}
    """, "TL005")  # fmt: skip


def test_an_opt_in_rule_that_was_not_asked(clean):
    clean("""
        name: w
        jobs:
          - {name: a, command: x}  # torclint: ignore[TL005]
    """, "TL006")  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "  - {name: a, command: x}  # torclint: ignore[TL403] why\n",
            "  - {name: a, command: x}\n",
        ),
        (
            "  # torclint: ignore[TL403] why\n  - {name: a, command: x}\n",
            "  - {name: a, command: x}\n",
        ),
        (
            "  - {name: a, command: x}  # slow, see #12  # torclint: ignore[TL403]\n",
            "  - {name: a, command: x}  # slow, see #12\n",
        ),
        (
            "  - {name: a, command: x}  # slow; torclint: ignore[TL403] meant\n",
            "  - {name: a, command: x}  # slow\n",
        ),
    ],
)
def test_the_fix_takes_the_comment_out(before, after):
    (finding,) = check_sources(Source("spec.yaml", HEAD + before)).findings
    assert (finding.code, finding.fix.applicability) == ("TL005", "safe")
    assert apply(HEAD + before, finding.fix.edits) == HEAD + after


def test_the_fix_leaves_a_remark_in_a_comment_with_an_end():
    text = '{name: "w", jobs: [{name: "a", command: "x"}]} /* all of it; torclint: ignore[TL403] meant */\n'
    (finding,) = check_sources(Source("spec.json5", text)).findings
    assert apply(text, finding.fix.edits) == '{name: "w", jobs: [{name: "a", command: "x"}]} /* all of it */\n'


@pytest.mark.parametrize(
    ("listed", "left"), [("TL403, TL405", "TL405"), ("TL405, TL403", "TL405"), ("TL405,TL403 , TL405", "TL405 , TL405")]
)
def test_the_fix_leaves_what_is_of_use(listed, left):
    text = HEAD + f'  - {{name: a, command: x, depends_on_regexes: ["^a$"]}}  # torclint: ignore[{listed}] why\n'
    (report,) = check_sources(Source("spec.yaml", dedent(text))).files
    (finding,) = [finding for finding in report.findings if finding.code == "TL005"]
    assert apply(text, finding.fix.edits) == text.replace(listed, left)
