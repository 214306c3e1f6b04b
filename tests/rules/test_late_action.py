"""TL715: actions that wait for jobs which were to come after them."""

import pytest

HEAD = """
        name: w
        slurm_schedulers: [{name: s, account: x}, {name: t, account: x}]
        jobs:
          - {name: "prep_{i}", command: x, parameters: {i: "1:3"}, scheduler: s}
          - {name: middle, command: x, depends_on_regexes: ["^prep_"]}
          - {name: last, command: x, depends_on: [middle]}
        actions:
"""


def test_nodes_for_jobs_of_which_one_waits_for_another(check):
    check(HEAD + """
          - trigger_type: on_jobs_ready
                          ^^^^^^^^^^^^^ TL715 last is ready only after middle has run
            action_type: schedule_nodes
            scheduler_type: slurm
            scheduler: s
            jobs: [middle, last]
    """)  # fmt: skip


def test_through_a_job_that_the_action_does_not_name(check):
    check(HEAD + """
          - trigger_type: on_jobs_ready
                          ^^^^^^^^^^^^^ TL715 the commands come when all jobs are ready, and last is ready only after prep_{i}
            action_type: run_commands
            commands: [x]
            job_name_regexes: ["^prep", "^last"]
    """)  # fmt: skip


def test_nodes_that_the_jobs_themselves_ask_for(check):
    check(HEAD + """
          - trigger_type: on_jobs_complete
                          ^^^^^^^^^^^^^^^^ TL715 prep_{i} itself asks for s
            action_type: schedule_nodes
            scheduler_type: slurm
            scheduler: s
            job_name_regexes: ["^prep"]
    """)  # fmt: skip


@pytest.mark.parametrize(
    "action",
    [
        "{trigger_type: on_jobs_ready, action_type: run_commands, commands: [x], job_name_regexes: [^prep]}",
        "{trigger_type: on_jobs_ready, action_type: run_commands, commands: [x], jobs: [last]}",
        "{trigger_type: on_jobs_complete, action_type: run_commands, commands: [x], jobs: [middle, last]}",
        "{trigger_type: on_jobs_complete, action_type: schedule_nodes, scheduler_type: slurm, scheduler: t, jobs: [prep_1]}",
    ],
)
def test_actions_in_time(action, clean):
    clean(f"{HEAD}          - {action}\n", "TL715")


def test_another_action_starts_the_nodes(clean):
    clean(HEAD + """
          - {trigger_type: on_workflow_start, action_type: schedule_nodes, scheduler_type: slurm, scheduler: s}
          - {trigger_type: on_jobs_complete, action_type: schedule_nodes, scheduler_type: slurm, scheduler: s,
             job_name_regexes: ["^prep"]}
    """, "TL715")  # fmt: skip
