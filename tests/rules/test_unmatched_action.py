"""TL204: actions whose jobs do not exist (Torc 1.0.0, workflow_spec.rs:4081-4124)."""

import pytest

HEAD = """
        name: w
        jobs:
          - {name: "a_{i}", command: x, parameters: {i: "1:3"}}
          - {name: b, command: x}
        actions:
          - action_type: run_commands
            commands: [x]
"""


def test_a_job_that_there_is_not(check):
    check(HEAD + """
            trigger_type: on_jobs_complete
            jobs: [b, a_4]
                      ^^^ TL204 names nothing
    """)  # fmt: skip


def test_a_template_is_no_name(check):
    check(HEAD + """
            trigger_type: on_jobs_complete
            jobs: ["a_{i}"]
                   ^^^^^^^ TL204 the action names the job `a_{i}`, which does not exist
    """)  # fmt: skip


def test_a_pattern_that_torc_cannot_read(check):
    check(HEAD + """
            trigger_type: on_jobs_complete
            job_name_regexes: ["^b", "a(?=_)"]
                                     ^^^^^^^^ TL204 no regular expression
    """)  # fmt: skip


@pytest.mark.parametrize("selection", ["job_name_regexes: [^c]", "jobs: []"])
def test_nothing_is_picked_out(selection, check):
    (finding,) = check(f"""
        name: w
        jobs: [{{name: b, command: x}}]
        actions:
          - {{trigger_type: on_jobs_ready, {selection}, action_type: run_commands, commands: [x]}}
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ TL204 picks out no job
    """)
    assert "dry-run" in finding.help[0]


@pytest.mark.parametrize(
    "selection",
    [
        "jobs: [b, a_3]",
        "job_name_regexes: [a_1, ^b$]",
        "jobs: [b], job_name_regexes: [^c]",  # one of the two is enough
    ],
)
def test_jobs_that_are_there(selection, clean):
    chosen = selection.replace(", job_", "\n            job_")
    clean(f"{HEAD}            trigger_type: on_jobs_complete\n            {chosen}\n", "TL204")
