"""What holds for every rule that is registered: its place, its documentation, and that its examples are true."""

from __future__ import annotations

import re
from importlib import import_module

import pytest

from torclint import Source, check
from torclint.rules import registry
from torclint.rules.base import ERROR, INFO, REJECTED, SLOW, STUCK, STYLE, SURPRISE, UNREADY, WARNING, Rule
from torclint.rules.documentation import documentation

RULES = list(registry.all_rules())
HEADINGS = ["What it does", "Why", "Example", "Use instead"]
FENCE = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)

every_rule = pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])


def sections(rule: Rule) -> dict[str, str]:
    """The text under each `##` heading of the rule's docstring."""
    parts = re.split(r"^## (.*)$", documentation(rule).text, flags=re.MULTILINE)
    assert not parts[0].strip(), "text before the first heading"
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def codes_in(section: str) -> list[set[str]]:
    """The codes that each fenced spec of a section brings up."""
    found = []
    for language, text in FENCE.findall(section):
        (report,) = check(Source(f"spec.{language}", text)).files
        found.append({finding.code for finding in report.findings})
    return found


def test_codes_are_unique_and_in_order():
    codes = [entry.code for entry in registry.RULES]
    assert codes == sorted(set(codes))


def test_names_are_unique():
    names = [entry.name for entry in registry.RULES]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("entry", registry.RULES, ids=[entry.name for entry in registry.RULES])
def test_an_entry_leads_to_its_rule_and_back(entry):
    rule = registry.load(entry)
    assert (rule.code, rule.name) == entry[:2]
    assert re.fullmatch(r"TL\d{3}", rule.code)
    assert type(rule).__module__ == "torclint.rules." + rule.name.replace("-", "_")
    assert registry.find(rule.name) is registry.find(rule.code.lower()) is entry


@every_rule
def test_severity_and_effect_are_of_the_known_ones(rule):
    assert rule.severity in (ERROR, WARNING, INFO)
    assert rule.effect in (REJECTED, STUCK, UNREADY, SLOW, SURPRISE, STYLE)


@every_rule
def test_what_torc_refuses_is_an_error(rule):
    assert rule.effect not in (REJECTED, STUCK) or rule.severity == ERROR


@every_rule
def test_the_documentation_has_its_parts(rule):
    told = documentation(rule)
    assert told.summary.endswith(".")
    assert "\n" not in told.summary
    headings = [*HEADINGS, "Fix safety"] if rule.fixable else HEADINGS
    assert [heading for heading in sections(rule) if heading in headings] == headings
    assert all(text.strip() for text in sections(rule).values())


@every_rule
def test_the_module_says_what_it_holds(rule):
    assert import_module(type(rule).__module__).__doc__


@every_rule
def test_every_example_triggers_the_rule(rule):
    found = codes_in(sections(rule)["Example"])
    assert found
    assert all(rule.code in codes for codes in found)


@every_rule
def test_no_use_instead_triggers_the_rule(rule):
    found = codes_in(sections(rule)["Use instead"])
    assert found
    assert all(rule.code not in codes for codes in found)


@every_rule
def test_what_to_use_instead_is_not_refused(rule):
    for language, text in FENCE.findall(sections(rule)["Use instead"]):
        (report,) = check(Source(f"spec.{language}", text)).files
        assert [finding for finding in report.findings if finding.effect in (REJECTED, STUCK)] == []


def test_an_unknown_rule_is_told_with_one_that_looks_like_it():
    with pytest.raises(registry.UnknownRule, match="quadratic-dependencies"):
        registry.find("quadratic-dependency")
