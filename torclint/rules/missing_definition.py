"""Names of things that are not defined."""

from __future__ import annotations

from torclint.rules.base import ERROR, REJECTED, ReadingRule


class MissingDefinition(ReadingRule):
    """A job or action names resource requirements, a scheduler or a failure handler that is not there.

    ## What it does
    Looks up each name in `resource_requirements`, `scheduler` and `failure_handler`, after parameters are put in, and
    suggests the nearest one. Parameters are not put into `failure_handler`.

    ## Why
    Torc refuses the workflow; for failure handlers only after a dry run that passed.

    ## Example
    ```yaml
    name: w
    resource_requirements:
      - {name: large, num_cpus: 32, memory: 64g}
    jobs:
      - {name: a, command: "true", resource_requirements: lage}
    ```

    ## Use instead
    ```yaml
    name: w
    resource_requirements:
      - {name: large, num_cpus: 32, memory: 64g}
    jobs:
      - {name: a, command: "true", resource_requirements: large}
    ```
    """

    code, name, severity, effect = "TL225", "missing-definition", ERROR, REJECTED
