"""Parameters that Torc refuses."""

from __future__ import annotations

from torclint.rules.base import ERROR, REJECTED, ReadingRule


class BadParameter(ReadingRule):
    """The values of a parameter cannot be read, or cannot be combined.

    ## What it does
    Flags ranges that are none (any text with a colon is taken for one), steps of 0 or that do not fit, files of
    values that cannot be read, and `zip` over different numbers of values.

    ## Why
    Torc refuses the spec.

    ## Example
    ```yaml
    name: w
    jobs:
      - name: "work_{t}"
        command: "run {t}"
        parameters: {t: "10:30am"}
    ```

    ## Use instead
    ```yaml
    name: w
    jobs:
      - name: "work_{t}"
        command: "run {t}"
        parameters: {t: ["10:30am"]}
    ```
    """

    code, name, severity, effect = "TL303", "bad-parameter", ERROR, REJECTED
