"""Files that are not the YAML, JSON, JSON5 or KDL that Torc reads."""

from __future__ import annotations

from torclint.rules.base import ERROR, REJECTED, ReadingRule


class SyntaxError(ReadingRule):
    """The file cannot be read in its format.

    ## What it does
    Reports the place where Torc's reader gives up: a syntax error, a second YAML document, a byte order mark,
    nesting that is too deep, an unknown anchor or tag, a number out of range.

    ## Why
    Torc refuses the file before it looks at anything in it.

    ## Example
    ```yaml
    name: w
    jobs:
      - name: a
        command: "echo
    ```

    ## Use instead
    ```yaml
    name: w
    jobs:
      - name: a
        command: "echo"
    ```
    """

    code, name, severity, effect = "TL001", "syntax-error", ERROR, REJECTED
