"""Amounts that Torc cannot read or does not take."""

from __future__ import annotations

from torclint.rules.base import ERROR, REJECTED, ReadingRule


class BadQuantity(ReadingRule):
    """An amount cannot be read, or is out of range.

    ## What it does
    Flags `memory` that is not an integer with at most one of k, m, g, t; a `runtime` that is no ISO 8601 duration;
    `walltime` and `mem` of a scheduler that cannot be read; `num_cpus` or `num_nodes` below 1, `priority` below 0,
    `max_iterations` below 1.

    ## Why
    The server or the check before creation refuses these, most of them after a dry run that passed, and even when
    no job uses the requirement.

    ## Example
    ```yaml
    name: w
    resource_requirements:
      - {name: small, num_cpus: 1, memory: 1.5GB, runtime: "02:00:00"}
    jobs:
      - {name: a, command: "true", resource_requirements: small}
    ```

    ## Use instead
    ```yaml
    name: w
    resource_requirements:
      - {name: small, num_cpus: 1, memory: 1536m, runtime: PT2H}
    jobs:
      - {name: a, command: "true", resource_requirements: small}
    ```
    """

    code, name, severity, effect = "TL106", "bad-quantity", ERROR, REJECTED
