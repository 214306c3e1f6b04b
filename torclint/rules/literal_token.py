"""Slots that stay as they are."""

from __future__ import annotations

from torclint.rules.base import SURPRISE, WARNING, ReadingRule


class LiteralToken(ReadingRule):
    """A `{name}` is no parameter of its item and stays in the text.

    ## What it does
    Flags `{name}` in names and paths when the item has no such parameter, and in other strings when some other item
    or the workflow has it.

    ## Why
    Torc puts in only the parameters of the item itself; those of the workflow only with `use_parameters`. The
    braces end up in names and commands.

    ## Example
    ```yaml
    name: w
    parameters: {seed: "1:3"}
    jobs:
      - {name: "work_{seed}", command: "run {seed}"}
    ```

    ## Use instead
    ```yaml
    name: w
    parameters: {seed: "1:3"}
    jobs:
      - {name: "work_{seed}", command: "run {seed}", use_parameters: [seed]}
    ```
    """

    code, name, severity, effect = "TL312", "literal-token", WARNING, SURPRISE
