"""Which jobs an action picks out (Torc 1.0.0, workflow_spec.rs:4081-4124)."""

from __future__ import annotations

from torclint.graph.groups import NO_PARAMETERS
from torclint.names import rust_regex
from torclint.names.counting import count_accepted
from torclint.names.machine import ExactNames, any_of
from torclint.names.template import Template
from torclint.record import TYPE_CHECKING, Record

if TYPE_CHECKING:
    from torclint.graph.groups import Group
    from torclint.graph.workflow import WorkflowGraph
    from torclint.names.machine import Machine
    from torclint.spec.model import Action, Written


class Picked(Record):
    """How many jobs an action picks out, and which of its names no job has."""

    number: int
    missing: tuple[Written, ...]


def jobs_of_action(graph: WorkflowGraph, action: Action) -> Picked:
    """Names and patterns of `action` against all job names. Raises Undecided, OverBudget or RegexError."""
    jobs = graph.edges_by_group.jobs
    missing = []
    for written in action.jobs:
        exact = Template((written.text,) if written.text else ())
        if not jobs.declared(exact, NO_PARAMETERS):
            missing.append(written)
    machine = _machine(action)
    if machine is None:
        return Picked(0, ())
    return Picked(sum(count_accepted(group.template, group.domain, machine) for group in jobs.all), tuple(missing))


def _machine(action: Action) -> Machine | None:
    """What accepts the names that an action picks out; None if it speaks of no jobs."""
    machines: list[Machine] = [rust_regex.compile(each.text).dfa for each in action.job_name_regexes]
    if action.jobs:
        machines.append(ExactNames(each.text for each in action.jobs))
    return any_of(tuple(machines)) if machines else None


def groups_of_action(graph: WorkflowGraph, action: Action) -> list[Group]:
    """The groups of which an action picks out every job. Raises Undecided, OverBudget or RegexError."""
    machine = _machine(action)
    if machine is None:
        return []
    groups = graph.edges_by_group.jobs.all
    return [one for one in groups if one.size and count_accepted(one.template, one.domain, machine) == one.size]
