"""What to write where an edit is withheld: the new jobs in the spec's own syntax, and what waits for them."""

from __future__ import annotations

from textwrap import dedent

from torclint.fix.rewrite import fields_of, written_job
from torclint.record import TYPE_CHECKING
from torclint.syntax.insertion import CannotEdit, insert_before

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.fix.planning.plan import Barrier, Redirect, Unit
    from torclint.spec.model import Workflow

_SHOWN = 5


def by_hand(workflow: Workflow, unit: Unit) -> tuple[str, ...]:
    """The lines that tell somebody what the edits for `unit` would have been."""
    lines: list[str] = []
    for barrier in unit.barriers:
        lines.append(f"a new job above {barrier.first_consumer.template.text}:")
        lines += (f"  {line}" for line in _written(workflow, barrier))
    lines += (_instead(each) for each in unit.redirects[:_SHOWN])
    if len(unit.redirects) > _SHOWN:
        lines.append(f"and so on for {len(unit.redirects) - _SHOWN:,} more")
    return tuple(lines)


def _written(workflow: Workflow, barrier: Barrier) -> Iterator[str]:
    fields = fields_of(barrier)
    try:
        edit = insert_before(
            workflow.document, "jobs", written_job(workflow, barrier.first_consumer.index).node, fields
        )
    except CannotEdit:
        yield from (f"{field}: {value}" for field, value in fields)
        return
    yield from dedent(edit.replacement).strip().splitlines()


def _instead(redirect: Redirect) -> str:
    gone = ", ".join(f"`{clause.template.text}`" for clause in redirect.dropped)
    new = ", ".join(f"`{name}`" for name in (*redirect.barriers, *(clause.template.text for clause in redirect.added)))
    return f"in {redirect.group.template.text}: wait for {new} instead of {gone}"
