"""TL713: tokens that Torc leaves as they are."""

import pytest


def test_a_file_that_there_is_not(check):
    (finding,) = check("""
        name: w
        files: [{name: config, path: config.toml}]
        jobs:
          - {name: a, command: "./run ${files.input.confg}"}
                                      ^^^^^^^^^^^^^^^^^^^^ TL713 there is no file 'confg'
    """)
    assert finding.help[0] == "did you mean `config`?"


def test_in_the_invocation_script(check):
    check("""
        name: w
        jobs:
          - {name: a, command: ./run, invocation_script: "with ${files.output.log}"}
                                                               ^^^^^^^^^^^^^^^^^^^ TL713 there is no file 'log'
    """)


def test_user_data_without_data_and_none_at_all(check):
    check("""
        name: w
        user_data: [{name: later}, {name: now, data: {a: 1}}]
        jobs:
          - name: a
            command: "./run ${user_data.input.later}"
                            ^^^^^^^^^^^^^^^^^^^^^^^^ TL713 the user data 'later' has no data
          - {name: b, command: "./run ${user_data.input.never}"}
                                      ^^^^^^^^^^^^^^^^^^^^^^^^ TL713 there is no user data 'never'
          - {name: c, command: "./run '${user_data.input.now}'"}
    """)


@pytest.mark.parametrize(
    "token",
    ["${file.input.f}", "${files.in.f}", "${files.f}", "${user-data.input.f}", "${files.input.}", "${user_data.f}"],
)
def test_other_spellings(token, check):
    head = "name: w\njobs:\n"
    job = f'  - {{name: a, command: "./run {token}"}}\n'
    check(f"{head}{job}{' ' * job.index('$')}{'^' * len(token)} TL713 it is no token of Torc\n")


def test_for_some_jobs_only(check):
    check("""
        name: w
        files: [{name: "part_{i}", path: "part_{i}.csv", parameters: {i: "1:5"}}]
        jobs:
          - name: "use_{i}"
            command: "./use ${files.input.part_{i}}"
                            ^^^^^^^^^^^^^^^^^^^^^^^ TL713 in use_6: there is no file 'part_6'
            parameters: {i: "1:7"}
    """)


def test_a_million_jobs_with_a_file_each(clean):
    clean("""
        name: w
        files: [{name: "part_{i}", path: "part_{i}.csv", parameters: {i: "1:1000000"}}]
        jobs:
          - {name: "use_{i}", command: "./use ${files.output.part_{i}}", parameters: {i: "1:1000000"}}
    """, "TL713")  # fmt: skip


def test_where_torc_replaces_none(check):
    check("""
        name: w
        files: [{name: f, path: f.txt}]
        env: {LIST: "${files.input.f}"}
                     ^^^^^^^^^^^^^^^^ TL713 no tokens in `env`
        jobs:
          - name: a
            command: "cat ${files.input.f}"
            env: {INPUT: "${files.input.f}"}
                          ^^^^^^^^^^^^^^^^ TL713 no tokens in `env`
        actions:
          - {trigger_type: on_workflow_start, action_type: run_commands, commands: ["cat ${files.input.f}"]}
                                                                                         ^^^^^^^^^^^^^^^^ TL713 of actions
    """)


def test_a_variable_that_is_written_as_one_of_the_shell(check):
    check("""
        name: w
        variables: {root: /data}
        jobs:
          - {name: a, command: "ls ${root}"}
                                   ^^^^^^^ TL713 a variable of the shell
          - {name: b, command: "ls {root}"}
    """)


@pytest.mark.parametrize(
    "job",
    [
        '{name: a, command: "ls ${root}", env: {root: /x}}',
        '{name: a, command: "root=/x; ls ${root}"}',
        '{name: a, command: "for root in a b; do ls ${root}; done"}',
        '{name: a, command: "ls ${other} ${HOME}"}',
        '{name: a, command: "ls ${root:-/x}"}',
    ],
)
def test_variables_of_the_shell(job, clean):
    clean(f"name: w\nvariables: {{root: /data}}\njobs:\n  - {job}\n  - {{name: z, command: '{{root}}'}}\n", "TL713")


def test_in_kdl(check):
    check("""
        name "w"
        job "a" {
            command "cat ${files.input.f}"
                         ^^^^^^^^^^^^^^^^ TL713 there is no file 'f'
        }
    """, path="spec.kdl")  # fmt: skip
