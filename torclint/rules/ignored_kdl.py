"""Parts of a KDL file that Torc's reader drops."""

from __future__ import annotations

from torclint.rules.base import SURPRISE, WARNING, ReadingRule


class IgnoredKdl(ReadingRule):
    """Torc's KDL reader passes over this in silence.

    ## What it does
    Flags nodes it does not know, values after the first, values of the wrong type, and empty blocks.

    ## Why
    In KDL nothing unknown is refused: a misspelled node, a second argument of `depends_on`, or `name 5` simply is
    not there, and what comes of it shows much later or never.

    ## Example
    ```kdl
    name "w"
    job "a" {
        command "true"
    }
    job "b" {
        command "true"
    }
    job "c" {
        command "true"
        depends_on "a" "b"
    }
    ```

    ## Use instead
    ```kdl
    name "w"
    job "a" {
        command "true"
    }
    job "b" {
        command "true"
    }
    job "c" {
        command "true"
        depends_on "a"
        depends_on "b"
    }
    ```
    """

    code, name, severity, effect = "TL004", "ignored-kdl", WARNING, SURPRISE
