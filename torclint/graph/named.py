"""Which requirements, handlers and schedulers jobs name."""

from __future__ import annotations

from torclint.names.template import parse_template
from torclint.record import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TypeVar

    from torclint.spec.model import Workflow, Written

    Item = TypeVar("Item", bound="Declared")

_MOST = 10_000  # jobs of one item whose names are written out


class Declared(Protocol):
    """An item of the spec that jobs may name."""

    @property
    def name(self) -> Written | None: ...


def unnamed(workflow: Workflow, field: str, declared: Iterable[Item], others: Iterable[Written] = ()) -> list[Item]:
    """Those of the `declared` items whose names stand neither in `field` of any job nor among `others`; none where that
    cannot be known. Items without a name are left out."""
    used = named(workflow, field)
    if used is None:
        return []
    used |= {written.text for written in others}
    return [item for item in declared if item.name is not None and item.name.text not in used]


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
