"""Words that are no parameter mode."""

from __future__ import annotations

from torclint.rules.base import SURPRISE, WARNING, ReadingRule


class UnknownParameterMode(ReadingRule):
    """`parameter_mode` is neither `zip` nor `product`.

    ## What it does
    Flags any other text, `Zip` among them.

    ## Why
    Torc takes anything that is not exactly `zip` for `product`: two lists of 1,000 values become 1,000,000 jobs
    instead of 1,000.

    ## Example
    ```yaml
    name: w
    jobs:
      - {name: "work_{a}_{b}", command: "run", parameters: {a: "1:3", b: "1:3"}, parameter_mode: Zip}
    ```

    ## Use instead
    ```yaml
    name: w
    jobs:
      - {name: "work_{a}_{b}", command: "run", parameters: {a: "1:3", b: "1:3"}, parameter_mode: zip}
    ```
    """

    code, name, severity, effect = "TL309", "unknown-parameter-mode", WARNING, SURPRISE
