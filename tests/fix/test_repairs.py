"""Repairs: what is made, what is withheld and why, and that it comes to an end."""

from __future__ import annotations

from textwrap import dedent

import pytest

from tests.fix.conftest import sides
from torclint.config.settings import Settings
from torclint.fix.repairs.passes import Repaired, Wishes, repair
from torclint.rules.base import SAFE, FixOffer
from torclint.rules.loose_pattern import LoosePattern
from torclint.rules.selection import codes_of, selection_of
from torclint.syntax import Span, parse
from torclint.text.edits import Edit

ALL = codes_of(["ALL"])
EVERYTHING = Settings(selection_of(ALL))


def repaired(text: str, *codes: str, path: str = "spec.yaml", unsafe: bool = False) -> Repaired:
    document = parse(text, path.rpartition(".")[2])
    return repair(document, path, EVERYTHING, Wishes(codes_of(codes) if codes else ALL, unsafe))


def becomes(diff: str, *codes: str, path: str = "spec.yaml", unsafe: bool = False) -> Repaired:
    before, after = sides(diff)
    found = repaired(before, *codes, path=path, unsafe=unsafe)
    assert found.text == after
    assert (found.failed, found.withheld) == ("", ())
    again = repaired(after, *codes, path=path, unsafe=unsafe)
    assert (again.text, again.made) == (after, ())
    return found


def test_several_rules_in_several_passes():
    found = becomes(
        """
          name: w
          jobs:
            - {name: "prep_{i:03d}", command: "true", parameters: {i: "0:9"}}
            - name: b   # keep
              command: "true"
              depends_on:
                - c
        -       - c  # twice
        +       # twice
        -     depend_on_regexes: ["^prep_\\\\d+\\\\Z"]
        +     depends_on_regexes: ["^prep_\\\\d+\\\\z"]
            - {name: c, command: "true"}
        -   - {name: d, command: "true", depends_on: [c], depends_on_regexes: ["^c$"]}
        +   - {name: d, command: "true", depends_on: [c]}
        -   - {name: "e_{i}", command: "true", depends_on: ["prep_{i}"], parameters: {i: "0:9"}}
        +   - {name: "e_{i}", command: "true", depends_on: ["prep_{i:03d}"], parameters: {i: "0:9"}}
        """,
        "TL1", "TL2", "TL4",
        unsafe=True,
    )  # fmt: skip
    assert sorted(each.finding.code for each in found.made) == ["TL103", "TL201", "TL203", "TL401", "TL402"]


def test_only_safe_ones_without_being_asked_for_more():
    found = becomes("""
          name: w
          jobs:
        -   - {name: b, command: ls, depends_on: [c, c, cc]}
        +   - {name: b, command: ls, depends_on: [c, cc]}
            - {name: c, command: ls}
    """, "TL2")  # fmt: skip
    assert [each.finding.code for each in found.made] == ["TL203"]
    assert found.left_unsafe == 0 or found.left_unsafe == 1


@pytest.mark.parametrize("format", ["json", "json5", "kdl"])
def test_other_syntaxes(format):
    diff = {
        "json": """
              {"name": "w", "jobs": [
            -   {"name": "a", "command": "ls", "depends_on": ["b", "b"]},
            +   {"name": "a", "command": "ls", "depends_on": ["b"]},
                {"name": "b", "command": "ls"}
              ]}
        """,
        "json5": """
              {name: 'w', jobs: [
            -   {name: 'a', command: 'ls', depends_on: ['b', /* again */ 'b',]}, // one
            +   {name: 'a', command: 'ls', depends_on: ['b', /* again */]}, // one
                {name: 'b', command: 'ls'},
              ]}
        """,
        "kdl": """
              name w
              job a {
                command ls
                depends_on b // first
            -   depends_on b
              }
              job b { command ls }
        """,
    }[format]
    becomes(diff, "TL203", path=f"spec.{format}")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        # the pattern is an alias of another job's: nothing is offered
        ("""
            name: w
            jobs:
              - {name: a, command: ls, depends_on: &l [c, c]}
              - {name: b, command: ls, depends_on: *l}
              - {name: c, command: ls}
         """, "the edit would change other parts of the spec (an alias, or a key written twice)"),
        ("""
            name: w
            jobs:
              - {name: a, command: ls, depends_on: [c, c]}
              - {name: b, command: ls, depends_on_regexes: ["("]}
              - {name: c, command: ls, unknown: ls}
         """, "mend first what keeps Torc from loading the spec"),
    ],
)  # fmt: skip
def test_what_is_withheld_says_why(text, reason):
    text = dedent(text)
    found = repaired(text, "TL203")
    assert found.text == text
    assert {each.reason for each in found.withheld} == {reason}


def test_one_that_cannot_be_made_does_not_keep_the_others_from_it():
    text = """\
name: w
jobs:
  - {name: a, command: ls, depends_on: &l [c, c]}
  - {name: b, command: ls, depends_on: *l}
  - {name: d, command: ls, depends_on: [c, c]}
  - {name: c, command: ls}
"""
    found = repaired(text, "TL203")
    assert found.text == text.replace("depends_on: [c, c]", "depends_on: [c]")
    assert len(found.withheld) == 1


def test_a_fix_that_would_bring_up_something_else_is_withheld():
    text = """\
name: w
jobs:
  - {name: a, command: ls}
  - {name: b, command: ls, depends_on_regexes: ["^x\\\\Z", "^a$"]}
""".replace("\\\\", "\\").replace('"^x\\Z"', "'^x\\Z'")
    found = repaired(text, "TL401", unsafe=True)
    assert found.text == text
    assert found.withheld[0].reason.startswith("there would be a new finding: TL402")


def test_what_is_ignored_is_not_fixed():
    text = """\
name: w
jobs:
  # torclint: ignore[TL203] for a test
  - {name: a, command: ls, depends_on: [b, b]}
  - {name: b, command: ls}
"""
    assert repaired(text).text == text


def test_fixes_that_do_not_come_to_an_end_change_nothing(monkeypatch):
    def one_less(self, graph, thresholds):
        """A finding for each `!`, and a fix for the first."""
        text = graph.workflow.document.text
        for place in range(text.index("!"), len(text)):
            edits = (Edit(place, place + 1, ""),) if text[place - 1] != "!" else ()
            yield self.finding("x", Span(place, place + 1), fix=FixOffer(SAFE, "one less", "", edits))

    monkeypatch.setattr(LoosePattern, "check", one_less)
    text = 'name: w\njobs: [{name: a, command: ls}, {name: b, command: ls, depends_on_regexes: ["^a"]}]\nuser: x'
    found = repaired(text + "!" * 30, "TL408")
    assert (found.text, found.edits) == (text + "!" * 30, ())
    assert found.failed == "the fixes do not come to an end in 10 passes"


def test_a_hundred_repeated_names_in_one_list():
    names = ", ".join(["c"] * 100)
    text = f"name: w\njobs:\n  - {{name: a, command: ls, depends_on: [{names}]}}\n  - {{name: c, command: ls}}\n"
    found = repaired(text, "TL203")
    assert "depends_on: [c]}" in found.text
    assert found.failed == ""
