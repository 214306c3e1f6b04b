"""Laws of the fix over random workflows in random styles, against a checker that shares no code with it."""

from __future__ import annotations

import json

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import torclint
from tests.fix.checker import check_fix, load
from tests.fix.workflows import workflows
from tests.fix.writing.json import json5_texts, json_texts
from tests.fix.writing.kdl import kdl_texts
from tests.fix.writing.yaml import yaml_texts
from torclint import Source
from torclint.rules.thresholds import Thresholds

ANY_GAIN = Thresholds(2, 1)
EXAMPLES = {"yaml": 250, "json": 60, "json5": 120, "kdl": 150}


def check_laws(text: str, spec: dict, format: str) -> None:
    path = f"spec.{format}"
    fixed = torclint.fix(Source(path, text), thresholds=ANY_GAIN)
    assert not fixed.failed
    if fixed.after is None:
        assert fixed.text == text
        return
    assert load(text, format).keys() == spec.keys()
    barriers = check_fix(text, fixed.text, format)
    assert len(fixed.barriers) == len(barriers)
    assert fixed.barriers or fixed.reused
    second = torclint.fix(Source(path, fixed.text), thresholds=ANY_GAIN)
    assert (second.text, second.after, second.refused, second.failed) == (fixed.text, None, (), "")


def laws(format, texts):
    @given(st.data())
    @settings(
        max_examples=EXAMPLES[format], deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
    )
    def law(drawn):
        spec = drawn.draw(workflows(kdl=format == "kdl"))
        check_laws(drawn.draw(texts(spec)), spec, format)

    return law


def whatever_the_style(format, texts, examples):
    """What is gained does not depend on how a spec is written, but for what aliases and `/-` tie together."""

    @given(st.data())
    @settings(max_examples=examples, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
    def law(drawn):
        spec = drawn.draw(workflows(kdl=format == "kdl"))
        text = drawn.draw(texts(spec))
        assume("&" not in text and "/-" not in text)
        plain, fixed = (
            torclint.fix(Source(f"spec.{ending}", each), thresholds=ANY_GAIN)
            for ending, each in (("json", json.dumps(spec)), (format, text))
        )
        assert [each.reason for each in fixed.withheld] == [each.reason for each in plain.withheld]
        assert (fixed.after or fixed.before).counts.total == (plain.after or plain.before).counts.total

    return law


test_any_yaml_is_fixed_as_well = whatever_the_style("yaml", yaml_texts, 60)
test_any_json5_is_fixed_as_well = whatever_the_style("json5", json5_texts, 40)
test_any_kdl_is_fixed_as_well = whatever_the_style("kdl", kdl_texts, 40)
test_yaml = laws("yaml", yaml_texts)
test_json = laws("json", json_texts)
test_json5 = laws("json5", json5_texts)
test_kdl = laws("kdl", kdl_texts)
