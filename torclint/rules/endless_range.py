"""Ranges that Torc never gets to the end of."""

from __future__ import annotations

from torclint.rules.base import ERROR, REJECTED, ReadingRule


class EndlessRange(ReadingRule):
    """A range never ends, or holds more floats than can be listed.

    ## What it does
    Flags integer ranges that run into the largest 64-bit integer, float ranges whose step is too small to change
    the value or whose end is infinite, and float ranges of more than 2,000,000 values.

    ## Why
    Torc goes on adding values until its memory is used up, also for a workflow parameter that nothing uses.

    ## Example
    ```yaml
    name: w
    jobs:
      - {name: "work_{x}", command: "run {x}", parameters: {x: "0:inf"}}
    ```

    ## Use instead
    ```yaml
    name: w
    jobs:
      - {name: "work_{x}", command: "run {x}", parameters: {x: "0:100"}}
    ```
    """

    code, name, severity, effect = "TL306", "endless-range", ERROR, REJECTED
