"""Values that mention another parameter."""

from __future__ import annotations

from torclint.rules.base import SURPRISE, WARNING, ReadingRule


class RandomSubstitution(ReadingRule):
    """The value of one parameter holds the slot of another.

    ## What it does
    Flags values with `{other}` where `other` is a parameter of the same item.

    ## Why
    Torc puts parameters in one after the other, in an order that changes from run to run. Whether the slot in the
    value is filled depends on it.

    ## Example
    ```yaml
    name: w
    jobs:
      - name: "work_{i}"
        command: "run {out}"
        parameters: {i: "1:3", out: "file_{i}.txt"}
    ```

    ## Use instead
    ```yaml
    name: w
    jobs:
      - name: "work_{i}"
        command: "run file_{i}.txt"
        parameters: {i: "1:3"}
    ```
    """

    code, name, severity, effect = "TL314", "random-substitution", WARNING, SURPRISE
