"""Keys that Torc does not know."""

from __future__ import annotations

from torclint.rules.base import ERROR, REJECTED, ReadingRule


class UnknownField(ReadingRule):
    """There is no field of this name here.

    ## What it does
    Flags keys that are no field of their struct, and names the field that was probably meant. YAML merge keys
    (`<<`) and `x-` keys are unknown fields, too.

    ## Why
    Torc refuses unknown keys, and of several names only the first in the alphabet.

    ## Example
    ```yaml
    name: w
    jobs:
      - {name: a, command: "true"}
      - {name: b, command: "true", depend_on: [a]}
    ```

    ## Use instead
    ```yaml
    name: w
    jobs:
      - {name: a, command: "true"}
      - {name: b, command: "true", depends_on: [a]}
    ```
    """

    code, name, severity, effect = "TL103", "unknown-field", ERROR, REJECTED
