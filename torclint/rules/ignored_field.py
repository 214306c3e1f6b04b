"""Fields that have no effect."""

from __future__ import annotations

from torclint.rules.base import SURPRISE, WARNING, ReadingRule


class IgnoredField(ReadingRule):
    """Torc reads this and does nothing with it.

    ## What it does
    Flags `user`, `supports_termination`, `compute_node_expiration_buffer_seconds`, schedulers and user data without
    a name, unknown keys of `resource_monitor`, `slurm_defaults` that cannot be written as an option,
    `job_stdio_overrides` beside a job with `stdio`, environment variables that the runner sets, and fields of
    actions that their trigger or type does not look at.

    ## Why
    It is accepted without a word, so that it looks as if it worked.

    ## Example
    ```yaml
    name: w
    user: alice
    jobs:
      - {name: a, command: "true"}
    ```

    ## Use instead
    ```yaml
    name: w
    jobs:
      - {name: a, command: "true"}
    ```
    """

    code, name, severity, effect = "TL108", "ignored-field", WARNING, SURPRISE
