"""Amounts that Torc takes for another amount."""

from __future__ import annotations

from torclint.rules.base import SURPRISE, WARNING, ReadingRule


class MisreadQuantity(ReadingRule):
    """Torc reads an amount otherwise than it seems to say.

    ## What it does
    Flags a `runtime` of which the end is ignored (`PT1.5H` and `PT1h` are 0 s), `P30M` (months), `memory` without a
    unit (bytes), a `walltime` such as `1-02` (1 day 2 minutes to Torc, 1 day 2 hours to Slurm), GPUs in `gres` that are
    not counted, negative `num_gpus`, `sample_interval_seconds` and `flush_interval_seconds` below 1.

    ## Why
    Nothing is refused; jobs are placed, killed or measured by the other amount.

    ## Example
    ```yaml
    name: w
    resource_requirements:
      - {name: small, num_cpus: 1, memory: 2g, runtime: PT1.5H}
    jobs:
      - {name: a, command: "true", resource_requirements: small}
    ```

    ## Use instead
    ```yaml
    name: w
    resource_requirements:
      - {name: small, num_cpus: 1, memory: 2g, runtime: PT1H30M}
    jobs:
      - {name: a, command: "true", resource_requirements: small}
    ```
    """

    code, name, severity, effect = "TL107", "misread-quantity", WARNING, SURPRISE
