"""The contract that every rule keeps."""

import re
from pathlib import Path

import pytest

import torclint.rules as package
from torclint.rules import registry
from torclint.rules.base import ERROR, INFO, REJECTED, SLOW, STUCK, STYLE, SURPRISE, UNREADY, WARNING, ReadingRule, Rule
from torclint.rules.documentation import documentation
from torclint.rules.registry import RULES, UnknownRule, find, load, reading_rules
from torclint.rules.selection import DEFAULT
from torclint.spec.decode import decode
from torclint.spec.model import Problem
from torclint.syntax import Span, parse

NOT_RULES = {"__init__", "apply", "base", "documentation", "offers", "registry", "selection", "thresholds", "within"}


def test_codes_and_names_are_unique_and_the_list_is_sorted():
    codes = [entry.code for entry in RULES]
    assert codes == sorted(set(codes))
    names = [name for entry in RULES for name in (entry.name, *entry.aliases)]
    assert len(set(names)) == len(names)


def test_every_module_of_a_rule_is_listed():
    modules = {path.stem for path in Path(package.__file__).parent.glob("*.py")} - NOT_RULES
    assert modules == {entry.name.replace("-", "_") for entry in RULES}


@pytest.mark.parametrize("entry", RULES, ids=lambda entry: entry.code)
def test_a_rule_is_what_the_list_says(entry):
    rule = load(entry)
    assert isinstance(rule, Rule)
    assert (rule.code, rule.name) == (entry.code, entry.name)
    assert isinstance(rule, ReadingRule) == entry.reading
    assert re.fullmatch(r"TL\d{3}", rule.code)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)
    assert rule.severity in (ERROR, WARNING, INFO)
    assert rule.effect in (REJECTED, STUCK, UNREADY, SLOW, SURPRISE, STYLE)
    assert re.fullmatch(r"\d+\.\d+", rule.since)


@pytest.mark.parametrize("entry", RULES, ids=lambda entry: entry.code)
def test_a_rule_is_documented(entry):
    page = documentation(load(entry))
    headings = re.findall(r"^## (.*)$", page.text, re.MULTILINE)
    expected = ["What it does", "Why", "Example", "Use instead"]
    assert headings == ([*expected, "Fix safety"] if page.fixable else expected)
    assert page.summary.endswith(".")


def test_rules_are_found_by_code_and_name():
    assert find("TL001") == find("tl001") == find("syntax-error") == find(" Syntax-Error ")


def test_rules_are_found_by_other_names():
    assert find("quadratic") == find("TL501")
    assert find("Too-Broad") == find("TL404")


def test_an_unknown_rule_is_told_with_names_that_have_the_word():
    with pytest.raises(UnknownRule, match="did you mean dependency-cycle or artifact-cycle"):
        find("cycle")


def test_an_unknown_rule_is_told_with_what_was_meant():
    with pytest.raises(UnknownRule, match="there is no rule syntaxerror; did you mean syntax-error"):
        find("syntaxerror")


def test_a_problem_without_a_rule_is_not_passed_over():
    workflow = decode(parse("{name: w, jobs: []}", "yaml"))
    workflow.problems = [Problem("syntax-error", "", Span(0, 0)), Problem("no-such-rule", "", Span(0, 0))]
    with pytest.raises(UnknownRule, match="no-such-rule"):
        reading_rules(workflow, DEFAULT)


def test_rules_are_loaded_only_where_the_spec_has_what_they_are_about():
    def loaded(text):
        workflow = decode(parse(text, "yaml"))
        return {rule.code for rule in registry.graph_rules(workflow, DEFAULT)}

    always = loaded("{name: w, jobs: [{name: a, command: x}]}")
    assert always == {entry.code for entry in RULES if not (entry.about or entry.reading or entry.opt_in)}
    with_action = "{name: w, jobs: [{name: a, command: x}], actions: [{trigger_type: t, action_type: a}]}"
    assert loaded(with_action) - always == {entry.code for entry in RULES if "actions" in entry.about}
    with_pattern = "{name: w, jobs: [{name: a, command: x, depends_on_regexes: [^b]}]}"
    about_patterns = {entry.code for entry in RULES if "jobs.depends_on_regexes" in entry.about and not entry.opt_in}
    assert loaded(with_pattern) - always == about_patterns


@pytest.mark.parametrize(
    ("jobs", "may_have"),
    [
        ("[{name: a, command: x, depends_on_regexes: [^p_]}]", False),
        ("[{name: a, command: x, depends_on_regexes: ['^a?b']}]", True),
        ("[{name: a, command: x, depends_on_regexes: ['^b|a']}]", True),
        ("[{name: a, command: x, depends_on_regexes: [b]}]", True),
        ("[{name: a, command: x, depends_on_regexes: [^p_]}, {name: b, command: x, depends_on: [a]}]", True),
        ("[{name: a, command: x, depends_on_regexes: [^p_]}, {name: b, command: x, depends_on_regexes: [^a]}]", True),
        ("[{name: 'a_{i}', command: x, parameters: {i: '1:3'}, depends_on_regexes: [^a]}]", False),
        ("[{name: a, command: x, depends_on: [b], depends_on_regexes: [^a]}]", False),
    ],
)
def test_rules_about_barriers_are_loaded_where_there_may_be_one(jobs, may_have):
    workflow = decode(parse(f"{{name: w, jobs: {jobs}}}", "yaml"))
    assert ("TL602" in {rule.code for rule in registry.graph_rules(workflow, DEFAULT)}) == may_have


def test_everything_that_a_rule_can_be_about_is_there():
    workflow = decode(parse("{name: w, jobs: [{name: a, command: x}]}", "yaml"))
    for part in {part for entry in RULES for part in entry.about if ":" not in part}:
        head, _, field = part.partition(".")
        items = getattr(workflow, head)
        assert not field or all(hasattr(item, field) for item in items)
