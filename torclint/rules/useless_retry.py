"""Failure handlers that do nothing."""

from __future__ import annotations

from torclint.rules.base import SURPRISE, WARNING, ReadingRule


class UselessRetry(ReadingRule):
    """A failure handler or one of its rules never has an effect.

    ## What it does
    Flags handlers without `rules`, rules for no exit code or for 0 (`exit_codes`), and `max_retries` of 1 or less.

    ## Why
    `max_retries` counts every run of the job, not the runs after the first: 1 means that it is not tried again and
    that its recovery script never runs.

    ## Example
    ```yaml
    name: w
    failure_handlers:
      - {name: retry, rules: [{exit_codes: [1], max_retries: 1}]}
    jobs:
      - {name: a, command: "true", failure_handler: retry}
    ```

    ## Use instead
    ```yaml
    name: w
    failure_handlers:
      - {name: retry, rules: [{exit_codes: [1], max_retries: 2}]}
    jobs:
      - {name: a, command: "true", failure_handler: retry}
    ```
    """

    code, name, severity, effect = "TL707", "useless-retry", WARNING, SURPRISE
