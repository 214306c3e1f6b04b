"""Laws of safe repairs over random workflows with faults in random styles, against brute force."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fix.checker import load, yaml_comments
from tests.fix.workflows import workflows
from tests.fix.writing.json import json5_texts, json_texts
from tests.fix.writing.kdl import kdl_texts
from tests.fix.writing.yaml import yaml_texts
from tests.graph.oracle import NOTHING_NEW, REPEATED, model
from torclint.config.settings import Settings
from torclint.fix.comparison.workflow import without_nulls  # a field without a value is none to Torc
from torclint.fix.repairs.passes import Wishes, repair
from torclint.rules.base import SAFE
from torclint.rules.selection import codes_of, selection_of
from torclint.syntax import parse

ALL = codes_of(["ALL"])
EVERYTHING = Settings(selection_of(ALL))


@st.composite
def faulty(draw: st.DrawFn, kdl: bool) -> dict:
    """A workflow in which names stand twice and patterns add nothing."""
    spec = draw(workflows(kdl))
    for job in spec["jobs"]:
        for field in ("depends_on", "depends_on_regexes", "input_files", "output_files"):
            entries = job.get(field, [])
            if entries and draw(st.booleans()):
                entries.insert(draw(st.integers(0, len(entries))), draw(st.sampled_from(entries)))
        if job.get("depends_on") and draw(st.booleans()):
            job.setdefault("depends_on_regexes", []).append(f"^{job['depends_on'][0]}$")
    return spec


def laws(format, texts, examples):
    @given(st.data())
    @settings(max_examples=examples, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    def law(drawn):
        text = drawn.draw(texts(drawn.draw(faulty(format == "kdl"))))
        document = parse(text, format)
        found = repair(document, f"spec.{format}", EVERYTHING, Wishes(ALL))
        assert not found.failed
        before, after = (model(without_nulls(load(each, format))) for each in (text, found.text))
        assert after.jobs == before.jobs
        assert after.total == before.total
        assert after.refusals <= before.refusals
        again = repair(parse(found.text, format), f"spec.{format}", EVERYTHING, Wishes(ALL))
        assert (again.text, again.made) == (found.text, ())
        offers = [finding.fix for finding in found.state.findings if finding.fix and finding.fix.edits]
        assert len([offer for offer in offers if offer.applicability == SAFE]) == len(found.withheld)
        if not found.withheld:
            assert REPEATED not in after.refusals
            assert NOTHING_NEW not in after.refusals or NOTHING_NEW in before.refusals
        comments = sorted(document.text[span.start : span.end] for span in document.comments)
        assert sorted(found.text[span.start : span.end] for span in found.state.document.comments) == comments
        if format == "yaml":
            assert sorted(yaml_comments(found.text)) == sorted(yaml_comments(text))

    return law


test_yaml = laws("yaml", yaml_texts, 80)
test_json = laws("json", json_texts, 25)
test_json5 = laws("json5", json5_texts, 40)
test_kdl = laws("kdl", kdl_texts, 40)
