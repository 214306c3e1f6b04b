"""Names that are defined twice."""

from __future__ import annotations

from torclint.rules.base import ERROR, REJECTED, ReadingRule


class DuplicateDefinition(ReadingRule):
    """Two resource requirements, schedulers, failure handlers or access groups have the same name.

    ## What it does
    Flags the second of them, in `resource_requirements`, `slurm_schedulers`, `failure_handlers` and `access_groups`.
    Jobs, files and user data have a rule of their own, since their names expand.

    ## Why
    Torc refuses the workflow; for failure handlers and access groups only after a dry run that passed.

    ## Example
    ```yaml
    name: w
    failure_handlers:
      - {name: retry, rules: [{exit_codes: [1]}]}
      - {name: retry, rules: [{exit_codes: [2]}]}
    jobs:
      - {name: a, command: "true", failure_handler: retry}
    ```

    ## Use instead
    ```yaml
    name: w
    failure_handlers:
      - {name: retry, rules: [{exit_codes: [1]}, {exit_codes: [2]}]}
    jobs:
      - {name: a, command: "true", failure_handler: retry}
    ```
    """

    code, name, severity, effect = "TL224", "duplicate-definition", ERROR, REJECTED
