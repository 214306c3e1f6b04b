"""RO-Crate identifiers that Torc refuses."""

from __future__ import annotations

from torclint.rules.base import ERROR, REJECTED, ReadingRule


class BadIdentifier(ReadingRule):
    """The identifier of a file cannot be used.

    ## What it does
    Flags each `identifier` without `enable_ro_crate: true`, blank ones, those that Torc uses itself, those of two files
    or equal to the path of another file, and those of files that a job writes or that no job reads.

    ## Why
    Torc refuses the workflow. Identifiers stay with input files only: those of outputs would be overwritten.

    ## Example
    ```yaml
    name: w
    files:
      - {name: table, path: table.csv, identifier: "https://doi.org/10.1/x"}
    jobs:
      - {name: a, command: "wc table.csv", input_files: [table]}
    ```

    ## Use instead
    ```yaml
    name: w
    enable_ro_crate: true
    files:
      - {name: table, path: table.csv, identifier: "https://doi.org/10.1/x"}
    jobs:
      - {name: a, command: "wc table.csv", input_files: [table]}
    ```
    """

    code, name, severity, effect = "TL223", "bad-identifier", ERROR, REJECTED
