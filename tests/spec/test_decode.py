"""Types, nulls, defaults and what is reported where: Torc 1.0.0, workflow_spec.rs:219-765, 1438-1611."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from torclint.spec.decode import decode
from torclint.spec.fields import STRUCT_LIST
from torclint.spec.model import Stdio
from torclint.syntax import parse

JOB = "{name: a, command: 'true'}"


def spec(top="", job=""):
    return f"name: w\n{top}\njobs:\n  - {{name: a, command: 'true'{', ' if job else ''}{job}}}\n"


def test_a_whole_workflow(read):
    workflow = read("""
        name: w
        description: d
        jobs:
          - name: a
            command: run
            invocation_script: mpirun
            env: {B: "2", A: "1"}
            cancel_on_blocking_job_failure: false
            resource_requirements: small
            depends_on: [b]
            depends_on_regexes: ["^b"]
            input_files: [f]
            output_user_data: [u]
            priority: 5
            labels: [x]
            stdio: {mode: combined}
          - {name: b, command: "true"}
        files:
          - {name: f, path: f.txt, st_mtime: 5}
        user_data:
          - {name: u, data: {k: 1}, is_ephemeral: true}
          - {data: 1}
        resource_requirements:
          - {name: small, num_cpus: 2, memory: 1g}
        failure_handlers:
          - {name: h, rules: [{exit_codes: [1, 2], recovery_script: fix}]}
        slurm_schedulers:
          - {name: s, account: a}
        actions:
          - {trigger_type: on_jobs_ready, action_type: run_commands, jobs: [a], commands: [c]}
        execution_config: {stdio: {delete_on_success: true}}
        resource_monitor: {enabled: true}
    """)
    assert workflow.loaded
    assert workflow.complete
    a, b = workflow.jobs
    assert (a.index, b.index) == (0, 1)
    assert a.invocation_script.text == "mpirun"
    assert [(name, value.text) for name, value in a.env] == [("B", "2"), ("A", "1")]
    assert (a.cancel_on_blocking_job_failure, b.cancel_on_blocking_job_failure) == (False, True)
    assert [one.text for one in a.depends_on] == ["b"]
    assert (a.priority, b.priority) == (5, 0)
    assert (a.stdio, b.stdio) == (Stdio("combined", False), None)
    assert workflow.stdio == Stdio("separate", True)
    assert workflow.files[0].st_mtime == 5.0
    assert [one.name.text for one in workflow.user_data] == ["u"]
    assert workflow.user_data[0].content == {"k": 1}
    (requirements,) = workflow.resource_requirements
    assert (requirements.num_gpus, requirements.num_nodes, requirements.runtime.text) == (0, 1, "PT1H")
    (rule,) = workflow.failure_handlers[0].rules
    assert rule == ((1, 2), False, "fix", 3)
    assert workflow.schedulers[0].walltime == "01:00:00"
    assert workflow.actions[0].has_jobs
    assert not workflow.actions[0].has_job_name_regexes
    assert workflow.execution_config["oom_exit_code"] == 137
    assert workflow.resource_monitor["jobs"] == {"enabled": True, "granularity": "summary"}
    assert workflow.resource_monitor["compute_node"] is None
    assert workflow.settings == {"name": "w", "description": "d"}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (spec(job="priority: high"), "wrong-type at 'high': `priority` must be an integer, not the string 'high'"),
        (spec(job="priority: 1.0"), "wrong-type at '1.0': `priority` must be an integer, not the number 1.0"),
        (spec(job="priority: true"), "wrong-type at 'true': `priority` must be an integer, not true"),
        (spec(job="priority: 9223372036854775808"), "wrong-type at '9223372036854775808': `priority` does not fit"),
        (spec(job="depends_on: b"), "wrong-type at 'b': `depends_on` must be a list of strings"),
        (spec(job="depends_on: [b, 1]"), "wrong-type at '1': `depends_on` must be a list of strings, and holds"),
        (spec(job="env: {A: 1}"), "wrong-type at '1': `A` in `env` must be a string, not the number 1"),
        (spec(job="stdio: {mode: zz}"), "unknown-value at 'zz': `mode` cannot be 'zz'"),
        (spec(job="stdio: null, depend_on: [b]"), "unknown-field at 'depend_on': `depend_on` is no field of a job"),
        (spec(job="parameters: [1]"), "wrong-type at '[1]': `parameters` must be a mapping"),
        (spec("metadata: '{}'"), "wrong-type at \"'{}'\": `metadata` must be a mapping, not the string '{}'"),
        (
            spec("project: null\nuse_pending_failed: 'yes'"),
            "wrong-type at \"'yes'\": `use_pending_failed` must be true",
        ),
        (spec("slurm_config:"), "removed-field at 'slurm_config': `slurm_config` is gone"),
        (spec("<<: {a: 1}"), "unknown-field at '<<'"),
        ("name: w\n", "missing-field at 'name': a workflow needs `jobs`"),
        ("name: w\njobs: null\n", "wrong-type at 'null': `jobs` must be a list"),
        ("name: w\njobs: [null]\n", "wrong-type at 'null': null stands where a job is expected"),
        ("name: w\njobs: [[a, b]]\n", "wrong-type at '[a, b]': a list of 2 values stands where a job is expected"),
        ("[]", "wrong-type at '[]': a list of 0 values stands where a workflow is expected"),
        ("hello", "wrong-type at 'hello': the string 'hello' stands where a workflow is expected"),
        ("", "wrong-type at '': null stands where a workflow is expected"),
    ],
)
def test_reported_where_it_stands(read, told, text, problem):
    (found,) = told(text)
    assert found.startswith(problem)
    assert not read(text).loaded


@pytest.mark.parametrize("field", ["num_gpus", "num_nodes", "runtime"])
def test_null_is_refused_where_there_is_a_default(told, field):
    (found,) = told(spec(f"resource_requirements:\n  - {{name: r, num_cpus: 1, memory: 1g, {field}: null}}"))
    assert found.startswith(f"wrong-type at 'null': `{field}`")


@pytest.mark.parametrize(
    "job", ["stdio: [combined, true]", "stdio: {mode: {combined: null}}", "stdio: {}", "priority: null, labels: null"]
)
def test_unusual_forms_that_torc_takes(read, job):
    assert read(spec(job=job)).loaded


@pytest.mark.parametrize("top", ["dynamic_jobs: [5]", "resource_monitor: [true]", "resource_monitor: []"])
def test_structs_as_lists(read, top):
    assert read(spec(top)).loaded


@pytest.mark.parametrize("top", ["execution_config: {stdio: [combined]}", "dynamic_jobs: []", "dynamic_jobs: [1, 2]"])
def test_lists_of_the_wrong_length(told, top):
    (found,) = told(spec(top))
    assert found.startswith("wrong-type")


def test_all_problems_in_the_order_of_the_file(told):
    found = told("""
        name: 5
        jobs:
          - {name: a}
          - {name: b, command: "true", priority: x, zzzz: 1}
        files: [{name: f}]
    """)
    assert [one.partition(" ")[0] for one in found] == [
        "wrong-type",
        "missing-field",
        "wrong-type",
        "unknown-field",
        "missing-field",
    ]


@pytest.mark.parametrize(
    ("text", "complete"),
    [
        (spec(job="priority: x"), True),
        (spec("resource_requirements: [{name: r, num_cpus: 1, memory: 1.5g}]"), True),
        (spec(job="depends_on: x"), False),
        (spec(job="depend_on: [x]"), False),
        (spec(job="zzzzzzzz: 1"), True),
        (spec(job="parameters: {i: 'a:b'}"), False),
        ("name: w\njobs: [{name: a}]\n", False),
        ("jobs: []\n", False),
        (spec("files: [{name: f}]"), False),
    ],
)
def test_complete(read, text, complete):
    assert read(text).complete is complete


def test_an_item_that_cannot_be_read_is_left_out(read):
    workflow = read("name: w\njobs: [{name: a}, {name: b, command: 'true', priority: x}, 5]\n")
    assert [(job.index, job.name.text, job.priority) for job in workflow.jobs] == [(1, "b", 0)]


def test_of_equal_keys_the_last_one_counts(read, told):
    text = "name: v\nname: w\njobs: []\nmetadata: {a: 1, b: {c: 1, c: 2}}\n"
    assert read(text).name.text == "w"
    assert [one.partition(":")[0] for one in told(text)] == ["duplicate-key at 'name'", "duplicate-key at 'c'"]


def test_the_last_of_equal_keys_is_checked_alone(told):
    assert told("name: 5\nname: w\njobs: []\n") == [
        "duplicate-key at 'name': `name` stands here a second time; Torc takes the last value in silence"
    ]


def test_suggestions(read):
    workflow = read(spec(job="depends_onn: [b], cmd: x, walltime: y"))
    advice = [problem.help for problem in workflow.problems]
    assert advice == [
        ("did you mean `depends_on`?",),
        ("did you mean `command`?",),
        ("`walltime` is a field of a scheduler",),
    ]


def test_unknown_keys_of_the_monitor_are_passed_over(read):
    workflow = read(spec("resource_monitor: {enabled: true, sample_rate: 5}"))
    assert workflow.loaded
    assert [problem.rule for problem in workflow.problems] == ["ignored-field"]


_NAMES = sorted({field.name for struct in STRUCT_LIST for field in struct.fields})
_SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 2**64 - 1),
    st.sampled_from(
        [1.5, "1:3", "[a,b]", "zip", "{i}", "{i:03d}", "${files.input.a}", "a", "1g", "PT1H", "@x", "slurm"]
    ),
)
_VALUES = st.recursive(
    _SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.one_of(st.sampled_from(_NAMES), st.sampled_from("ai")), inner, max_size=6),
    ),
    max_leaves=25,
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(_NAMES), _VALUES, max_size=8))
def test_anything_can_be_read(content):
    import json

    text = json.dumps(content)
    workflow = decode(parse(text, "json"))
    starts = [problem.span.start for problem in workflow.problems]
    assert starts == sorted(starts)
    assert all(0 <= one.span.start <= one.span.end <= len(text) for one in workflow.problems)
