"""Labels that Torc refuses."""

from __future__ import annotations

from torclint.rules.base import ERROR, REJECTED, ReadingRule


class BadLabel(ReadingRule):
    """A label is empty, has a comma or outer spaces, or stands beside a scheduler.

    ## What it does
    Flags labels that are no label after parameters are put in, and jobs that have both `labels` and `scheduler`.

    ## Why
    Torc refuses the workflow: label sets travel comma-separated, and runners of a scheduler carry no labels.

    ## Example
    ```yaml
    name: w
    jobs:
      - {name: a, command: "true", labels: ["gpu,large"]}
    ```

    ## Use instead
    ```yaml
    name: w
    jobs:
      - {name: a, command: "true", labels: [gpu, large]}
    ```
    """

    code, name, severity, effect = "TL221", "bad-label", ERROR, REJECTED
