"""The proof held against wrong fixes: a right one is spoilt in one way each time, and has to be refused for that."""

# ruff: noqa: E501  a table, one line each
from __future__ import annotations

from textwrap import dedent

import pytest

import torclint
from torclint import Source
from torclint.fix.verify import Change, Checked, NotProven, verify
from torclint.graph.workflow import WorkflowGraph
from torclint.rules.apply import findings_of
from torclint.rules.thresholds import Thresholds
from torclint.spec.decode import decode
from torclint.syntax import ParseError, parse
from torclint.text.edits import Edit, apply

ANY_GAIN = Thresholds(2, 1)
BEFORE = dedent("""
    name: w  # top
    resource_requirements:
      - {name: small, num_cpus: 1, memory: 1g, runtime: PT1M}
      - {name: big, num_cpus: 8, memory: 64g, runtime: PT4H}
      - {name: huge, num_cpus: 64, memory: 1g, runtime: PT4H}
    slurm_schedulers:
      - {name: night, account: a}
    files:
      - {name: out, path: out.txt}
      - {name: log, path: log.txt}
    jobs:
      # first
      - {name: "prep_{i}", command: "ls {i}", parameters: {i: "1:9"}, labels: [cpu], resource_requirements: big}
      - {name: other, command: "ls", labels: [cpu], resource_requirements: big}
      - {name: more, command: ls, labels: [cpu], resource_requirements: big}
      # then
      - name: "work_{i}"  # many
        command: "python {i}"
        cancel_on_blocking_job_failure: false
        depends_on_regexes: ["^prep_", "^other$"]
        parameters: {i: "1:9"}
        labels: [cpu]
        priority: 3
        resource_requirements: big
      # at last
      - {name: report, command: cat, depends_on_regexes: [^work_], resource_requirements: big, labels: [cpu], output_files: [out]}
    actions:
      - {trigger_type: on_jobs_complete, action_type: run_commands, commands: [date], job_name_regexes: [^work]}
""").lstrip()  # fmt: skip
BARRIER = """\
  - name: done
    command: "echo 'prep: 10 jobs complete' && date"
    resource_requirements: small
    depends_on_regexes: ["^prep_", "^other$"]
    priority: 3
    labels: [cpu]
"""


def instead(old: str, new: str) -> Edit:
    start = BEFORE.index(old)
    return Edit(start, start + len(old), new)


EDITS = (
    instead("  # then", BARRIER + "  # then"),
    instead('depends_on_regexes: ["^prep_", "^other$"]', "depends_on: [done]"),
)
AFTER = apply(BEFORE, EDITS)

# what is put in the place of what in the fixed text, and what the proof says of it
MUTATIONS = {
    "a producer that is left out": ('["^prep_", "^other$"]', '["^prep_"]', "no longer waits for other"),
    "one job of the producers that is left out": ('"^prep_", ', '"^prep_[2-9]$", ', "no longer waits for prep_1"),
    "a pattern that matches more": ('"^other$"]', '"^other$", "^more$"]', "now waits for more"),
    "consumers that wait for nothing": ("    depends_on: [done]\n", "", "no longer waits for prep_1"),
    "consumers that wait for one more": ("[done]", "[done, more]", "now waits for more"),
    "another job that waits for the barrier": ("[^work_]", "[^work_, ^done$]", "now waits for prep_1"),
    "a leftover pattern that matches the barrier": ("[^work_]", "[^work_, on]", "now waits for prep_1"),
    "a barrier that does not pass failures on": ("  - name: done\n", "  - name: done\n    cancel_on_blocking_job_failure: false\n", "failures would not get past it"),
    "a barrier that can fail": ("&& date", "&& python x.py", "runs more than"),
    "a barrier that writes a file": ("  - name: done\n", "  - name: done\n    output_files: [log]\n", "writes files"),
    "a barrier with a script": ("  - name: done\n", "  - name: done\n    invocation_script: x.sh\n", "invocation_script"),
    "labels of the barrier that are lost": ("    priority: 3\n    labels: [cpu]\n", "    priority: 3\n", "other labels"),
    "other labels of the barrier": ("    priority: 3\n    labels: [cpu]\n", "    priority: 3\n    labels: [gpu]\n", "other labels"),
    "a lower priority of the barrier": ("    priority: 3\n    labels", "    priority: 2\n    labels", "has priority 2"),
    "a priority of the barrier that is lost": ("    priority: 3\n    labels", "    labels", "has priority 0"),
    "a barrier that needs more than all around": ("small\n", "huge\n", "more resources"),
    "a scheduler of the barrier": ("    priority: 3\n    labels", "    scheduler: night\n    priority: 3\n    labels", "scheduler"),
    "an action that counts the barrier": ("[^work]", "[^work, done]", "now counts the new job done"),
    "an action that counts fewer jobs": ("[^work]", "[^work_1]", "other jobs of work_{i}"),
    "a barrier with a name that an action counts": ("done", "working", "now counts the new job working"),
    "a barrier with a name that its own pattern matches": ("done", "prep_done", ""),
    "a command": ("ls {i}", "ls -l {i}", "`command` of prep_{i}"),
    "a parameter": ('"ls {i}", parameters: {i: "1:9"}', '"ls {i}", parameters: {i: "1:8"}', "gone"),
    "a flag of a job": ("cancel_on_blocking_job_failure: false", "cancel_on_blocking_job_failure: true", "`cancel_on_blocking_job_failure` of work_{i}"),
    "a priority of a job": ("    labels: [cpu]\n    priority: 3", "    labels: [cpu]\n    priority: 1", "`priority` of work_{i}"),
    "labels of a job": ("labels: [cpu], output", "labels: [cpu, gpu], output", "`labels` of report"),
    "an environment of a job": ("command: cat, ", "command: cat, env: {A: b}, ", "`env` of report"),
    "a resource class": ("{name: big, num_cpus: 8", "{name: big, num_cpus: 9", "`big`"),
    "resources of a job": ("cpu], resource_requirements: big", "cpu], resource_requirements: small", "`resource_requirements` of"),
    "another name of the workflow": ("name: w  #", "name: v  #", "`name` of the workflow"),
    "a setting of the workflow": ("name: w  # top\n", "name: w  # top\nuse_pending_failed: true\n", "`use_pending_failed` of the workflow"),
    "a path of a file": ("path: out.txt", "path: out.csv", "`path` of the file out"),
    "a file that a job no longer writes": (", output_files: [out]", "", "`output_files` of report"),
    "an action that does something else": ("commands: [date]", "commands: [ls]", "`commands` of action 1"),
    "an action at another time": ("on_jobs_complete", "on_jobs_ready", "`trigger_type` of action 1"),
    "a job that is gone": ("  - {name: more, command: ls, labels: [cpu], resource_requirements: big}\n", "", "more is gone"),
    "one more job": ("  # at last\n", "  - {name: new, command: python x.py}\n  # at last\n", "the new job new runs more than"),
    "a field that Torc does not know": ("command: cat", "comand: cat", "Torc"),
    "no text of YAML": ("command: cat", "command: [cat", ""),
}  # fmt: skip


def checked(text: str) -> Checked:
    graph = WorkflowGraph(decode(parse(text, "yaml")))
    return Checked(graph, tuple(findings_of(graph, ANY_GAIN)), ANY_GAIN)


def spoilt(name: str) -> str:
    old, new, _ = MUTATIONS[name]
    assert old in AFTER
    return AFTER.replace(old, new)


def test_the_right_fix_is_proven():
    verify(checked(BEFORE), AFTER, Change(EDITS, parse(AFTER, "yaml").value, ("done",)))
    assert torclint.verify(Source("a.yaml", BEFORE), Source("b.yaml", AFTER)).is_proven


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_plan_that_meant_the_mutation_is_refused(name):
    """What the planner says of the outcome is what the mutation makes: the proof does not rest on that."""
    text = spoilt(name)
    try:
        value = parse(text, "yaml").value
    except ParseError:
        value = {}
    names = tuple(job["name"] for job in value.get("jobs", ()) if f"name: {job['name']}" not in BEFORE.replace('"', ""))
    with pytest.raises(NotProven) as error:
        verify(checked(BEFORE), text, Change((Edit(0, len(BEFORE), text),), value, names))
    assert MUTATIONS[name][2] in str(error.value)


@pytest.mark.parametrize("name", [name for name in MUTATIONS if name != "no text of YAML"])
def test_the_command_refuses_it_as_well(name):
    found = torclint.verify(Source("before.yaml", BEFORE), Source("after.yaml", spoilt(name)))
    assert not found.is_proven
    assert any(MUTATIONS[name][2] in each.message for each in found.differences)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("# first", "# second", "a comment would be lost"),
        ("  # many", "", "a comment would be lost"),
        ("# top", "#  top", "a comment would be lost"),
        ('    command: "python', '    command:  "python', "text outside the edits"),
        ("actions:\n", "actions:\n\n", "text outside the edits"),
        ('command: "python {i}"', "command: 'python {i}'", "text outside the edits"),
        ("name: report, command: cat", "command: cat, name: report", "other parts"),
        ("cat", "dog", "other parts"),
    ],
)  # fmt: skip
def test_a_byte_that_no_edit_is_about_is_refused(old, new, told):
    assert old in AFTER
    change = Change(EDITS, parse(AFTER, "yaml").value, ("done",))
    with pytest.raises(NotProven, match=told):
        verify(checked(BEFORE), AFTER.replace(old, new), change)


@pytest.mark.parametrize("left_out", [0, 1])
def test_an_edit_that_is_left_out_is_missed(left_out):
    left = (EDITS[1 - left_out],)
    with pytest.raises(NotProven):
        verify(checked(BEFORE), apply(BEFORE, left), Change(left, parse(AFTER, "yaml").value, ("done",)))
