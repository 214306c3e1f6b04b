"""Are two specs the same? Held against brute force on small random ones, and case by case."""

from __future__ import annotations

import copy
import json
from textwrap import dedent

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import torclint
from tests.fix.checker import looked_through
from tests.fix.workflows import workflows
from tests.fix.writing.kdl import kdl_texts
from tests.fix.writing.yaml import yaml_texts
from tests.graph.oracle import expand, model
from torclint import Source
from torclint.rules.thresholds import Thresholds

FIELDS = ("command", "priority", "cancel_on_blocking_job_failure", "resource_requirements")


def verdict(before: str, after: str, paths=("before.yaml", "after.yaml")):
    return torclint.verify(Source(paths[0], before), Source(paths[1], after))


@given(st.data())
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_spec_is_the_same_in_another_syntax_and_order(drawn):
    spec = drawn.draw(workflows(kdl=True))
    moved = {**spec, "jobs": drawn.draw(st.permutations(spec["jobs"]))}
    found = verdict(drawn.draw(yaml_texts(spec)), drawn.draw(kdl_texts(moved)), ("a.yaml", "b.kdl"))
    assert found.differences == ()
    assert found.new == ()


@given(st.data())
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_the_fix_does_is_proven_without_it(drawn):
    spec = drawn.draw(workflows())
    text = drawn.draw(yaml_texts(spec))
    fixed = torclint.fix(Source("a.yaml", text), thresholds=Thresholds(2, 1))
    found = verdict(text, fixed.text)
    if not fixed.refused:
        assert found.differences == ()
    assert {group.template.text for group in found.new} == {barrier.name for barrier in fixed.barriers}


@given(st.data())
@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_changes_are_found_as_brute_force_finds_them(drawn):
    before = drawn.draw(workflows())
    after = copy.deepcopy(before)
    for _ in range(drawn.draw(st.integers(0, 2))):
        drawn.draw(changed(after))
    one, other = model(before), model(after)
    assume(not one.refusals and not one.has_cycle)
    found = verdict(json.dumps(before), json.dumps(after), ("a.json", "b.json"))
    assert found.is_proven == (
        contents(before) == contents(after)
        and one.total == looked_through(other, set(other.jobs) - set(one.jobs))
        and not other.refusals
        and not other.has_cycle
        and is_taken_in_time(after, other.total)
    )
    for difference in found.differences:
        if difference.kind == "waits":
            pair = difference.job, difference.other
            assert (pair in one.total) != (pair in looked_through(other, set(other.jobs) - set(one.jobs)))


@st.composite
def changed(draw: st.DrawFn, spec: dict) -> None:
    """One change in place, which may make no difference."""
    jobs = spec["jobs"]
    job = draw(st.sampled_from(jobs))
    kind = draw(st.sampled_from(["drop", "write out", "anchor", "command", "between"]))
    patterns = job.get("depends_on_regexes", [])
    if kind == "drop" and patterns:
        patterns.pop()
    elif kind == "anchor" and patterns:
        patterns[0] = "^(?:" + patterns[0] + ")"
    elif kind == "write out" and "{i}" in job["name"]:
        place = jobs.index(job)
        jobs[place : place + 1] = [without_parameters(each) for each in expand(job)]
    elif kind == "command":
        job["command"] = draw(st.sampled_from([job["command"], "other"]))
    elif kind == "between" and patterns and not any(each["name"] == "between" for each in jobs):
        jobs.append({"name": "between", "command": "echo 'x' && date", "depends_on_regexes": patterns})
        job["depends_on_regexes"] = ["^between$"]
        for field in draw(st.sets(st.sampled_from(["labels", "priority"]))) & job.keys():
            jobs[-1][field] = job[field]


def is_taken_in_time(spec: dict, edges: set[tuple[str, str]]) -> bool:
    """Whether the same runners take the job in between as take those around it, and no later than those that wait."""
    jobs = {job["name"]: job for item in spec["jobs"] for job in expand(item)}
    waiting = [jobs[job] for job, other in edges if other == "between"]
    around = [*waiting, *(jobs[other] for job, other in edges if job == "between")]
    mine = jobs.get("between", {})
    return all(each.get("priority", 0) <= mine.get("priority", 0) for each in waiting) and all(
        set(each.get("labels", ())) == set(mine.get("labels", ())) for each in around
    )


def without_parameters(job: dict) -> dict:
    return {field: value for field, value in job.items() if field not in ("parameters", "i")}


def contents(spec: dict) -> dict:
    """What every job but the new one is; dependencies left out."""
    return {
        job["name"]: [job.get(field) for field in FIELDS]
        + [sorted(job.get(field, [])) for field in ("labels", "input_files", "output_files")]
        for item in spec["jobs"]
        for job in expand(item)
        if job["name"] != "between"
    } | {"actions": picked(spec)}


def picked(spec: dict) -> list:
    from torclint.names import rust_regex

    names = list(model(spec).jobs)
    return [
        sorted(filter(rust_regex.compile(pattern).is_match, names))
        for action in spec.get("actions", [])
        for pattern in action["job_name_regexes"]
    ]


BEFORE = """
    name: w
    jobs:
      # first
      - {name: "a_{i}", command: ls, parameters: {i: "1:1000000"}}
      - {name: "b_{i}", command: "ls {i}", depends_on_regexes: [^a_], parameters: {i: "1:1000000"}}
"""


def differences(before: str, after: str) -> list[str]:
    return [each.message for each in verdict(dedent(before), dedent(after)).differences]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("[^a_]", '["^a_.*0$"]', "b_1 no longer waits for a_1 (900,000,000,000 such pairs)"),
        ("[^a_]", '["^a_{i}$"]', "b_1 no longer waits for a_2 (999,999,000,000 such pairs)"),
        ("ls {i}", "ls -l {i}", "`command` of b_{i}: ls {i} -> ls -l {i}"),
        ("name: w", "name: v", "`name` of the workflow: w -> v"),
        (
            '{name: "b_{i}"',
            '{cancel_on_blocking_job_failure: false, name: "b_{i}"',
            "`cancel_on_blocking_job_failure` of b_{i}: true -> false",
        ),
        (
            '{name: "b_{i}"',
            '{resource_requirements: small, name: "b_{i}"',
            "`resource_requirements` of b_{i}: nothing -> small",
        ),
        ('"b_{i}"', '"c_{i}"', "the jobs of b_{i} are gone, or written in another way and too many to list"),
    ],
)
def test_what_differs_is_told(old, new, told):
    assert told in differences(BEFORE, BEFORE.replace(old, new))


def test_a_lost_comment_and_a_new_description_are_no_difference():
    found = verdict(dedent(BEFORE), dedent(BEFORE).replace("# first", "").replace("jobs:", "description: x\njobs:"))
    assert found.is_proven
    assert found.lost_comments == ("first",)


def between(fields: str) -> str:
    barrier = f"- {{name: done, depends_on_regexes: [^a_], {fields}}}\n      - {{name: "
    return BEFORE.replace("[^a_]", "[^done$]").replace('- {name: "b', barrier + '"b')


def test_a_light_job_between_is_no_difference():
    assert differences(BEFORE, between("command: \"echo 'a: 1,000,000 done' && date\"")) == []


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ("command: python check.py", "runs more than echo, printf, date or true"),
        ('command: "echo $(rm -rf x)"', "runs more than"),
        ('command: "echo x > /tmp/y"', "runs more than"),
        ('command: "true; exit 1"', "runs more than"),
        ("command: date, cancel_on_blocking_job_failure: false", "failures would not get past it"),
        ("command: date, failure_handler: h", "has a failure_handler"),
    ],
)
def test_a_job_between_that_is_not_light(fields, told):
    assert any(told in each for each in differences(BEFORE, between(fields)))


def test_a_job_between_that_only_some_wait_for():
    """A barrier that only one of the jobs waits for does not stand for the others."""
    small = BEFORE.replace("1000000", "3")
    after = small.replace("[^a_]", '["^done_{i}$"]').replace(
        '- {name: "b', '- {name: done_2, depends_on_regexes: [^a_], command: date}\n      - {name: "b'
    )
    found = differences(small, after)
    assert "b_1 no longer waits for a_1 (6 such pairs)" in found


def test_a_spec_that_is_refused():
    found = verdict(dedent(BEFORE), dedent(BEFORE).replace("[^a_]", "[^nobody_]"))
    assert [each.kind for each in found.differences] == ["waits", "refused"]
    found = verdict(dedent(BEFORE), dedent(BEFORE).replace('command: "ls {i}"', 'comand: "ls {i}"'))
    assert [each.message for each in found.differences] == ["Torc cannot load the spec as it is now"]
