"""Parameters from two sources at once."""

from __future__ import annotations

from torclint.rules.base import ERROR, REJECTED, ReadingRule


class ParameterConflict(ReadingRule):
    """Parameters come from two sources that exclude each other.

    ## What it does
    Flags a table beside `parameters`, `parameter_mode` or `use_parameters`, two tables for one item,
    `use_parameters_file` without a table of the workflow, and a workflow with both `parameters` and
    `parameters_file`.

    ## Why
    Torc refuses the spec. A `parameter_mode` alone counts as a source.

    ## Example
    ```yaml
    name: w
    jobs:
      - {name: "work_{x}", command: "run {x}", parameters: {x: "1:3"}, use_parameters_file: true}
    ```

    ## Use instead
    ```yaml
    name: w
    jobs:
      - {name: "work_{x}", command: "run {x}", parameters: {x: "1:3"}}
    ```
    """

    code, name, severity, effect = "TL305", "parameter-conflict", ERROR, REJECTED
