"""Names that no environment variable can have."""

from __future__ import annotations

from torclint.rules.base import ERROR, REJECTED, ReadingRule


class BadEnvName(ReadingRule):
    """The name of an environment variable is not one.

    ## What it does
    Flags names under `env` that are not letters, digits and underscores with no digit first.

    ## Why
    Torc refuses the workflow.

    ## Example
    ```yaml
    name: w
    env: {MY-VAR: "1"}
    jobs:
      - {name: a, command: "true"}
    ```

    ## Use instead
    ```yaml
    name: w
    env: {MY_VAR: "1"}
    jobs:
      - {name: a, command: "true"}
    ```
    """

    code, name, severity, effect = "TL220", "bad-env-name", ERROR, REJECTED
