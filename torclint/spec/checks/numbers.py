"""Numbers outside their range (Torc 1.0.0, workflow_spec.rs:1865-1880, 4539-4546, resource_monitor.rs:268)."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING
from torclint.spec.checks.wording import DRY_RUN, key_span, value_span
from torclint.spec.model import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.spec.model import Workflow
    from torclint.spec.reader import Decoded


def problems(workflow: Workflow) -> Iterator[Problem]:
    for job in workflow.jobs:
        if job.priority < 0 and job.domain.size:
            yield Problem(
                "bad-quantity",
                f"priority {job.priority:,} is below 0",
                value_span(job.node, "priority"),
                f"job {job.name.text}",
                ("write 0 or more; jobs without a priority have 0", DRY_RUN),
            )
    dynamic: Decoded | None = workflow.fields.get("dynamic_jobs")
    if dynamic is not None and dynamic.values.get("max_iterations", 1) < 1:
        yield Problem(
            "bad-quantity",
            f"max_iterations {dynamic.values['max_iterations']:,} is below 1",
            value_span(dynamic.node, "max_iterations"),
            "",
            ("write 1 or more, or leave it out for 1000",),
        )
    monitor: Decoded | None = workflow.fields.get("resource_monitor")
    for field in ("sample_interval_seconds", "flush_interval_seconds"):
        if monitor is not None and monitor.values.get(field, 1) < 1:
            yield Problem(
                "misread-quantity",
                f"with {field} {monitor.values[field]:,} nothing is measured; Torc only logs it",
                key_span(monitor.node, field),
                "",
                ("write 1 or more, or enabled: false",),
            )
