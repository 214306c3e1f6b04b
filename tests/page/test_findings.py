"""Findings: the gravest first, each beside its line, with the fix as a difference that can be told without colours."""

import pytest

TROUBLE = """\
name: w
description: d
jobs:
  - {name: a, command: "x"}
  - {name: b, command: "x", depends_on: [a, a]}
  - {name: "c_{i}", command: "y &", parameters: {i: "1:3"}}
"""


def test_by_rule_the_gravest_first(page_of):
    part = page_of(TROUBLE).one(id="findings")
    assert [rule.one("h3").words for rule in part.find(kind="rule")] == [
        "error TL203 repeated-reference 1 finding, rejected: Torc refuses the spec",
        "warning TL712 background-job 1 finding, surprise: it does something else than it seems to say",
    ]
    assert [rule["data-severity"] for rule in part.find(kind="rule")] == ["error", "warning"]
    assert [button.words for button in part.find("button")] == ["All 2", "1 error", "1 warning"]


def test_a_finding_beside_its_source(page_of):
    finding = page_of(TROUBLE).one(id="F1")
    assert finding.one("h4").words == "a stands twice in depends_on of b line 5"
    line, said = finding.one("pre").one(kind="line"), finding.one("pre").one(kind="said")
    assert line.one("mark").text == "a"
    assert "error" in line.one("mark").classes
    before = line.one("code").text.partition("[a, ")[0]
    assert said.text.index("remove") == len(before + "[a, ")


def test_the_fix_as_a_difference(page_of):
    finding = page_of(TROUBLE).one(id="F1")
    assert "torclint fix --select TL203 w.yaml" in finding.one(kind="fix").words
    changed = [row for row in finding.one("table", kind="diff").rows if row[2]]
    assert [row[:3] for row in changed] == [["5", "", "−"], ["", "5", "+"]]
    assert [row[3].endswith(end) for row, end in zip(changed, ("[a, a]}", "[a]}"), strict=True)] == [True, True]


def test_what_explain_says_is_there_without_a_network(page_of):
    explained = page_of(TROUBLE).find("details", kind="explained")[0]
    assert [heading.words for heading in explained.find("h4")][:2] == ["What it does", "Why"]
    assert explained.find("pre")


def test_where_a_finding_is_the_source_leads_back_to_it(page_of):
    page = page_of(TROUBLE)
    (dot,) = page.one(id="L5").one(kind="at").find("a")
    assert (dot["href"], dot["aria-label"]) == ("#F1", "error TL203: `a` stands twice in `depends_on` of b")


def test_other_places_are_shown_with_what_they_are(page_of):
    page = page_of("name: w\njobs:\n  - {name: a, command: x}\n\n\n  - {name: a, command: y}\n")
    excerpt = page.one(id="F1").one("pre")
    assert [line.one(kind="ln").words for line in excerpt.find(kind="line")] == ["3", "…", "6"]
    assert {mark["class"] for mark in excerpt.find("mark")} == {"error", "related"}


def test_many_findings_of_a_rule_are_counted(page_of):
    jobs = "".join(f"  - {{name: j{i}, command: x, depends_on: [none{i}]}}\n" for i in range(50))
    part = page_of(f"name: w\njobs:\n{jobs}").one(id="findings")
    assert len(part.find("article")) == 20
    assert "30 more of this rule are left out; torclint check w.yaml --select TL201 tells all." in part.words


def test_nothing_found(page_of):
    part = page_of("name: w\ndescription: d\njobs: [{name: a, command: x}]\n").one(id="findings")
    assert part.words == "Findings Nothing was found. Torc takes this spec as it is."


@pytest.mark.parametrize("text", ["jobs: [\n", "", "- 1\n", "name: w\njobs:\n  - {name: a, comand: x}\n"])
def test_a_spec_that_is_refused_has_findings_and_source_first(page_of, text):
    page = page_of(text)
    titles = [section.one("h2").words for section in page.find("section")]
    assert titles == ["Summary", "Findings", "Source", "Dependencies", "Graph", "Plan"]
    assert page.find("article")
    for name in ("dependencies", "graph", "plan"):
        assert "missing" in page.one(id=name).words
