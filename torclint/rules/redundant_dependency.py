"""Dependencies that follow from others."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING
from torclint.rules.base import FIXES_AT_ONCE, INFO, STYLE, UNSAFE, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.edges import Edges
    from torclint.graph.groups import Group
    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.base import Finding, FixOffer
    from torclint.rules.thresholds import Thresholds
    from torclint.spec.model import Workflow, Written

_STEPS = 20_000  # jobs that are looked at on the way back
_MOST = 50  # names of one list that are compared with each other


class RedundantDependency(Rule):
    """A job waits for another by name that one of its other dependencies waits for anyway.

    ## What it does
    Flags a name in `depends_on` where another name of the same list leads to that job through `depends_on`, and every job on
    the way is cancelled on failure, so that it is waited for, and its failure felt, without the name as well.

    ## Why
    It is one more row for each job, and one more line that has to be kept right. It may be there to say something to
    readers: then leave it.

    ## Example
    ```yaml
    name: w
    jobs:
      - {name: fetch, command: "./fetch"}
      - {name: clean, command: "./clean", depends_on: [fetch]}
      - {name: report, command: "./report", depends_on: [fetch, clean]}
    ```

    ## Use instead
    ```yaml
    name: w
    jobs:
      - {name: fetch, command: "./fetch"}
      - {name: clean, command: "./clean", depends_on: [fetch]}
      - {name: report, command: "./report", depends_on: [clean]}
    ```

    ## Fix safety
    `torclint fix --unsafe-fixes` removes the name. Every job still runs after the same jobs, also when some fail. The fix is
    unsafe: the dependency is no longer in Torc's table, and it does not hold any more once the other one goes.
    """

    code, name, severity, effect, fixable = "TL506", "redundant-dependency", INFO, STYLE, True

    def check(self, graph: WorkflowGraph, thresholds: Thresholds) -> Iterator[Finding]:
        edges, workflow = graph.edges_by_group, graph.workflow
        search = _Search(workflow, edges)
        found = 0
        for group, job in zip(edges.jobs.all, workflow.jobs, strict=True):
            named = [
                (written, edges.jobs.plain[written.text])
                for written in job.depends_on
                if written.text in edges.jobs.plain
            ]
            if not 2 <= len(named) <= _MOST:
                continue
            wanted = {index for _, index in named}
            for written, index in named:
                through = next((other for other in sorted(wanted - {index}) if search.leads(other, index)), None)
                if through is not None:
                    found += 1
                    fix = self._fix(graph, group, written) if found <= FIXES_AT_ONCE else None
                    yield self._report(group, written, edges.jobs.all[through], fix)

    def _fix(self, graph: WorkflowGraph, group: Group, written: Written) -> FixOffer | None:
        from torclint.rules.offers import dropping

        return dropping(graph.workflow.document, group.item.node, "depends_on", written, self.code, UNSAFE)

    def _report(self, group: Group, written: Written, through: Group, fix: FixOffer | None) -> Finding:
        name = group.item.name.text
        return self.finding(
            f"{name} waits for {written.text} anyway: {through.literal} does",
            written.node.span,
            subject=f"job {name}",
            label=f"implied by {through.literal}",
            fix=fix,
        )


class _Search:
    """Ways back from job to job by plain names, through jobs that are cancelled on failure."""

    def __init__(self, workflow: Workflow, edges: Edges) -> None:
        self._workflow = workflow
        self._plain = edges.jobs.plain
        self._steps = _STEPS

    def leads(self, start: int, goal: int) -> bool:
        """Whether `start` waits for `goal`, itself or through others; false where that takes too long to tell."""
        pending, seen = [start], {start}
        while pending and self._steps > 0:
            index = pending.pop()
            self._steps -= 1
            job = self._workflow.jobs[index]
            if job.domain.axes or not job.cancel_on_blocking_job_failure:
                continue
            for written in job.depends_on:
                other = self._plain.get(written.text)
                if other == goal:
                    return True
                if other is not None and other not in seen:
                    seen.add(other)
                    pending.append(other)
        return False
