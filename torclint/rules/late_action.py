"""Actions that wait for jobs which were to come after them."""

from __future__ import annotations

from torclint.graph.edges import UNCOUNTABLE
from torclint.graph.picks import groups_of_action
from torclint.names.relation import count_pairs
from torclint.record import TYPE_CHECKING
from torclint.rules.base import SURPRISE, WARNING, Related, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.groups import Group
    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.base import Finding
    from torclint.rules.thresholds import Thresholds
    from torclint.spec.model import Action

_STEPS = 10_000  # jobs that are looked at on the way back


class LateAction(Rule):
    """An action that can only come after jobs which it was meant to come before.

    ## What it does
    Flags `on_jobs_ready` actions of which one job waits for another one, and actions that start the nodes of a scheduler
    once jobs are complete that themselves ask for this scheduler, which no other action starts.

    ## Why
    Torc does an action once *all* of its jobs are ready (or complete). If one of them waits for another, that other one has
    run by then, without what the action prepares. If it needs the nodes that the action starts, it runs somewhere else, or
    never, and then the action never fires either.

    ## Example
    ```yaml
    name: w
    jobs:
      - {name: prepare, command: "./prepare"}
      - {name: train, command: "./train", depends_on: [prepare]}
    slurm_schedulers:
      - {name: gpu, account: x}
    actions:
      - trigger_type: on_jobs_ready
        action_type: schedule_nodes
        scheduler_type: slurm
        scheduler: gpu
        jobs: [prepare, train]
    ```

    ## Use instead
    ```yaml
    name: w
    jobs:
      - {name: prepare, command: "./prepare"}
      - {name: train, command: "./train", depends_on: [prepare]}
    slurm_schedulers:
      - {name: gpu, account: x}
    actions:
      - trigger_type: on_jobs_ready
        action_type: schedule_nodes
        scheduler_type: slurm
        scheduler: gpu
        jobs: [prepare]
    ```
    """

    code, name, severity, effect = "TL715", "late-action", WARNING, SURPRISE

    def check(self, graph: WorkflowGraph, thresholds: Thresholds) -> Iterator[Finding]:
        for action in graph.workflow.actions:
            trigger = action.trigger_type.text
            if trigger not in ("on_jobs_ready", "on_jobs_complete"):
                continue
            try:
                picked = groups_of_action(graph, action)
                finding = self._ready(graph, action, picked) if trigger == "on_jobs_ready" else None
                if finding is None and trigger == "on_jobs_complete":
                    finding = self._complete(graph, action, picked)
            except UNCOUNTABLE:
                continue
            if finding is not None:
                yield finding

    def _ready(self, graph: WorkflowGraph, action: Action, picked: list[Group]) -> Finding | None:
        """Raises Undecided, OverBudget or RegexError where nothing can be said."""
        wanted = {group.index for group in picked}
        for group in picked:
            before = _waited_for(graph, group, wanted)
            if before is None:
                continue
            first = graph.groups[before]
            what = "the nodes" if action.action_type.text == "schedule_nodes" else "the commands"
            return self.finding(
                f"{what} come when all jobs are ready, and {group.item.name.text} is ready only after "
                f"{first.item.name.text} has run",
                action.trigger_type.node.span,
                subject=f"action for {first.item.name.text}",
                label="waits for all of its jobs",
                help=("name the jobs that come first only, or write an action for each of them",),
                related=(
                    Related(group.item.name.node.span, f"waits for {first.item.name.text}"),
                    Related(first.item.name.node.span, f"runs before {what}"),
                ),
            )
        return None

    def _complete(self, graph: WorkflowGraph, action: Action, picked: list[Group]) -> Finding | None:
        if action.action_type.text != "schedule_nodes" or action.scheduler is None:
            return None
        wanted = action.scheduler.text
        others = [one for one in graph.workflow.actions if one.node is not action.node and one.scheduler is not None]
        if any(one.scheduler is not None and one.scheduler.text == wanted for one in others):
            return None
        for group in picked:
            asks = graph.workflow.jobs[group.index].scheduler
            if asks is not None and asks.text == wanted:
                name = group.item.name.text
                return self.finding(
                    f"the nodes of {wanted} are started once {name} is complete, and {name} itself asks for {wanted}",
                    action.trigger_type.node.span,
                    subject=f"action for {name}",
                    label="comes after the jobs",
                    help=("use on_jobs_ready, or on_workflow_start",),
                    related=(Related(asks.node.span, f"waits for a node of {wanted}"),),
                )
        return None


def _waited_for(graph: WorkflowGraph, start: Group, wanted: set[int]) -> int | None:
    """One of the `wanted` groups that `start` waits for, itself or through single jobs; None if there is none.

    Raises Undecided, OverBudget or RegexError where that cannot be said without listing.
    """
    edges = graph.edges_by_group
    pending, seen, steps = [start], {start.index}, _STEPS
    while pending and steps:
        group = pending.pop()
        steps -= 1
        if not edges.certain:
            return None
        producers = edges.producers(group)
        for index in (*producers.plain, *producers.terms):
            other = edges.jobs.all[index]
            terms = producers.terms.get(index)
            if terms is not None and not count_pairs(terms, group.domain, other.domain):
                continue
            if index in wanted and index != start.index:
                return index
            if index not in seen and other.size == 1:
                seen.add(index)
                pending.append(other)
    return None
