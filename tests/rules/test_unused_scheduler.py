"""TL211: schedulers that no job and no action uses."""

HEAD = """
name: w
slurm_schedulers:
  - {name: night, account: a, walltime: "04:00:00"}
"""
ACTION = "actions: [{trigger_type: on_workflow_start, action_type: schedule_nodes, scheduler: night, scheduler_type: slurm}]\n"


def test_nobody_names_it(check):
    check("""
        name: w
        slurm_schedulers:
          - {name: night, account: a, walltime: "04:00:00"}
                   ^^^^^ TL211 no job and no action names the scheduler night
          - {account: a, walltime: "04:00:00"}
        jobs:
          - {name: j, command: x}
    """)


def test_a_job_names_it(clean):
    clean(HEAD + "jobs: [{name: j, command: x, scheduler: night}]\n", "TL211")


def test_an_action_names_it(clean):
    clean(HEAD + "jobs: [{name: j, command: x}]\n" + ACTION, "TL211")
