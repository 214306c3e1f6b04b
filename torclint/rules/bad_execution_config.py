"""Settings that the execution mode excludes."""

from __future__ import annotations

from torclint.rules.base import ERROR, REJECTED, ReadingRule


class BadExecutionConfig(ReadingRule):
    """A field of `execution_config` does not go with its mode.

    ## What it does
    Flags fields for direct mode in Slurm mode (`limit_resources: false`, `termination_signal`, `sigterm_lead_seconds`,
    `oom_exit_code`) and the other way round (`srun_termination_signal`, `enable_cpu_bind`), `srun_mpi` that is not one
    word or has no action it applies to, and `start_one_worker_per_node` outside direct mode.

    ## Why
    Torc refuses the workflow when it is created, after a dry run that passed. Mode `auto` counts as Slurm when
    there is a Slurm scheduler.

    ## Example
    ```yaml
    name: w
    execution_config: {mode: direct, srun_termination_signal: TERM@120}
    jobs:
      - {name: a, command: "true"}
    ```

    ## Use instead
    ```yaml
    name: w
    execution_config: {mode: direct, termination_signal: SIGTERM}
    jobs:
      - {name: a, command: "true"}
    ```
    """

    code, name, severity, effect = "TL702", "bad-execution-config", ERROR, REJECTED
