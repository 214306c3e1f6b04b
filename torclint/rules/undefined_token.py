"""Tokens that are neither a variable nor a parameter."""

from __future__ import annotations

from torclint.rules.base import ERROR, REJECTED, ReadingRule


class UndefinedToken(ReadingRule):
    r"""A spec with `variables` holds a `{name}` that is nothing.

    ## What it does
    Flags `{name}` and `{name:...}` in any string when the name is no variable and no parameter of any item. Without
    `variables` nothing is checked.

    ## Why
    One variable makes Torc check every string of the spec, also commands in which the braces belong to awk, Python
    or a pattern such as `\p{L}`.

    ## Example
    ```yaml
    name: w
    variables: {root: /data}
    jobs:
      - {name: a, command: "awk '{print}' {root}/x"}
    ```

    ## Use instead
    ```yaml
    name: w
    variables: {root: /data}
    jobs:
      - {name: a, command: "awk '{ print }' {root}/x"}
    ```
    """

    code, name, severity, effect = "TL302", "undefined-token", ERROR, REJECTED
