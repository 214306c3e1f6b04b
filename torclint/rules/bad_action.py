"""Actions that Torc refuses."""

from __future__ import annotations

from torclint.rules.base import ERROR, REJECTED, ReadingRule


class BadAction(ReadingRule):
    """An action lacks something, or has an unknown trigger or type.

    ## What it does
    Flags unknown `trigger_type` and `action_type`, job triggers without `jobs` and `job_name_regexes`, `run_commands`
    without `commands`, and `schedule_nodes` without `scheduler` or `scheduler_type`.

    ## Why
    Torc refuses the workflow; for unknown action types and missing or empty commands only after a dry run that
    passed.

    ## Example
    ```yaml
    name: w
    jobs:
      - {name: a, command: "true"}
    actions:
      - {trigger_type: on_workflow_start, action_type: run_commands, commands: []}
    ```

    ## Use instead
    ```yaml
    name: w
    jobs:
      - {name: a, command: "true"}
    actions:
      - {trigger_type: on_workflow_start, action_type: run_commands, commands: ["mkdir -p out"]}
    ```
    """

    code, name, severity, effect = "TL701", "bad-action", ERROR, REJECTED
