"""Many short jobs of which each is measured."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING
from torclint.rules.base import INFO, SLOW, Rule
from torclint.spec.quantities import QuantityError, runtime

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.base import Finding
    from torclint.rules.thresholds import Thresholds

_SECONDS_PER_JOB = 0.1  # measured with Torc 1.0.0: what the monitor adds to a job, however short it is
_SHORT = 60  # seconds


class MonitorCost(Rule):
    """Thousands of short jobs run under the resource monitor, which costs each of them 0.1 s.

    ## What it does
    Counts the jobs whose `runtime` is a minute or less, and flags them from `monitored-jobs` (2,000)
    on where the monitor of jobs is not switched off. Torc switches it on where a spec says nothing.

    ## Why
    The monitor adds 0.1 s to every job. For an hour's work that is nothing; for thousands of jobs of a second it may be as
    much as the work itself.

    ## Example
    ```yaml
    name: w
    resource_requirements:
      - {name: short, num_cpus: 1, memory: 100m, runtime: PT10S}
    jobs:
      - {name: "a_{i}", command: "./a {i}", parameters: {i: "1:5000"}, resource_requirements: short}
    ```

    ## Use instead
    ```yaml
    name: w
    resource_monitor: {enabled: false}
    resource_requirements:
      - {name: short, num_cpus: 1, memory: 100m, runtime: PT10S}
    jobs:
      - {name: "a_{i}", command: "./a {i}", parameters: {i: "1:5000"}, resource_requirements: short}
    ```
    """

    code, name, severity, effect = "TL716", "monitor-cost", INFO, SLOW

    def check(self, graph: WorkflowGraph, thresholds: Thresholds) -> Iterator[Finding]:
        workflow = graph.workflow
        if workflow.resource_monitor is not None and not _is_on(workflow.resource_monitor):
            return
        short = {one.name.text for one in workflow.resource_requirements if _is_short(one.runtime.text)}
        jobs = [job for job in workflow.jobs if job.resource_requirements and job.resource_requirements.text in short]
        count = sum(job.domain.size for job in jobs)
        if count < thresholds.monitored_jobs:
            return
        most = max(jobs, key=lambda job: job.domain.size)
        assert most.resource_requirements is not None
        yield self.finding(
            f"the resource monitor adds 0.1 s to each of {count:,} jobs of a minute or less: "
            f"{count * _SECONDS_PER_JOB:,.0f} s in all",
            most.resource_requirements.node.span,
            subject=f"job {most.name.text}",
            label=f"{most.domain.size:,} of them",
            help=("switch it off: resource_monitor: {enabled: false}; then memory limits are not enforced either",),
        )


def _is_on(monitor: dict[str, object]) -> bool:
    jobs = monitor.get("jobs")
    return bool(monitor.get("enabled") if not isinstance(jobs, dict) else jobs.get("enabled"))


def _is_short(text: str) -> bool:
    try:
        return runtime(text).seconds <= _SHORT
    except QuantityError:
        return False
