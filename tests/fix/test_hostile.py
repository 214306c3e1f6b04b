"""Texts that editing by machine is known to break: each is changed and proven, or left alone for a reason that is told."""

# ruff: noqa: E501  texts on one line are what some of the tests are about
from __future__ import annotations

import pytest

import torclint
from tests.fix.test_repairs import ALL, EVERYTHING
from torclint import Source, verify
from torclint.fix.repairs.passes import Wishes, repair
from torclint.rules.thresholds import Thresholds
from torclint.syntax import parse

A = '{name: "a_{i}", command: ls, parameters: {i: "1:9"}}'
B = 'name: "b_{i}", command: ls, parameters: {i: "1:9"}'
OTHER_PARTS = "the edit would change or leave other parts of the spec (an alias, or a key written twice)"

CASES: dict[str, str] = {
    "a list with an anchor": """\
name: w
jobs:
- {name: "a_{i}", command: ls, parameters: &p {i: "1:9"}}
- {name: "b_{i}", command: ls, parameters: *p, depends_on_regexes: &r [^a_]}
- {name: "c_{i}", command: ls, parameters: *p, depends_on_regexes: *r}
""",
    "a merge key where Torc keeps it": f"name: w\nmetadata:\n  <<: {{a: 1}}\njobs:\n- {A}\n- {{{B}, depends_on_regexes: [^a_]}}\n",
    "flow over several lines": """\
name: w
jobs: [
  {name: "a_{i}", command: ls,
   parameters: {i: "1:9"}}, # one
  {name: "b_{i}",
    command: ls, # two, with a comma
    depends_on_regexes: [ # three
      ^a_ # four
    ], parameters: {i: "1:9"}
  } # five
  ]
""",
    "everything on one line": f"{{name: w, jobs: [{A},{{{B}, depends_on_regexes: [^a_]}}]}}",
    "windows": 'name: w\r\njobs:\r\n- ' + A + "\r\n# x\r\n\r\n- {" + B + ", depends_on_regexes: [^a_]}\t# tab\r\n",
    "old macs": "name: w\rjobs:\r- " + A + "\r- {" + B + ", depends_on_regexes: [^a_]}\r",
    "a block scalar that ends like a comment": """\
name: w
jobs:
- name: "a_{i}"
  parameters: {i: "1:9"}
  command: |
    ls
    # not a comment
- name: "b_{i}"
  depends_on_regexes: [^a_]
  parameters: {i: "1:9"}
  command: >-
    ls

    # no comment
""",
    "a block scalar that keeps its line breaks": """\
name: w
jobs:
- name: "a_{i}"
  parameters: {i: "1:9"}
  command: |+ # kept
    ls


# for b
- name: "b_{i}"
  depends_on_regexes: [^a_]
  parameters: {i: "1:9"}
  command: |2+
     ls


""",
    "document marks": f"%YAML 1.2\n--- # start\nname: w\njobs:\n- {A}\n- {{{B}, depends_on_regexes: [^a_]}}\n... # end\n# after\n",
    "a document mark on the line": f"--- {{name: w, jobs: [{A},\n{{{B}, depends_on_regexes: [^a_]}}]}}\n...\n",
    "a list that is written twice": f"name: w\njobs: []\njobs:\n- {A}\n- {{{B}, depends_on_regexes: [^a_]}}\n",
    "a line of a million characters": f"name: w # {'x' * 1_000_000}\njobs:\n- {A}\n- {{{B}, depends_on_regexes: [^a_]}}",
    "not ASCII": f'name: w\njobs:\n- {A} # ünï 🎉\n# 🎉\n- {{{B}, depends_on_regexes: ["^a_"], env: {{X: "𝒳"}}}} # ✓\n',
    "explicit keys": """\
name: w
jobs:
- ? name
  : "a_{i}"
  ? command
  : ls
  ? parameters
  : {i: "1:9"}
- ? name
  : "b_{i}"
  ? command
  : ls
  ? depends_on_regexes
  : - ^a_
  ? parameters
  : {i: "1:9"}
""",
    "tags": f'name: w\njobs: !!seq\n- !!map {A}\n- !!map\n  {{{B}, depends_on_regexes: !!seq [!!str ^a_]}}\n',
    "dashes on lines of their own": """\
name: w
jobs:
-
  name: "a_{i}"
  command: ls
  parameters: {i: "1:9"}
-  # c
  name: "b_{i}"
  command: ls
  parameters: {i: "1:9"}
  depends_on_regexes:
  -
   ^a_
""",
    "blanks at the ends of lines": f"name: w\njobs:   \n- {A}   \n   \n\n- {{{B}, depends_on_regexes:   [   ^a_   ]   }}   \n   \n",
}  # fmt: skip

WITHHELD = {
    "an anchor that something else uses": (
        f"name: w\njobs:\n- {A}\n- {{{B}, depends_on_regexes: [&r ^a_]}}\nmetadata: {{x: *r}}\n",
        "the anchor `&r` would go, and is used elsewhere",
    ),
    "a key that is written twice": (
        f"name: w\njobs:\n- {A}\n- {{{B}, depends_on_regexes: [zz], depends_on_regexes: [^a_]}}\n",
        OTHER_PARTS,
    ),
}

LOOSE = ("[^a_]", "- ^a_", '["^a_"]', "!!str ^a_", "      ^a_", "   ^a_")


def comments(text: str) -> list[str]:
    document = parse(text, "yaml")
    return sorted(document.text[span.start : span.end] for span in document.comments)


@pytest.mark.parametrize("name", CASES)
def test_barriers(name):
    text = CASES[name]
    fixed = torclint.fix(Source("a.yaml", text), thresholds=Thresholds(2, 1))
    assert fixed.after is not None
    assert verify(Source("a.yaml", text), Source("b.yaml", fixed.text)).is_proven
    assert comments(fixed.text) == comments(text)
    assert torclint.fix(Source("a.yaml", fixed.text), thresholds=Thresholds(2, 1)).after is None


@pytest.mark.parametrize("name", WITHHELD)
def test_what_is_withheld(name):
    text, reason = WITHHELD[name]
    fixed = torclint.fix(Source("a.yaml", text), thresholds=Thresholds(2, 1))
    assert (fixed.text, fixed.after) == (text, None)
    assert [each.reason for each in fixed.withheld] == [reason]


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize(
    ("old", "new"),
    [("^a_", "a_"), ("depends_on_regexes", "depend_on_regexes"), ("[^a_]", "[^a_, ^a_]"), ("[^a_]", "[^a_,\n   ^a_ ]")],
    ids=["not anchored", "misspelt", "twice", "on two lines"],
)
def test_repairs(name, old, new):
    text = CASES[name]
    if old not in text:
        pytest.skip("no such place")
    faulty = text.replace(old, new, 1)
    found = repair(parse(faulty, "yaml"), "a.yaml", EVERYTHING, Wishes(ALL, unsafe=True))
    assert found.failed == ""
    assert comments(found.text) == comments(faulty)
    if found.withheld:
        assert name == "a list with an anchor"
        assert {each.reason for each in found.withheld} == {OTHER_PARTS.replace("change or leave", "change")}
        return
    assert found.made
    assert verify(Source("a.yaml", text), Source("b.yaml", found.text)).is_proven
