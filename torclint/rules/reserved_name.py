"""Names that Torc keeps for itself."""

from __future__ import annotations

from torclint.rules.base import ERROR, REJECTED, ReadingRule


class ReservedName(ReadingRule):
    """Resource requirements are called `default`.

    ## What it does
    Flags resource requirements with the name `default`.

    ## Why
    Torc makes `default` (1 CPU, 1 MiB, 1 minute) with every workflow, for jobs that name none. The server refuses a
    second one, after a dry run that passed.

    ## Example
    ```yaml
    name: w
    resource_requirements:
      - {name: default, num_cpus: 1, memory: 1g}
    jobs:
      - {name: a, command: "true"}
    ```

    ## Use instead
    ```yaml
    name: w
    resource_requirements:
      - {name: standard, num_cpus: 1, memory: 1g}
    jobs:
      - {name: a, command: "true", resource_requirements: standard}
    ```
    """

    code, name, severity, effect = "TL222", "reserved-name", ERROR, REJECTED
