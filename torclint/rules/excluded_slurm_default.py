"""Slurm options that no default may set."""

from __future__ import annotations

from torclint.rules.base import ERROR, REJECTED, ReadingRule


class ExcludedSlurmDefault(ReadingRule):
    """`slurm_defaults` sets an option that Torc sets itself.

    ## What it does
    Flags partition, nodes, walltime, time, mem, gres, name and job-name, in any case.

    ## Why
    Torc refuses the workflow; these belong to each scheduler.

    ## Example
    ```yaml
    name: w
    slurm_defaults: {partition: debug, qos: high}
    jobs:
      - {name: a, command: "true"}
    ```

    ## Use instead
    ```yaml
    name: w
    slurm_defaults: {qos: high}
    slurm_schedulers:
      - {name: s, account: a, partition: debug}
    jobs:
      - {name: a, command: "true"}
    ```
    """

    code, name, severity, effect = "TL704", "excluded-slurm-default", ERROR, REJECTED
