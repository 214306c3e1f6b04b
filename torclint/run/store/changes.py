"""Which completed jobs are no longer what they were when they ran, and what depends on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from torclint.run.outputs import is_there
from torclint.run.scheduler import COMPLETED
from torclint.run.store.digests import Contents, command_digest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from torclint.run.plan import Plan
    from torclint.run.store.schema import Row

_LISTED = 5


def changed_jobs(plan: Plan, rows: Iterable[Row], *, inputs: bool) -> dict[int, str]:
    """The completed jobs that have changed, each with what has: the command or `env`, and with `inputs` also files."""
    reasons: dict[int, str] = {}
    contents = Contents()
    for row in rows:
        if row.status != COMPLETED:
            continue
        job = plan.jobs.job(row.number)
        if row.command != command_digest(job):
            reasons[row.number] = "its command or env changed"
            continue
        if not inputs:
            continue
        files = plan.jobs.inputs(row.number)
        if row.inputs != contents.digest(files):
            reasons[row.number] = f"what it reads changed: {told(list(files))}"
            continue
        missing = [path for path in job.outputs if not is_there(path)]
        if missing:
            reasons[row.number] = f"its output is missing: {told(missing)}"
    return reasons


def because_of(plan: Plan, reasons: dict[int, str]) -> dict[int, str]:
    """`reasons`, and all jobs that wait for one of those, directly or not, with the one because of which they run."""
    found = dict(reasons)
    gates = plan.gates
    seen: set[int] = set()
    stack = list(reasons)
    while stack:
        number = stack.pop()
        for gate in gates.gates_of(number):
            if gate in seen:
                continue
            seen.add(gate)
            for waiter in gates.waiters(gate):
                if waiter not in found:
                    found[waiter] = f"{plan.jobs.name(number)} does"
                    stack.append(waiter)
    return found


def told(names: list[str]) -> str:
    """A few names out of many."""
    text = ", ".join(names[:_LISTED])
    return text if len(names) <= _LISTED else f"{text} and {len(names) - _LISTED:,} more"
