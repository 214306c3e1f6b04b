import json
from textwrap import dedent

import pytest

SPEC = """\
name: w
jobs:
  - {name: "stage1_{i}", command: "true", parameters: {i: "1:30"}}
  - {name: my_stage1_test, command: "true"}
  - {name: Stage1_old, command: "true"}
"""


@pytest.fixture(autouse=True)
def spec(tmp_path):
    (tmp_path / "w.yaml").write_text(SPEC)


def test_a_pattern_alone(torclint):
    told = "^stage1_   is valid in Torc; anchored at the start, anything may follow\n"
    assert torclint("regex", "^stage1_") == (0, told, "")


def test_what_it_matches_group_by_group(torclint):
    code, out, _ = torclint("regex", "^stage1_1", "w.yaml")
    assert code == 0
    assert out == dedent("""\
        ^stage1_1   is valid in Torc; anchored at the start, anything may follow

        matches 11 of 32 jobs
          stage1_{i}      11 of 30  stage1_1, stage1_10, stage1_11   not stage1_2
          my_stage1_test    0 of 1  -
          Stage1_old        0 of 1  -
    """)


def test_near_misses(torclint):
    out = torclint("regex", "^stage1_", "w.yaml").out
    assert "without ^ it would match as well: 1 (my_stage1_test)\n" in out
    assert "in any case, (?i) it would match as well: 1 (Stage1_old)\n" in out


def test_names_that_match_only_in_their_middle(torclint):
    out = torclint("regex", "stage1_", "w.yaml").out
    assert "not anchored: it also matches in the middle of names" in out
    assert "with ^ it would no longer match: 1 (my_stage1_test)\n" in out


@pytest.mark.parametrize(
    ("pattern", "instead"),
    [
        ("a(?=b)", "there is no look-ahead"),
        (r"a\Z", r"write \z"),
        ("a{,3}", "write {0,n}"),
        ("job_{i}", "no parameter of the job has this name"),
        (r"(a)\1", "there are no back-references"),
        ("(?>a)", "write (?:...)"),
        (r"\w{300}", "use smaller repetitions"),
    ],
)
def test_what_to_write_instead_of_a_construct_that_torc_lacks(torclint, pattern, instead):
    code, out, _ = torclint("regex", pattern)
    assert code == 2
    assert "not valid in Torc: " in out
    assert instead in out


def test_the_caret_stands_under_the_place(torclint):
    assert torclint("regex", "ab(").out == "ab(\n  ^\nnot valid in Torc: unclosed group\n"


def test_a_pattern_that_matches_no_job(torclint):
    assert torclint("regex", "^none", "w.yaml").code == 1


def test_json(torclint):
    plain = json.loads(torclint("regex", "--format", "json", "^stage1_1", "w.yaml").out)
    assert plain["matches"] == 11
    assert plain["anchored"] == {"start": True, "end": False}
    assert plain["groups"][0] == {
        "name": "stage1_{i}",
        "jobs": 30,
        "matches": 11,
        "examples": ["stage1_1", "stage1_10", "stage1_11"],
        "counterexamples": ["stage1_2", "stage1_3", "stage1_4"],
    }
    assert json.loads(torclint("regex", "--format", "json", "(").out)["valid"] is False


def test_a_trillion_names(torclint, tmp_path):
    large = SPEC.replace('stage1_{i}", command: "true", parameters: {i: "1:30"}', 'a_{i}_{j}", command: "true", '
                         'parameters: {i: "1:1000000", j: "1:1000000"}')  # fmt: skip
    (tmp_path / "large.yaml").write_text(large)
    assert "matches 111,112,000,000 of 1,000,000,000,002 jobs\n" in torclint("regex", "^a_1", "large.yaml").out


def test_a_spec_that_is_not_there(torclint):
    assert torclint("regex", "a", "none.yaml") == (2, "", "torclint: none.yaml: no such file\n")
