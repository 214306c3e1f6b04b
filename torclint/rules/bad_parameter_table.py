"""Tables of parameters that Torc refuses."""

from __future__ import annotations

from torclint.rules.base import ERROR, REJECTED, ReadingRule


class BadParameterTable(ReadingRule):
    """The table named by `parameters_file` cannot be read.

    ## What it does
    Flags tables that are missing, empty, ragged or of an unknown ending, columns without a name or with the same
    name, and JSON that is no list of objects.

    ## Why
    Torc refuses the spec. Paths are taken from the directory in which torc is started, not from that of the spec.

    ## Example
    ```yaml
    name: w
    jobs:
      - {name: "work_{x}", command: "run {x}", parameters_file: no_such_table.csv}
    ```

    ## Use instead
    ```yaml
    name: w
    jobs:
      - {name: "work_{x}", command: "run {x}", parameters: {x: "1:10"}}
    ```
    """

    code, name, severity, effect = "TL304", "bad-parameter-table", ERROR, REJECTED
