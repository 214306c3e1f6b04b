"""What holds for every rule that is registered: its examples are true, and it takes seriously what Torc refuses."""

from __future__ import annotations

import re
from importlib import import_module

import pytest

from torclint import Source, check, verify
from torclint.config.settings import Settings
from torclint.fix.both import mend
from torclint.fix.repairs.passes import Wishes
from torclint.rules import registry
from torclint.rules.base import ERROR, REJECTED, STUCK, Rule
from torclint.rules.documentation import documentation
from torclint.rules.selection import codes_of, selection_of
from torclint.syntax import parse

RULES = list(registry.all_rules())
ALL = Settings(selection_of(codes_of(["ALL"])))
FENCE = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)

every_rule = pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])


def sections(rule: Rule) -> dict[str, str]:
    """The text under each `##` heading of the rule's docstring."""
    parts = re.split(r"^## (.*)$", documentation(rule).text, flags=re.MULTILINE)
    assert not parts[0].strip(), "text before the first heading"
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def codes_in(section: str) -> list[set[str]]:
    """The codes that each fenced spec of a section brings up, opt-in rules included."""
    found = []
    for language, text in FENCE.findall(section):
        (report,) = check(Source(f"spec.{language}", text), settings=ALL).files
        found.append({finding.code for finding in report.findings})
    return found


@every_rule
def test_what_torc_refuses_is_an_error(rule):
    assert rule.effect not in (REJECTED, STUCK) or rule.severity == ERROR


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


fixable_rule = pytest.mark.parametrize(
    "rule", [rule for rule in RULES if rule.fixable], ids=[rule.name for rule in RULES if rule.fixable]
)


@fixable_rule
def test_fixing_every_example_of_a_fixable_rule_gives_what_to_use_instead(rule):
    """The text itself, or one that does the same."""
    parts = sections(rule)
    for (language, text), (_, instead) in zip(
        FENCE.findall(parts["Example"]), FENCE.findall(parts["Use instead"]), strict=True
    ):
        document = parse(text, language)
        wishes = Wishes(frozenset([rule.code]), unsafe=True)
        with_barriers = rule.code == "TL501"
        mended = mend(document, f"spec.{language}", ALL, wishes, with_barriers)
        assert mended.repaired is not None
        assert not mended.repaired.withheld
        assert mended.text != text
        assert rule.code not in codes_in(f"```{language}\n{mended.text}```")[0]
        both = Source(f"a.{language}", mended.text), Source(f"b.{language}", instead)
        assert mended.text == instead or verify(*both).is_proven


@every_rule
def test_only_fixable_rules_offer_edits(rule):
    for language, text in FENCE.findall(sections(rule)["Example"]):
        (report,) = check(Source(f"spec.{language}", text), settings=ALL).files
        offers = [finding.fix for finding in report.findings if finding.code == rule.code and finding.fix is not None]
        assert bool(offers) == rule.fixable
