"""Words that are none of those a field takes."""

from __future__ import annotations

from torclint.rules.base import ERROR, REJECTED, ReadingRule


class UnknownValue(ReadingRule):
    """A field that takes one of a few words has another one.

    ## What it does
    Flags values of `mode` and `granularity` that are not in their lists. Case and spelling count: `Summary` is not
    `summary`.

    ## Why
    Torc refuses the spec.

    ## Example
    ```yaml
    name: w
    resource_monitor:
      jobs: {enabled: true, granularity: TimeSeries}
    jobs:
      - {name: a, command: "true"}
    ```

    ## Use instead
    ```yaml
    name: w
    resource_monitor:
      jobs: {enabled: true, granularity: time_series}
    jobs:
      - {name: a, command: "true"}
    ```
    """

    code, name, severity, effect = "TL104", "unknown-value", ERROR, REJECTED
