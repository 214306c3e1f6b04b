"""Barriers that are there already: told by what they do, and used."""

import torclint
from torclint import Source
from torclint.api import load
from torclint.checking.one import UNCONFIGURED
from torclint.fix.both import insert_wanted
from torclint.rules.thresholds import Thresholds

SPEC = r"""
name: w
jobs:
  - {{name: "prep_{{i}}", command: "python prep.py", parameters: {{i: "1:100"}}}}
  - {{name: prep_done, command: "{command}", depends_on_regexes: ['^prep_\d'], {more}}}
  - {{name: "work_{{i}}", command: "python work.py", depends_on_regexes: ['{pattern}'], parameters: {{i: "1:100"}}}}
  - {{name: report, command: "python report.py", depends_on: [prep_done]}}
"""


def spec(command="echo done", more="priority: 0", pattern="^prep_"):
    return SPEC.format(command=command, more=more, pattern=pattern)


def test_who_waits_for_a_barrier_and_all_before_it_waits_for_the_barrier_alone():
    fixed = torclint.fix(Source("a.yaml", spec()))
    assert fixed.text == spec().replace("depends_on_regexes: ['^prep_']", "depends_on: ['prep_done']")
    assert (fixed.reused, fixed.barriers) == (("prep_done",), ())
    assert (fixed.before.counts.total, fixed.after.counts.total) == (10_201, 201)


def test_a_job_with_work_of_its_own_is_no_barrier():
    fixed = torclint.fix(Source("a.yaml", spec(command="python done.py")))
    assert (fixed.reused, len(fixed.barriers)) == ((), 1)


def test_a_job_that_hides_failures_is_no_barrier():
    fixed = torclint.fix(Source("a.yaml", spec(more="cancel_on_blocking_job_failure: false")))
    assert (fixed.reused, len(fixed.barriers)) == ((), 1)


def test_who_does_not_wait_for_a_barrier_yet_gets_one_of_its_own():
    fixed = torclint.fix(Source("a.yaml", spec(pattern=r"^prep_\d+$")))
    assert (fixed.reused, [barrier.name for barrier in fixed.barriers]) == ((), ["barrier_prep_complete"])


def test_or_waits_for_that_one_where_unsafe_changes_are_wanted():
    graph = load(Source("a.yaml", spec(pattern=r"^prep_\d+$")))
    fixed = insert_wanted(graph, "a.yaml", UNCONFIGURED, newly=True)
    assert (fixed.reused, fixed.barriers, fixed.after.counts.total) == (("prep_done",), (), 201)


def test_a_barrier_of_the_spec_may_wait_for_a_new_one_like_everyone_else():
    text = """
name: w
jobs:
  - {name: "load_{i}", command: ls, parameters: {i: "1:40"}}
  - {name: "x_{i}", command: ls, depends_on_regexes: ["^load_"], parameters: {i: "1:60"}}
  - {name: all_done, command: echo done, depends_on_regexes: ["^(load|x)_"]}
  - {name: "y_{i}", command: ls, depends_on_regexes: ["^(load|x)_"], parameters: {i: "1:60"}}
"""
    fixed = torclint.fix(Source("a.yaml", text), thresholds=Thresholds(2, 1))
    assert [(each.name, each.consumers, each.waits) for each in fixed.barriers] == [
        ("barrier_load_complete", 60, 40),
        ("barrier_load_and_x_complete", 61, 100),
    ]


def test_one_that_is_waited_for_already_is_not_named_again():
    text = """
name: w
jobs:
  - {name: "load_{i}", command: ls, parameters: {i: "1:9"}}
  - {name: prep_done, command: echo done, depends_on_regexes: ['^load_\\d+$']}
  - {name: "prep_{i}", command: ls, parameters: {i: "1:9"}}
  - {name: last, command: ls, depends_on_regexes: ["^prep_", "^load_"]}
"""
    fixed = torclint.fix(Source("a.yaml", text), thresholds=Thresholds(2, 1))
    assert fixed.text == text.replace('["^prep_", "^load_"]', '["^prep_"]')
    assert fixed.reused == ("prep_done",)


def test_a_job_that_only_looks_like_one_and_that_nobody_waits_for():
    text = spec(pattern=r"^prep_\d+$").replace("depends_on: [prep_done]", "priority: 1")
    fixed = insert_wanted(load(Source("a.yaml", text)), "a.yaml", UNCONFIGURED, newly=True)
    assert (fixed.reused, len(fixed.barriers)) == ((), 1)
