"""Signals that Torc does not know."""

from __future__ import annotations

from torclint.rules.base import SURPRISE, WARNING, ReadingRule


class UnknownSignal(ReadingRule):
    """`termination_signal` is no signal that Torc can send.

    ## What it does
    Flags any name but SIGTERM, SIGINT, SIGUSR1, SIGUSR2, SIGHUP and SIGKILL, with or without SIG.

    ## Why
    Torc sends SIGTERM instead and only logs it.

    ## Example
    ```yaml
    name: w
    execution_config: {termination_signal: SIGQUIT}
    jobs:
      - {name: a, command: "true"}
    ```

    ## Use instead
    ```yaml
    name: w
    execution_config: {termination_signal: SIGINT}
    jobs:
      - {name: a, command: "true"}
    ```
    """

    code, name, severity, effect = "TL708", "unknown-signal", WARNING, SURPRISE
