"""Jobs that do not fit into the allocations meant for them."""

from __future__ import annotations

from torclint.rules.base import ERROR, REJECTED, ReadingRule


class UnfitScheduler(ReadingRule):
    """A job asks for more than its scheduler, or any scheduler, offers.

    ## What it does
    Compares `runtime`, `memory`, `num_gpus` and `num_nodes` of each job with `walltime`, `mem`, `gres` and `nodes` of the
    scheduler it names, or else with all of them.
    Each pair of requirements and scheduler is reported once.

    ## Why
    Torc refuses the workflow unless the check is skipped; such jobs would wait in allocations that cannot run them.

    ## Example
    ```yaml
    name: w
    resource_requirements:
      - {name: long, num_cpus: 1, memory: 1g, runtime: PT8H}
    slurm_schedulers:
      - {name: short, account: a, walltime: "04:00:00"}
    jobs:
      - {name: a, command: "true", resource_requirements: long, scheduler: short}
    ```

    ## Use instead
    ```yaml
    name: w
    resource_requirements:
      - {name: long, num_cpus: 1, memory: 1g, runtime: PT8H}
    slurm_schedulers:
      - {name: short, account: a, walltime: "10:00:00"}
    jobs:
      - {name: a, command: "true", resource_requirements: long, scheduler: short}
    ```
    """

    code, name, severity, effect = "TL703", "unfit-scheduler", ERROR, REJECTED
