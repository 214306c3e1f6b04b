"""Laws of the fix over random workflows in which one barrier for each pattern would not be the best choice."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fix.intricate import intricate
from tests.fix.test_random_specs import check_laws
from tests.fix.writing.json import json5_texts
from tests.fix.writing.kdl import kdl_texts
from tests.fix.writing.yaml import yaml_texts

EXAMPLES = {"yaml": 150, "json5": 60, "kdl": 60}


def laws(format, texts):
    @given(st.data())
    @settings(
        max_examples=EXAMPLES[format],
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        print_blob=True,
    )
    def law(drawn):
        spec = drawn.draw(intricate(kdl=format == "kdl"))
        check_laws(drawn.draw(texts(spec)), spec, format)

    return law


test_yaml = laws("yaml", yaml_texts)
test_json5 = laws("json5", json5_texts)
test_kdl = laws("kdl", kdl_texts)
