"""Items that expand to nothing."""

from __future__ import annotations

from torclint.rules.base import SURPRISE, WARNING, ReadingRule


class EmptyExpansion(ReadingRule):
    """A parameter without values makes the whole item vanish.

    ## What it does
    Flags jobs, files and user data that expand to no item at all: an empty list, a file without values, or a range
    that runs in the wrong direction.

    ## Why
    Torc creates the workflow without them and says nothing. A range runs downwards only with a negative step.

    ## Example
    ```yaml
    name: w
    jobs:
      - {name: "work_{i}", command: "run {i}", parameters: {i: "10:1"}}
    ```

    ## Use instead
    ```yaml
    name: w
    jobs:
      - {name: "work_{i}", command: "run {i}", parameters: {i: "10:1:-1"}}
    ```
    """

    code, name, severity, effect = "TL307", "empty-expansion", WARNING, SURPRISE
