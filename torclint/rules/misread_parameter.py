"""Parameter values that become other values."""

from __future__ import annotations

from torclint.rules.base import SURPRISE, WARNING, ReadingRule


class MisreadParameter(ReadingRule):
    """Torc takes the values of a parameter for others than are written.

    ## What it does
    Flags commas inside quotes (they split all the same), backslashes that stay, nested lists, texts such as `a,b`
    without brackets, leading zeros and decimals that are lost, words such as `nan` and `inf` that are floats, times
    that are ranges, and float ranges with values such as 0.30000000000000004.

    ## Why
    The jobs get other names and other values, without a word.

    ## Example
    ```yaml
    name: w
    jobs:
      - {name: "work_{size}", command: "run {size}", parameters: {size: "small,large"}}
    ```

    ## Use instead
    ```yaml
    name: w
    jobs:
      - {name: "work_{size}", command: "run {size}", parameters: {size: [small, large]}}
    ```
    """

    code, name, severity, effect = "TL310", "misread-parameter", WARNING, SURPRISE
