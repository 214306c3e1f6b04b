"""Keys that stand twice in one mapping."""

from __future__ import annotations

from torclint.rules.base import SURPRISE, WARNING, ReadingRule


class DuplicateKey(ReadingRule):
    """A key stands twice in one mapping, and the last one wins.

    ## What it does
    Flags the second of two equal keys, in every mapping of the spec.

    ## Why
    Torc takes the last value and drops the others without a word. A `depends_on` that is lost this way takes its
    dependencies with it.

    ## Example
    ```yaml
    name: w
    jobs:
      - {name: a, command: "true"}
      - {name: b, command: "true"}
      - name: c
        command: "true"
        depends_on: [a]
        depends_on: [b]
    ```

    ## Use instead
    ```yaml
    name: w
    jobs:
      - {name: a, command: "true"}
      - {name: b, command: "true"}
      - name: c
        command: "true"
        depends_on: [a, b]
    ```
    """

    code, name, severity, effect = "TL003", "duplicate-key", WARNING, SURPRISE
