"""Schedulers that no job and no action uses."""

from __future__ import annotations

from torclint.graph.named import unnamed
from torclint.record import TYPE_CHECKING
from torclint.rules.base import INFO, STYLE, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.base import Finding
    from torclint.rules.thresholds import Thresholds


class UnusedScheduler(Rule):
    """A Slurm scheduler is declared and no job and no action names it.

    ## What it does
    Flags named items of `slurm_schedulers` that no job names as its scheduler and no action allocates nodes with.

    ## Why
    Torc asks Slurm for nodes where an action, or `torc slurm schedule-nodes`, tells it to. A scheduler without an action
    has to be started by hand.

    ## Example
    ```yaml
    name: w
    slurm_schedulers:
      - {name: night, account: a, walltime: "04:00:00"}
    jobs:
      - {name: a, command: "true"}
    ```

    ## Use instead
    ```yaml
    name: w
    slurm_schedulers:
      - {name: night, account: a, walltime: "04:00:00"}
    jobs:
      - {name: a, command: "true"}
    actions:
      - trigger_type: on_workflow_start
        action_type: schedule_nodes
        scheduler: night
        scheduler_type: slurm
        num_allocations: 1
    ```
    """

    code, name, severity, effect = "TL211", "unused-scheduler", INFO, STYLE

    def check(self, graph: WorkflowGraph, thresholds: Thresholds) -> Iterator[Finding]:
        workflow = graph.workflow
        others = [action.scheduler for action in workflow.actions if action.scheduler is not None]
        for each in unnamed(workflow, "scheduler", workflow.schedulers, others):
            if each.name is not None:
                yield self.finding(
                    f"no job and no action names the scheduler {each.name.text}",
                    each.name.node.span,
                    subject=f"scheduler {each.name.text}",
                    label="nothing asks Slurm for these nodes",
                    help=(
                        "add an action with action_type: schedule_nodes, or start it with torc slurm schedule-nodes",
                    ),
                )
