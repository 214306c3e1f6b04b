"""Actions whose jobs do not exist."""

from __future__ import annotations

from torclint.graph.edges import UNCOUNTABLE
from torclint.graph.picks import Picked, jobs_of_action
from torclint.names import rust_regex
from torclint.record import TYPE_CHECKING
from torclint.rules.base import ERROR, REJECTED, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.base import Finding
    from torclint.rules.thresholds import Thresholds
    from torclint.spec.model import Action


class UnmatchedAction(Rule):
    """An action that names a job that does not exist, or whose names and patterns pick out no job at all.

    ## What it does
    Flags entries of an action's `jobs` that name nothing, its `job_name_regexes` that cannot be read, and actions that pick
    out no job. Parameters are not put into actions: `job_{i}` there is the name itself.

    ## Why
    Torc refuses the whole spec. `torc create --dry-run` does not catch an action that picks out nothing.

    ## Example
    ```yaml
    name: w
    jobs:
      - {name: a, command: "true"}
    actions:
      - {trigger_type: on_jobs_complete, action_type: run_commands, commands: ["echo"], job_name_regexes: ["^b"]}
    ```

    ## Use instead
    ```yaml
    name: w
    jobs:
      - {name: a, command: "true"}
    actions:
      - {trigger_type: on_jobs_complete, action_type: run_commands, commands: ["echo"], job_name_regexes: ["^a"]}
    ```
    """

    code, name, severity, effect = "TL204", "unmatched-action", ERROR, REJECTED

    def check(self, graph: WorkflowGraph, thresholds: Thresholds) -> Iterator[Finding]:
        for action in graph.workflow.actions:
            if not action.has_jobs and not action.has_job_name_regexes:
                continue
            invalid = [each for each in action.job_name_regexes if not _is_valid(each.text)]
            for written in invalid:
                yield self.finding(
                    f"Torc cannot read the pattern `{written.text}`", written.node.span, label="no regular expression"
                )
            if invalid:
                continue
            try:
                picked = jobs_of_action(graph, action)
            except UNCOUNTABLE:
                continue
            yield from self._report(action, picked)

    def _report(self, action: Action, picked: Picked) -> Iterator[Finding]:
        for written in picked.missing:
            yield self.finding(
                f"the action names the job `{written.text}`, which does not exist",
                written.node.span,
                label="names nothing",
            )
        if not picked.missing and not picked.number:
            yield self.finding(
                "the action picks out no job",
                action.node.span._replace(end=action.trigger_type.node.end)
                if action.node.start <= action.trigger_type.node.start
                else action.node.span,
                help=("`torc create --dry-run` does not catch this",),
            )


def _is_valid(pattern: str) -> bool:
    try:
        rust_regex.compile(pattern)
    except rust_regex.RegexError:
        return False
    return True
