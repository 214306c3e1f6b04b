"""Laws of single edits over random workflows in random styles: the data change as they should, and no comment is lost."""

from __future__ import annotations

import copy

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fix.checker import load
from tests.fix.workflows import workflows
from tests.fix.writing.json import json5_texts, json_texts
from tests.fix.writing.kdl import kdl_texts
from tests.fix.writing.pen import numbers
from tests.fix.writing.yaml import yaml_texts
from torclint.syntax import parse
from torclint.syntax.insertion import CannotEdit, insert_before, remove_items, rename_key, replace_string, with_anchors
from torclint.text.edits import apply

TEXTS = {"yaml": yaml_texts, "json": json_texts, "json5": json5_texts, "kdl": kdl_texts}
LISTS = ("depends_on", "depends_on_regexes", "input_files", "output_files", "labels")
STRINGS = [
    "barrier",
    "^barrier_{i}$",
    "a b",
    r"^x\.y_\d+$",
    "yes",
    "1:3",
    "é✓",
    "it's",
    '"q"',
    "#",
    "- a",
    "a: b",
    "",
    " x",
    "a,b]",
]
REFUSED = {
    "yaml": ("alias", "anchor", "does not stand on a line of its own"),
    "json": ("not written plainly",),
    "json5": ("not written plainly",),
    "kdl": ("the node holds something else", "taken out by", "not written plainly"),
}


def law(format, examples, change, of_shared=False):
    """`change(draw, document, data)` gives edits, and makes of `data` what they should.

    `of_shared`: whether it says so for what aliases stand for, too.
    """

    @given(st.data())
    @settings(max_examples=examples, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    def law(drawn):
        spec = drawn.draw(workflows(format == "kdl"))
        text = drawn.draw(TEXTS[format](spec))
        document = parse(text, format)
        wanted = copy.deepcopy(load(text, format))
        try:
            edits = with_anchors(document, change(drawn.draw, document, wanted), LISTS)
        except CannotEdit as error:
            assert any(reason in str(error) for reason in REFUSED[format]), error
            return
        after = apply(text, edits)
        if of_shared or "&" not in text:
            assert load(after, format) == wanted
        assert sorted(numbers(after)) == sorted(numbers(text))
        comments = [
            [each.text[span.start : span.end] for span in each.comments] for each in (document, parse(after, format))
        ]
        assert sorted(comments[0]) == sorted(comments[1])

    return law


def removed(draw, document, wanted):
    place, field = draw(
        st.sampled_from([(n, f) for n, job in enumerate(wanted["jobs"]) for f in LISTS if f in job] or [(0, "")])
    )
    if not field:
        return []
    values = wanted["jobs"][place][field]
    gone = draw(st.sets(st.integers(0, len(values) - 1)))
    owner = document.root.get("jobs").items[place]
    edits = remove_items(document, owner, field, [owner.get(field).items[each] for each in sorted(gone)])
    values[:] = [value for number, value in enumerate(values) if number not in gone]
    if not values:
        del wanted["jobs"][place][field]
    return edits


def replaced(draw, document, wanted):
    place = draw(st.integers(0, len(wanted["jobs"]) - 1))
    owner, job = document.root.get("jobs").items[place], wanted["jobs"][place]
    new = draw(st.sampled_from(STRINGS))
    field = draw(st.sampled_from([field for field in job if isinstance(job[field], (str, list))]))
    if isinstance(job[field], str):
        job[field] = new
        return [replace_string(document, owner.get(field), new)]
    number = draw(st.integers(0, len(job[field]) - 1))
    job[field][number] = new
    return [replace_string(document, owner.get(field).items[number], new)]


def renamed(draw, document, wanted):
    place = draw(st.integers(0, len(wanted["jobs"]) - 1))
    job = wanted["jobs"][place]
    if document.format == "kdl" or "depends_on_regexes" not in job or "depends_on" in job:
        return []
    job["depends_on"] = job.pop("depends_on_regexes")
    return [rename_key(document, document.root.get("jobs").items[place].key("depends_on_regexes"), "depends_on")]


def inserted(draw, document, wanted):
    field = draw(st.sampled_from([each for each in ("jobs", "resource_requirements") if each in wanted]))
    place = draw(st.integers(0, len(wanted[field]) - 1))
    strings = st.sampled_from(STRINGS[:-4])
    fields = [
        ("name", draw(strings)),
        ("command", draw(strings)),
        ("depends_on_regexes", draw(st.lists(strings, min_size=1))),
    ]
    if field == "resource_requirements":
        fields = [("name", draw(strings)), ("num_cpus", 1), ("memory", "100m"), ("runtime", "PT1M")]
    elif document.format != "kdl":
        fields.append(("priority", 3))
    wanted[field].insert(place, dict(fields))
    if document.format == "kdl" and field == "jobs":
        wanted[field][place]["depends_on_regexes"] = fields[2][1][:1]
        fields[2] = ("depends_on_regexes", fields[2][1][:1])
    return [insert_before(document, field, document.root.get(field).items[place], fields)]


test_removal_in_yaml = law("yaml", 60, removed, of_shared=True)
test_removal_in_json = law("json", 20, removed)
test_removal_in_json5 = law("json5", 40, removed)
test_removal_in_kdl = law("kdl", 40, removed)
test_replacement_in_yaml = law("yaml", 60, replaced)
test_replacement_in_json5 = law("json5", 30, replaced)
test_replacement_in_kdl = law("kdl", 30, replaced)
test_renaming_in_yaml = law("yaml", 40, renamed)
test_renaming_in_json5 = law("json5", 20, renamed)
test_insertion_in_yaml = law("yaml", 80, inserted)
test_insertion_in_json = law("json", 20, inserted)
test_insertion_in_json5 = law("json5", 60, inserted)
test_insertion_in_kdl = law("kdl", 60, inserted)
