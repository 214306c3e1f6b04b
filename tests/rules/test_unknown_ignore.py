"""TL006: comments for torclint that say nothing to it."""

import pytest

from torclint import Source
from torclint import check as check_sources
from torclint.text.edits import apply

HEAD = "name: w\njobs:\n"


def test_a_code_that_there_is_not(check):
    check("""
        name: w
        jobs:
          - {name: a, command: x}  # torclint: ignore[TL999]
                                                      ^^^^^ TL006 there is no rule TL999
    """)


def test_a_name_that_is_misspelt(check):
    check("""
        name: w
        jobs:
          - {name: a, command: x}  # torclint: ignore[unanchored-patern]
                                                      ^^^^^^^^^^^^^^^^^ TL006 did you mean unanchored-pattern
    """)


@pytest.mark.parametrize("word", ["ignore", "ignore[]", "ignore[ , ]", "ignore[TL403"])
def test_there_is_no_form_that_ignores_everything(word):
    (finding,) = check_sources(Source("spec.yaml", f"{HEAD}  - {{name: a, command: x}}  # torclint: {word}\n")).findings
    assert finding.code == "TL006"
    assert "# torclint: ignore[TL501]" in finding.help[0]


@pytest.mark.parametrize("word", ["noqa", "disable=TL403", "disable-line", "off", "ignore-file", "file-ignore[TL4]"])
def test_words_of_other_tools(word):
    (finding,) = check_sources(Source("spec.yaml", f"# torclint: {word}\n{HEAD}  - {{name: a, command: x}}\n")).findings
    assert (finding.code, finding.span.start) == ("TL006", 2)


def test_a_colon_that_is_missing(check):
    check("""
        name: w
        jobs:
          - {name: a, command: x}  # torclint ignore[TL403]
                                     ^^^^^^^^^^^^^^^ TL006 there is no colon after torclint
    """)


@pytest.mark.parametrize(
    "comment",
    [
        "# torclint: see docs",
        "# torclint ignore it",
        "# TORCLINT: well",
        "# checked by torclint: all fine",
        "# torclint",
    ],
)
def test_prose(comment, clean):
    clean(f"{comment}\n{HEAD}  - {{name: a, command: x}}\n")


def test_the_fix_removes_what_has_no_effect():
    text = f"# torclint: noqa\n{HEAD}  - {{name: a, command: x}}  # torclint: ignore[TL999]\n"
    findings = list(check_sources(Source("spec.yaml", text)).findings)
    edits = [edit for finding in findings for edit in finding.fix.edits]
    assert {finding.fix.applicability for finding in findings} == {"safe"}
    assert apply(text, edits) == f"{HEAD}  - {{name: a, command: x}}\n"


def test_the_fix_of_a_misspelt_name_is_unsafe():
    text = f"{HEAD}  - {{name: a, command: x}}  # torclint: ignore[unanchored-patern]\n"
    (finding,) = check_sources(Source("spec.yaml", text)).findings
    assert finding.fix.applicability == "unsafe"
    assert apply(text, finding.fix.edits) == text.replace("patern", "pattern")
