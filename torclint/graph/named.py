"""Which requirements, handlers and schedulers jobs name."""

from __future__ import annotations

from torclint.names.template import parse_template
from torclint.record import TYPE_CHECKING

if TYPE_CHECKING:
    from torclint.spec.model import Workflow, Written

_MOST = 10_000  # jobs of one item whose names are written out


def named(workflow: Workflow, field: str) -> set[str] | None:
    """All that stands in `field` of any job, with slots filled in; None where that cannot be known.

    Jobs that add jobs while they run may name anything.
    """
    if workflow.fields.get("dynamic_jobs") is not None:
        return None
    found: set[str] = set()
    for job in workflow.jobs:
        written: Written | None = getattr(job, field)
        if written is None:
            continue
        template = parse_template(written.text, job.domain)
        if not template.slots:
            found.add(written.text)
        elif job.domain.size > _MOST:
            return None
        else:
            found.update(template.names(job.domain))
    return found
