"""Fields of earlier versions of Torc."""

from __future__ import annotations

from torclint.rules.base import ERROR, REJECTED, ReadingRule


class RemovedField(ReadingRule):
    """The field was removed from Torc.

    ## What it does
    Flags the top-level field `slurm_config`.

    ## Why
    Torc 1.0 refuses a spec that has it, even as null.

    ## Example
    ```yaml
    name: w
    slurm_config: {limit_resources: true}
    jobs:
      - {name: a, command: "true"}
    ```

    ## Use instead
    ```yaml
    name: w
    execution_config: {limit_resources: true}
    jobs:
      - {name: a, command: "true"}
    ```
    """

    code, name, severity, effect = "TL105", "removed-field", ERROR, REJECTED
