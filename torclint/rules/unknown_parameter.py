"""Workflow parameters that are used and not there, or named in vain."""

from __future__ import annotations

from torclint.rules.base import SURPRISE, WARNING, ReadingRule


class UnknownParameter(ReadingRule):
    """`use_parameters` names no parameter of the workflow, or is ignored.

    ## What it does
    Flags names under `use_parameters` that the workflow's `parameters` does not hold, and `use_parameters` beside
    `parameters` of the item itself.

    ## Why
    Torc drops unknown names; when none is left, the item is one item with its tokens as they are. Parameters of the
    item's own switch `use_parameters` off.

    ## Example
    ```yaml
    name: w
    parameters: {seed: "1:3"}
    jobs:
      - {name: work, command: "run", use_parameters: [seeds]}
    ```

    ## Use instead
    ```yaml
    name: w
    parameters: {seed: "1:3"}
    jobs:
      - {name: "work_{seed}", command: "run {seed}", use_parameters: [seed]}
    ```
    """

    code, name, severity, effect = "TL308", "unknown-parameter", WARNING, SURPRISE
