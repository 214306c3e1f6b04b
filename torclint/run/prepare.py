"""From a workflow to a plan: who waits for whom, in Torc's order of jobs, and what Torc would not start."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from torclint.graph.listing import FOR_A_RUN
from torclint.names.machine import OverBudget
from torclint.rules.base import REJECTED
from torclint.rules.registry import UnknownRule, find, load
from torclint.run.embedded import Embedded
from torclint.run.kinds import kinds_of
from torclint.run.outputs import is_there
from torclint.run.plan import Gates, Plan, Refused
from torclint.run.rendering import SpecJobs
from torclint.run.surroundings import actions_of, enforces_memory, remarks_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from torclint.graph.listing import Listing, Refusal
    from torclint.graph.workflow import WorkflowGraph
    from torclint.spec.model import Workflow

_FILES, _DATA = 0, 1  # in the rows of a listing
_REASONS = 20  # told at most


def prepare(graph: WorkflowGraph) -> Plan:
    """What `torc run` would run. Files are looked for where the jobs will run: in the current folder.

    Raises Refused where Torc 1.0.0 would not create or not start the workflow, or where it is too large to list.
    """
    _refuse_for(_rejections(graph.workflow))
    try:
        listing = graph.listed(FOR_A_RUN)
    except OverBudget as error:
        raise Refused([f"the workflow is too large to be run here: {error}"]) from error
    _refuse_for(map(_refusal_text, listing.refusals))
    workflow = graph.workflow
    embedded = Embedded(workflow)
    _refuse_for(_repeated("job", listing.jobs.names))
    _refuse_for(_repeated("file", [file.name for file in embedded.files]))
    _refuse_for(_repeated("user data", [content.name for content in embedded.data]))
    _refuse_for(_missing_files(listing, embedded))
    _refuse_for(_unusable_data(listing, embedded))
    kinds, kind_of = kinds_of(workflow)
    places = _order(len(listing.rows), listing.explicit)
    numbers = array("i", places)
    for number, place in enumerate(places):
        numbers[place] = number

    def outputs(place: int) -> tuple[str, ...]:
        return tuple(embedded.files[file].path for file in listing.rows[place].writes[_FILES])

    return Plan(
        name=workflow.name.text if workflow.name else "",
        stages=tuple(job.name.text for job in workflow.jobs),
        kinds=kinds,
        kind_of=array("i", (kind_of[place] for place in places)),
        jobs=SpecJobs(workflow, places, listing.offsets, embedded, outputs),
        gates=_gates(listing.total, numbers),
        actions=actions_of(workflow, listing.jobs.names, numbers),
        use_pending_failed=workflow.use_pending_failed,
        enforces_memory=enforces_memory(workflow),
        oom_exit_code=workflow.execution_config["oom_exit_code"],
        remarks=remarks_of(workflow),
    )


def _order(size: int, explicit: Callable[[int], frozenset[int]]) -> array[int]:
    """The places of the jobs in the order of their ids: level by level of the explicit dependencies, which is how
    Torc creates them (workflow_spec.rs:4403). Raises Refused for a cycle."""
    gates = Gates.of(size, ((place, explicit(place)) for place in range(size)))
    order = array("i")
    for level in gates.levels():
        order.extend(level)
    if len(order) < size:
        raise Refused(["the dependencies hold a cycle"])
    return order


def _gates(total: Callable[[int], frozenset[int]], numbers: array[int]) -> Gates:
    """Who waits for whom by job number. A set that many jobs wait for is translated once."""
    sharing: dict[frozenset[int], array[int]] = {}
    for place, number in enumerate(numbers):
        members = total(place)
        if members:
            sharing.setdefault(members, array("i")).append(number)
    gates = Gates(len(numbers))
    for members, waiters in sharing.items():
        gates.add((numbers[place] for place in members), waiters)
    return gates


def _refuse_for(reasons: Iterator[str]) -> None:
    told = list(reasons)
    if len(told) > _REASONS:
        told[_REASONS:] = [f"and {len(told) - _REASONS:,} more like this"]
    if told:
        raise Refused(told)


def _rejections(workflow: Workflow) -> Iterator[str]:
    """What reading the spec brought up and Torc refuses to create."""
    for problem in workflow.problems:
        try:
            rule = load(find(problem.rule))
        except UnknownRule:
            continue
        if rule.effect == REJECTED:
            yield f"{problem.subject}: {problem.message}" if problem.subject else problem.message
    if not workflow.complete:
        yield "parts of the spec could not be read"


def _refusal_text(refusal: Refusal) -> str:
    what = {
        "missing": "is not declared",
        "no new match": "matches nothing new",
        "repeated": "stands there twice",
        "invalid pattern": "is no valid pattern",
    }
    return f"job {refusal.job}: {refusal.target} {refusal.text!r} {what.get(refusal.kind, refusal.kind)}"


def _repeated(what: str, names: list[str]) -> Iterator[str]:
    """Names that two have (Torc 1.0.0, workflow_spec.rs:1892)."""
    if len(set(names)) == len(names):
        return
    seen: set[str] = set()
    for name in names:
        if name in seen:
            yield f"there is more than one {what} with the name {name!r}"
        seen.add(name)


def _missing_files(listing: Listing, embedded: Embedded) -> Iterator[str]:
    """Inputs that no job writes and that are not there (Torc 1.0.0, workflow_manager.rs:1266)."""
    for number in _inputs_from_outside(listing, _FILES):
        file = embedded.files[number]
        if not is_there(file.path):
            yield f"the input file {file.name!r} ({file.path}) does not exist, and no job writes it"


def _unusable_data(listing: Listing, embedded: Embedded) -> Iterator[str]:
    """Inputs without content (workflow_manager.rs:699), and bare numbers, which break Torc's server (jobs.rs:1095)."""
    outside = _inputs_from_outside(listing, _DATA)
    for number in outside:
        if embedded.data[number].text is None:
            yield f"the input user data {embedded.data[number].name!r} has no data, and no job writes it"
    for number in sorted({number for row in listing.rows for number in row.reads[_DATA]}):
        if embedded.data[number].is_number:
            yield f"the input user data {embedded.data[number].name!r} is a bare number, which Torc cannot read back"


def _inputs_from_outside(listing: Listing, kind: int) -> list[int]:
    read = {number for row in listing.rows for number in row.reads[kind]}
    written = {number for row in listing.rows for number in row.writes[kind]}
    return sorted(read - written)
