"""Required fields that are not there."""

from __future__ import annotations

from torclint.rules.base import ERROR, REJECTED, ReadingRule


class MissingField(ReadingRule):
    """A required field is missing.

    ## What it does
    Flags a workflow without `name` or `jobs`, a job without `name` or `command`, and so on for every struct.

    ## Why
    Torc refuses the spec, and does not say which item it is about.

    ## Example
    ```yaml
    name: w
    jobs:
      - name: a
    ```

    ## Use instead
    ```yaml
    name: w
    jobs:
      - name: a
        command: "true"
    ```
    """

    code, name, severity, effect = "TL102", "missing-field", ERROR, REJECTED
