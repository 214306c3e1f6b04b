"""Variables that Torc refuses."""

from __future__ import annotations

from torclint.rules.base import ERROR, REJECTED, ReadingRule


class BadVariable(ReadingRule):
    """`variables` is not a mapping of plain texts under names of its own.

    ## What it does
    Flags names that are no identifier, values that are no string or hold a `{name}`, names that are also a
    parameter anywhere in the spec, and `variables` itself when it is null or a list.

    ## Why
    Torc refuses the spec.

    ## Example
    ```yaml
    name: w
    variables: {root: /data, raw: "{root}/raw"}
    jobs:
      - {name: a, command: "ls {raw}"}
    ```

    ## Use instead
    ```yaml
    name: w
    variables: {root: /data}
    jobs:
      - {name: a, command: "ls {root}/raw"}
    ```
    """

    code, name, severity, effect = "TL301", "bad-variable", ERROR, REJECTED
