"""Jobs that only runners with labels take."""

from __future__ import annotations

from torclint.rules.base import INFO, UNREADY, ReadingRule


class LabelledJob(ReadingRule):
    """Some jobs have labels and wait for a runner that has them, too.

    ## What it does
    Tells once how many jobs carry `labels`, and which labels a runner needs for the first of them.

    ## Why
    A runner started without `--label` takes only jobs without labels; with nothing else left it ends with exit code
    0, and these jobs have not run.

    ## Example
    ```yaml
    name: w
    jobs:
      - {name: a, command: "true", labels: [gpu]}
    ```

    ## Use instead
    ```yaml
    name: w
    jobs:
      - {name: a, command: "true"}
    ```
    """

    code, name, severity, effect = "TL706", "labelled-job", INFO, UNREADY
