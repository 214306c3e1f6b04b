"""What can be said of a spec without its graph: one case for each thing that Torc refuses or takes for something else."""

import pytest

BASE = """
name: w
{top}
jobs:
  - {{name: "j_{{i}}", command: "true", parameters: {{i: "1:3"}}{job}}}
"""


def case(top="", job=""):
    return BASE.format(top=top, job=", " + job if job else "")


REQUIREMENTS = "resource_requirements: [{{name: r, {}}}]"


def requirements(fields):
    return case(REQUIREMENTS.format(fields))


def job(fields):
    return case("", fields)


def action(fields):
    return case(f"actions: [{{{fields}}}]")


def file(fields, top="enable_ro_crate: true"):
    return case(f"{top}\nfiles: [{{name: f, path: p, {fields}}}]", "input_files: [f]")


START = "trigger_type: on_workflow_start"

CASES = [
    # names of environment variables
    (case("env: {1A: x}"), "bad-env-name at '1A'"),
    (case("env: {A-B: x}"), "bad-env-name at 'A-B'"),
    (job("env: {'': x}"), "bad-env-name at \"''\""),
    (job("env: {TORC_JOB_ID: x}"), "ignored-field at 'TORC_JOB_ID'"),
    # labels
    (job("labels: ['']"), "bad-label at \"''\""),
    (job("labels: ['a,b']"), "bad-label at \"'a,b'\""),
    (job("labels: ['l{i} ']"), "bad-label at \"'l{i} '\": 'l1 ' is no label"),
    (job("labels: ['l{i}']"), "labelled-job at 'labels': 3 jobs have labels"),
    # numbers
    (job("priority: -1"), "bad-quantity at '-1': priority -1 is below 0"),
    (case("dynamic_jobs: {max_iterations: 0}"), "bad-quantity at '0'"),
    (case("resource_monitor: {sample_interval_seconds: 0}"), "misread-quantity at 'sample_interval_seconds'"),
    # definitions
    (requirements("num_cpus: 1, memory: 1g}, {name: r, num_cpus: 1, memory: 1g"), "duplicate-definition at 'r'"),
    (case("failure_handlers: [{name: h, rules: [{exit_codes: [1]}]}, {name: h, rules: [{exit_codes: [1]}]}]"),
     "duplicate-definition at 'h': failure handler 'h' is there twice"),
    (case("access_groups: [a, b, a]"), "duplicate-definition at 'a'"),
    (job("resource_requirements: r"), "missing-definition at 'r': there are no resource requirements 'r'"),
    (job("resource_requirements: default"), "missing-definition at 'default'"),
    (case(REQUIREMENTS.format("num_cpus: 1, memory: 1g}, {name: r1, num_cpus: 1, memory: 1g"),
          "resource_requirements: 'r{i}'"), "missing-definition at \"'r{i}'\": there are no resource requirements 'r2'"),
    (job("scheduler: s"), "missing-definition at 's': there is no scheduler 's'"),
    (case("failure_handlers: [{name: h_1, rules: [{exit_codes: [1]}]}]", "failure_handler: 'h_{i}'"),
     "missing-definition at \"'h_{i}'\": there is no failure handler 'h_{i}'"),
    (action(f"{START}, action_type: schedule_nodes, scheduler_type: slurm, scheduler: s"),
     "missing-definition at 's': there is no scheduler 's'"),
    # resource requirements
    (requirements("num_cpus: 0, memory: 1g"), "bad-quantity at '0': num_cpus 0 is below 1"),
    (requirements("num_cpus: 1, num_nodes: 0, memory: 1g"), "bad-quantity at '0': num_nodes 0 is below 1"),
    (requirements("num_cpus: 1, num_gpus: -1, memory: 1g"), "misread-quantity at '-1'"),
    (requirements("num_cpus: 1, memory: 1.5g"), "bad-quantity at '1.5g'"),
    (requirements("num_cpus: 1, memory: '1024'"), "misread-quantity at \"'1024'\": memory '1024' is 1,024 bytes"),
    (requirements("num_cpus: 1, memory: 1g, runtime: 1h"), "bad-quantity at '1h'"),
    (requirements("num_cpus: 1, memory: 1g, runtime: PT1.5H"), "misread-quantity at 'PT1.5H': run time 'PT1.5H' is 0 s"),
    (requirements("num_cpus: 1, memory: 1g, runtime: PT"), "misread-quantity at 'PT': run time 'PT' is 0 s"),
    (requirements("num_cpus: 1, memory: 1g, runtime: P30M"), "misread-quantity at 'P30M': run time 'P30M' is months"),
    # schedulers
    (case("slurm_schedulers: [{name: s, account: a, walltime: x}]"), "misread-quantity at 'walltime'"),
    (case(REQUIREMENTS.format("num_cpus: 1, memory: 1g") + "\nslurm_schedulers: [{name: s, account: a, walltime: x}]"),
     "bad-quantity at 'x'"),
    (case("slurm_schedulers: [{name: s, account: a, walltime: 1-02}]"), "misread-quantity at '1-02'"),
    (case("slurm_schedulers: [{name: s, account: a, gres: 'gpu'}]"), "misread-quantity at \"'gpu'\""),
    (case("slurm_schedulers: [{account: a}]"), "ignored-field at '{account: a}': without a name"),
    # failure handlers
    (case("failure_handlers: [{name: h, rules: []}]"), "useless-retry at '[]'"),
    (case("failure_handlers: [{name: h, rules: [{max_retries: 5}]}]"), "useless-retry at '{max_retries: 5}'"),
    (case("failure_handlers: [{name: h, rules: [{exit_codes: [0, 1]}]}]"), "useless-retry at '[0, 1]'"),
    (case("failure_handlers: [{name: h, rules: [{exit_codes: [1], max_retries: 1}]}]"), "useless-retry at 'max_retries'"),
    # actions
    (action("trigger_type: on_start, action_type: run_commands, commands: [c]"), "bad-action at 'on_start'"),
    (action(f"{START}, action_type: run_command, commands: [c]"), "bad-action at 'run_command'"),
    (action(f"{START}, action_type: run_commands"), "bad-action at 'run_commands': run_commands needs `commands`"),
    (action(f"{START}, action_type: run_commands, commands: null"), "bad-action at 'run_commands'"),
    (action(f"{START}, action_type: schedule_nodes, scheduler_type: null, scheduler: s"), "bad-action at 'schedule_nodes'"),
    (action(f"{START}, action_type: run_commands, commands: []"), "bad-action at '[]'"),
    (action("trigger_type: on_jobs_ready, action_type: run_commands, commands: [c], jobs: []"), "bad-action at 'on_jobs_ready'"),
    (action(f"{START}, action_type: schedule_nodes, scheduler_type: pbs, scheduler: s"), "idle-action at 'pbs'"),
    (action(f"{START}, action_type: run_commands, commands: [c], jobs: [j_1]"), "ignored-field at 'jobs'"),
    # execution_config
    (case("execution_config: {mode: slurm, limit_resources: false}"), "bad-execution-config at 'limit_resources'"),
    (case("execution_config: {mode: slurm, oom_exit_code: 1}"), "bad-execution-config at 'oom_exit_code'"),
    (case("execution_config: {srun_termination_signal: x}"), "bad-execution-config at 'srun_termination_signal'"),
    (case("execution_config: {mode: auto, enable_cpu_bind: true}"), "bad-execution-config at 'enable_cpu_bind'"),
    (case("execution_config: {srun_mpi: pmix}"), "bad-execution-config at 'srun_mpi': srun_mpi needs a schedule_nodes"),
    (case("execution_config: {termination_signal: SIGFOO}"), "unknown-signal at 'SIGFOO'"),
    # slurm_defaults and other ignored fields
    (case("slurm_defaults: {Partition: x}"), "excluded-slurm-default at 'Partition'"),
    (case("slurm_defaults: {qos: [x]}"), "ignored-field at '[x]'"),
    (case("user: me"), "ignored-field at 'user'"),
    (job("supports_termination: true"), "ignored-field at 'supports_termination'"),
    # identifiers
    (file("identifier: x", top=""), "bad-identifier at 'x': `identifier` needs enable_ro_crate: true"),
    (file("identifier: ' '"), "bad-identifier at \"' '\": the identifier is blank"),
    (file("identifier: '#job-x'"), "bad-identifier at \"'#job-x'\""),
    (file("identifier: q}, {name: g, path: q"), "bad-identifier at 'q': identifier 'q' is the path of file 'g'"),
    (case("enable_ro_crate: true\nfiles: [{name: f, path: p, identifier: x}]"), "bad-identifier at 'x': no job reads"),
    (case("enable_ro_crate: true\nfiles: [{name: f, path: p, identifier: x}]", "output_files: [f]"),
     "bad-identifier at 'x': a job writes this file"),
    # user data
    (case("user_data: [{name: u, data: 1}]", "input_user_data: [u]"), "numeric-user-data at '1'"),
    (case("user_data: [{data: 1}]"), "ignored-field at '{data: 1}': without a name"),
    # parameters
    (job("parameter_mode: Zip"), "unknown-parameter-mode at 'Zip'"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "problem"), CASES, ids=range(len(CASES)))
def test_one_problem(told, text, problem):
    (found,) = told(text)
    assert found.startswith(problem)


def test_jobs_that_are_not_there_set_no_variables(told):
    text = """
name: w
jobs:
  - {name: "j_{i}", command: "true", env: {A-B: x}, parameters: {i: []}}
"""
    assert not [problem for problem in told(text) if problem.startswith("bad-env-name")]


PARAMETERS = [
    ('["a,b", c]', "is cut at its commas into 2 values"),
    ("\"['a,b','c']\"", "a comma inside quotes"),
    ("['a\"b']", "keeps the backslashes"),
    ("[[1], 2]", "lists and mappings inside the list"),
    ('"a,b"', "is one value, not a list"),
    ('"[01,02]"', "01 is the number 1"),
    ('"01:10"', "01 is the number 1"),
    ("[1.0, 2.5]", "1.0 is a number and is put in as 1"),
    ('"[nan,a]"', "nan is a number and is put in as NaN"),
    ('"0.0:1.0:0.1"', "value 4 of the range is 0.30000000000000004"),
    ('"12:30:45"', "is a range, and 12 its only value"),
]


@pytest.mark.parametrize(("written", "says"), PARAMETERS)
def test_parameters_that_become_something_else(told, written, says):
    text = f"name: w\njobs:\n  - {{name: 'j_{{p}}', command: 'true', parameters: {{p: {written}}}}}\n"
    (found,) = told(text)
    assert found.startswith("misread-parameter")
    assert says in found


@pytest.mark.parametrize(
    "written", ['"1:10"', "[a, b]", "[1, 2]", "[0.5, 0.25]", '"[x]"', '"a b"', "5", '"1.0:3.0:0.5"']
)
def test_parameters_that_are_what_they_seem(told, written):
    assert told(f"name: w\njobs:\n  - {{name: 'j_{{p}}', command: 'true', parameters: {{p: {written}}}}}\n") == []


SLOTS = [
    ("'{p:3d}'", "format-without-effect", "{p:3d} gives '1'"),
    ("'${p}'", "stray-braces", "${p} becomes $1"),
    ("'${p:-x}'", "format-without-effect", ""),
    ("'{{p}}'", "stray-braces", "{{p}} becomes {1}"),
    ("'{q}'", "literal-token", "{q} stays as it is"),
]


@pytest.mark.parametrize(("command", "rule", "says"), SLOTS)
def test_slots(told, command, rule, says):
    found = told(f"""
        name: w
        parameters: {{q: "1:2"}}
        jobs:
          - {{name: "j_{{p}}", command: {command}, parameters: {{p: "1:3"}}}}
    """)
    assert found[0].startswith(rule)
    assert says in found[0]


@pytest.mark.parametrize("command", ["awk '{print $1}'", "awk '{print}'", "echo ${HOME} {a,b}", "echo {p} {p:02d}"])
def test_braces_of_others_are_left_alone(told, command):
    assert (
        told(f"""
        name: w
        jobs:
          - {{name: "j_{{p}}", command: "{command}", parameters: {{p: "1:3"}}}}
    """)
        == []
    )


FIT = """
name: w
resource_requirements:
  - {{name: r, num_cpus: 1, memory: 10g, runtime: PT2H, num_gpus: 2, num_nodes: 2}}
slurm_schedulers:
  - {{name: s, account: a, walltime: "{walltime}", mem: {mem}, gres: "{gres}", nodes: {nodes}}}
jobs:
  - {{name: a, command: "true", resource_requirements: r{scheduler}}}
actions:
  - {{trigger_type: on_workflow_start, action_type: schedule_nodes, scheduler_type: slurm, scheduler: s}}
"""
ENOUGH = {"walltime": "02:00:00", "mem": "10g", "gres": "gpu:2", "nodes": 2}


@pytest.mark.parametrize("scheduler", ["", ", scheduler: s"])
@pytest.mark.parametrize(
    ("less", "says"),
    [
        ({}, ""),
        ({"walltime": "01:59:59"}, "run time 7,200 s exceeds walltime 01:59:59 (7,199 s)"),
        ({"mem": "9g"}, "memory 10g exceeds mem 9g"),
        ({"gres": "gpu:1"}, "num_gpus 2 exceeds gres gpu:1"),
        ({"nodes": 4}, "num_nodes 2 is neither 1 nor the 4 nodes"),
    ],
)
def test_fit(told, scheduler, less, says):
    found = told(FIT.format(**ENOUGH | less, scheduler=scheduler))
    if not less or ("nodes" in less and not scheduler):
        assert found == []
        return
    (problem,) = found
    assert problem.startswith("unfit-scheduler")
    assert says in problem


def test_one_misfit_is_told_once_for_many_jobs(told):
    text = FIT.format(**ENOUGH | {"mem": "1g"}, scheduler=", scheduler: s")
    text += "  - {trigger_type: on_workflow_complete, action_type: run_commands, commands: [c]}\n"
    doubled = text.replace("jobs:\n", "jobs:\n  - {name: b, command: 'true', resource_requirements: r, scheduler: s}\n")
    assert len(told(text)) == len(told(doubled)) == 1


def test_names_from_the_command_replace_explicit_inputs(told):
    assert [
        one.partition(" ")[0]
        for one in told("""
        name: w
        enable_ro_crate: true
        files:
          - {name: f, path: p, identifier: x}
          - {name: g, path: q, identifier: y}
        jobs:
          - {name: a, command: "cat ${files.input.f}", input_files: [g]}
    """)
    ] == ["bad-identifier"]


def test_start_one_worker_per_node_needs_direct_mode(told):
    (found,) = told("""
        name: w
        execution_config: {mode: slurm}
        slurm_schedulers: [{name: s, account: a}]
        actions:
          - trigger_type: on_workflow_start
            action_type: schedule_nodes
            scheduler_type: slurm
            scheduler: s
            start_one_worker_per_node: true
        jobs: []
    """)
    assert found.startswith("bad-execution-config at 'start_one_worker_per_node'")


def test_what_cannot_be_read_hides_what_it_defines(told):
    (found,) = told("""
        name: w
        resource_requirements: [{name: r, num_cpus: x, memory: 1g}, 5]
        jobs: [{name: a, command: "true", resource_requirements: q}]
    """)[:1]
    assert found.startswith("wrong-type")
    assert not any(
        one.startswith("missing-definition")
        for one in told("""
        name: w
        slurm_schedulers: 5
        jobs: [{name: a, command: "true", scheduler: q}]
    """)
    )


@pytest.mark.parametrize(
    ("text", "deepest"),
    [
        ('{{name: "w", jobs: [], metadata: {}}}', 126),
        ('{{name: "w", jobs: [], slurm_defaults: {}}}', 126),
        ('{{name: "w", jobs: [], user_data: [{{name: "u", data: {}}}]}}', 124),
    ],
    ids=["metadata", "slurm_defaults", "user_data"],
)
def test_the_server_reads_json_to_a_limit(told, text, deepest):
    nested = ["{a: " + "[" * (depth - 1) + "]" * (depth - 1) + "}" for depth in (deepest, deepest + 1)]
    assert not any(one.startswith("bad-quantity") for one in told(text.format(nested[0]), "json5"))
    found = [one for one in told(text.format(nested[1]), "json5") if one.startswith("bad-quantity")]
    assert len(found) == 1
    assert f"nested deeper than {deepest} levels" in found[0]


def test_user_data_of_kdl_is_sent_as_json_too(told):
    (found,) = told('name "w"\nuser_data "u" {\n    data "' + "[" * 125 + "]" * 125 + '"\n}\n', "kdl")
    assert found.startswith("bad-quantity") and "data is nested deeper than 124 levels" in found
