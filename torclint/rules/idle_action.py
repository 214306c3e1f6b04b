"""Actions that no runner does."""

from __future__ import annotations

from torclint.rules.base import UNREADY, WARNING, ReadingRule


class IdleAction(ReadingRule):
    """The scheduler type of an action is none that runners know.

    ## What it does
    Flags `schedule_nodes` actions with another `scheduler_type` than `slurm`.

    ## Why
    Torc takes any text, and no runner ever starts these nodes; jobs that wait for them never run.

    ## Example
    ```yaml
    name: w
    jobs:
      - {name: a, command: "true"}
    actions:
      - {trigger_type: on_workflow_start, action_type: schedule_nodes, scheduler_type: pbs, scheduler: s}
    ```

    ## Use instead
    ```yaml
    name: w
    slurm_schedulers:
      - {name: s, account: a}
    jobs:
      - {name: a, command: "true"}
    actions:
      - {trigger_type: on_workflow_start, action_type: schedule_nodes, scheduler_type: slurm, scheduler: s}
    ```
    """

    code, name, severity, effect = "TL705", "idle-action", WARNING, UNREADY
