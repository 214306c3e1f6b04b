"""Slots inside shell or doubled braces."""

from __future__ import annotations

from torclint.rules.base import SURPRISE, WARNING, ReadingRule


class StrayBraces(ReadingRule):
    """A parameter is put into `${name}` or `{{name}}`.

    ## What it does
    Flags slots after a `$` and slots in doubled braces.

    ## Why
    Torc knows no escape: with i = 7, `${i}` becomes `$7`, the seventh argument of the shell, and `{{i}}` becomes
    `{7}`.

    ## Example
    ```yaml
    name: w
    jobs:
      - {name: "work_{i}", command: "echo ${i}", parameters: {i: "1:10"}}
    ```

    ## Use instead
    ```yaml
    name: w
    jobs:
      - {name: "work_{i}", command: "echo {i}", parameters: {i: "1:10"}}
    ```
    """

    code, name, severity, effect = "TL313", "stray-braces", WARNING, SURPRISE
