"""Formats that Torc ignores."""

from __future__ import annotations

from torclint.rules.base import SURPRISE, WARNING, ReadingRule


class FormatWithoutEffect(ReadingRule):
    """The format of a slot does nothing for these values.

    ## What it does
    Flags `{p:...}` with a format that Torc does not apply: integers take `0Nd` only, floats `.Nf` only, texts none.

    ## Why
    An unknown format is no error; the value is put in plainly. `{i:3d}` does not pad, and `{i:03d}` does nothing
    for quoted numbers, which are texts.

    ## Example
    ```yaml
    name: w
    jobs:
      - {name: "work_{i:3d}", command: "run {i}", parameters: {i: "1:10"}}
    ```

    ## Use instead
    ```yaml
    name: w
    jobs:
      - {name: "work_{i:03d}", command: "run {i}", parameters: {i: "1:10"}}
    ```
    """

    code, name, severity, effect = "TL311", "format-without-effect", WARNING, SURPRISE
