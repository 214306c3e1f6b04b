"""Comments that ignore findings: where they may stand, and what they cover."""

from __future__ import annotations

from textwrap import dedent

import pytest

from torclint import Source, check
from torclint.config.settings import Settings
from torclint.rules.selection import codes_of, selection_of
from torclint.text.edits import apply

ONLY = Settings(selection_of(codes_of(["TL0", "TL403"])))


def found(text: str, path: str = "spec.yaml", settings: Settings = ONLY) -> list[str]:
    """`line: code` of every finding."""
    (file,) = check(Source(path, dedent(text).lstrip("\n")), settings=settings).files
    return [f"{file.lines.position(finding.span.start).line}: {finding.code}" for finding in file.findings]


BEFORE = """
    name: w
    jobs:
      - {name: "stage1_{i}", command: "true", parameters: {i: "1:3"}}
      - {name: my_stage1_test, command: "true"}
"""


def test_without_a_comment_it_is_found():
    assert found(BEFORE + '      - {name: a, command: x, depends_on_regexes: ["stage1"]}\n') == ["5: TL403"]


@pytest.mark.parametrize(
    "item",
    [
        """
      - name: a  # torclint: ignore[TL403] on the first line of the item
        command: x
        depends_on_regexes: ["stage1"]
        """,
        """
      - name: a
        command: x
        depends_on_regexes: ["stage1"]  # torclint: ignore[TL403] on the line
        """,
        """
      - name: a
        # torclint: ignore[TL403] inside the item
        command: x
        depends_on_regexes: ["stage1"]
        """,
        """
      - name: a
        depends_on_regexes: ["stage1"]
        command: x
        # torclint: ignore[TL403] inside, at its end
        """,
        """
      # torclint: ignore[TL403] above the item
      - name: a
        command: x
        depends_on_regexes: ["stage1"]
        """,
        """
      # torclint: ignore[TL403] above the item
      # and above another comment

      - name: a
        command: x
        depends_on_regexes: ["stage1"]
        """,
        """
      - # torclint: ignore[TL403] between the dash and the item
        name: a
        command: x
        depends_on_regexes: ["stage1"]
        """,
        """
      - {name: a, command: x, depends_on_regexes: ["stage1"]}  # torclint: ignore[TL403] behind it
        """,
        """
      - {name: a, command: x, depends_on_regexes: ["stage1"]}  # see #12  # torclint: ignore[unanchored-pattern]
        """,
        """
      - {name: a, command: x, depends_on_regexes: ["stage1"]}  # torclint:ignore [ TL403 ,TL601, ]
        """,
        """
      - {name: a, command: x, depends_on_regexes: ["stage1"]}  # Torclint: Ignore[tl403]
        """,
    ],
)
def test_a_comment_covers_the_item(item):
    assert [one for one in found(BEFORE + item) if "TL403" in one] == []


@pytest.mark.parametrize(
    "item",
    [
        """
      # torclint: ignore[TL403] above another item
      - {name: b, command: x}
      - {name: a, command: x, depends_on_regexes: ["stage1"]}
        """,
        """
      - name: b
        command: x  # torclint: ignore[TL403] inside another item
      - {name: a, command: x, depends_on_regexes: ["stage1"]}
        """,
        """
      - {name: a, command: x, depends_on_regexes: ["stage1"]}
      # torclint: ignore[TL403] after the last item, and not in it
        """,
        """
      - {name: a, command: "# torclint: ignore[TL403]", depends_on_regexes: ["stage1"]}
        """,
        """
      - {name: a, command: x, depends_on_regexes: ["stage1"]}  # torclint speaks of ignore[TL403] elsewhere
        """,
    ],
)
def test_a_comment_covers_nothing_else(item):
    assert "TL403" in " ".join(found(BEFORE + item))


def test_above_a_list_it_covers_the_line_with_its_key_only():
    text = BEFORE.replace("    jobs:", "    # torclint: ignore[TL403]\n    jobs:")
    assert "TL403" in " ".join(found(text + '      - {name: a, command: x, depends_on_regexes: ["stage1"]}\n'))


def test_json5():
    text = """
    {name: "w", jobs: [
      {name: "stage1_1", command: "x"},
      {name: "my_stage1_test", command: "x"},
      // torclint: ignore[TL403] meant
      {name: "a", command: "x", depends_on_regexes: ["stage1"]},
      {name: "b", command: "x", depends_on_regexes: ["stage1"]}, // torclint: ignore[TL403] meant
      {
        name: "c", command: "x",
        /* torclint: ignore[TL403] meant */
        depends_on_regexes: ["stage1"],
      },
    ]}
    """
    assert found(text, "spec.json5") == []
    assert found(text.replace("torclint:", "tool:"), "spec.json5") == ["5: TL403", "6: TL403", "10: TL403"]


def test_kdl():
    text = """
    name "w"
    job "stage1_1" { command "x"; }
    job "my_stage1_test" { command "x"; }
    // torclint: ignore[TL403] meant
    job "a" {
        command "x"
        depends_on_regexes "stage1"
    }
    job "b" {
        command "x"
        depends_on_regexes "stage1" // torclint: ignore[TL403] meant
    }
    job "c" {
        // torclint: ignore[TL403] meant
        command "x"
        depends_on_regexes "stage1"
    }
    """
    assert found(text, "spec.kdl") == []
    assert found(text.replace("torclint:", "tool:"), "spec.kdl") == ["7: TL403", "11: TL403", "16: TL403"]


def test_all_ignores_can_be_passed_over():
    text = BEFORE + '      - {name: a, command: x, depends_on_regexes: ["stage1"]}  # torclint: ignore[TL403]\n'
    assert found(text, settings=ONLY._replace(ignores_on=False)) == ["5: TL403"]


def test_a_comment_that_covers_two_rules_is_used_by_each_of_them():
    text = BEFORE + '      - {name: a, command: x, depends_on_regexes: ["stage1"]}  # torclint: ignore[TL403, TL403]\n'
    assert found(text) == []


MERGED = """
    name: w
    jobs:
      - {name: "p_{i}", command: x, parameters: {i: "1:200"}}
      - {name: "q_{i}", command: x, parameters: {i: "1:200"}, depends_on_regexes: ["^p_"]}  # Q
      - {name: "r_{i}", command: x, parameters: {i: "1:200"}, depends_on_regexes: ["^p_"]}  # R
"""
IGNORE = "torclint: ignore[TL501]"
BARRIERS = Settings(selection_of(codes_of(["TL0", "TL501"])))


@pytest.mark.parametrize(
    ("q", "r", "left"),
    [
        ("Q", "R", ["4: TL501"]),
        (IGNORE, "R", ["5: TL501"]),  # what nobody has said anything about is still told
        ("Q", IGNORE, ["4: TL501"]),
        (IGNORE, IGNORE, []),
    ],
)
def test_a_finding_about_several_jobs_is_ignored_where_all_of_them_are(q, r, left):
    text = MERGED.replace("# Q", f"# {q}").replace("# R", f"# {r}")
    assert found(text, settings=BARRIERS) == left


def test_the_same_through_files():
    spec = """
        name: w
        files: [{name: "f_{i}", path: "f_{i}", parameters: {i: "1:200"}}]
        jobs:
          - {name: "p_{i}", command: x, parameters: {i: "1:200"}, output_files: ["f_{i}"]}
          - {name: "q_{i}", command: x, parameters: {i: "1:200"}, input_file_regexes: ["^f_"]}  # torclint: ignore[TL509]
          - {name: "r_{i}", command: x, parameters: {i: "1:200"}, input_file_regexes: ["^f_"]}
    """
    settings = Settings(selection_of(codes_of(["TL0", "TL509"])))
    assert found(spec, settings=settings) == ["6: TL509"]


TWO = BEFORE + '      - {name: a, command: x, depends_on_regexes: ["stage1"]}  # %s\n'


@pytest.mark.parametrize(
    ("comment", "left"),
    [
        ("torclint: ignore[TL403] meant so; torclint: ignore[TL501] these too", ["5: TL005"]),  # no TL501 here
        ("torclint: ignore[TL501] these too; torclint: ignore[TL403] meant so", ["5: TL005"]),
        ("torclint: ignore[TL403] meant so; torclint: ignore", ["5: TL006"]),
        ("torclint: ignore[TL403] meant so; torclint: ignore-file[TL501]", []),
    ],
)
def test_a_comment_may_say_several_things(comment, left):
    assert found(TWO % comment, settings=Settings(selection_of(codes_of(["TL0", "TL403", "TL501"])))) == left


@pytest.mark.parametrize(
    ("comment", "left"),
    [
        ("torclint: ignore[TL501] x; torclint: ignore[TL403] y", "torclint: ignore[TL403] y"),
        ("torclint: ignore[TL403] y; torclint: ignore[TL501] x", "torclint: ignore[TL403] y"),
    ],
)
def test_of_two_the_one_that_is_of_no_use_goes(comment, left):
    text = dedent(TWO % comment).lstrip("\n")
    (file,) = check(
        Source("spec.yaml", text), settings=Settings(selection_of(codes_of(["TL0", "TL403", "TL501"])))
    ).files
    (unused,) = file.findings
    assert unused.fix is not None
    assert apply(text, unused.fix.edits) == dedent(TWO % left).lstrip("\n")
