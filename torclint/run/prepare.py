"""From a workflow to a plan: who waits for whom, in Torc's order of jobs, and what Torc would not start."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from torclint.graph.duplicates import surely_distinct
from torclint.graph.resolution import INVALID, MISSING, NOTHING_NEW, REPEATED
from torclint.graph.wiring import DATA, FILES, offsets_of, wiring_of
from torclint.names.machine import OverBudget
from torclint.rules.base import REJECTED
from torclint.rules.registry import UnknownRule, find, load
from torclint.run.embedded import Embedded
from torclint.run.gates import Gates
from torclint.run.kinds import kinds_of
from torclint.run.outputs import is_there
from torclint.run.plan import Plan, Refused
from torclint.run.rendering import SpecJobs
from torclint.run.selection import chosen
from torclint.run.surroundings import actions_of, enforces_memory, remarks_of, time_up_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from torclint.graph.groups import Groups
    from torclint.graph.wiring import Refusal, Wiring
    from torclint.graph.workflow import WorkflowGraph
    from torclint.names.enumeration import Bundle
    from torclint.spec.model import Workflow

MOST_JOBS = 20_000_000
_REASONS = 20  # told at most


def prepare(graph: WorkflowGraph, only: Sequence[str] = (), until: Sequence[str] = ()) -> Plan:
    """What `torc run` would run, or the part of it that `only` and `until` name (`selection.chosen`). The files that it reads
    are looked for where the jobs will run: in the current folder.

    Raises Refused where Torc 1.0.0 would not create or not start the workflow, or where it is too large.
    """
    plan, wiring, embedded = _planned(graph)
    part = chosen(plan, only, until)
    _refuse_for(_lacking(wiring, embedded, None if part is plan else _read_by(part)))
    return part


def recall(graph: WorkflowGraph) -> Plan:
    """The plan of a workflow that was started once: the files that it read may be gone since. Raises Refused."""
    return _planned(graph)[0]


def _planned(graph: WorkflowGraph) -> tuple[Plan, Wiring, Embedded]:
    workflow = graph.workflow
    _refuse_for(_rejections(workflow))
    size = sum(job.domain.size for job in workflow.jobs)
    if size > MOST_JOBS:
        raise Refused([f"the workflow is too large to be run here: {size:,} jobs"])
    try:
        wiring = wiring_of(graph)
    except OverBudget as error:
        raise Refused([f"the workflow is too large to be run here: {error}"]) from error
    _refuse_for(map(_refusal_text, wiring.refusals))
    embedded = Embedded(workflow)
    _refuse_for(_repeated("job", graph.edges_by_group.jobs, graph.job_names))
    _refuse_for(_repeated("file", graph.edges_by_group.files, embedded.file_names))
    _refuse_for(_repeated("user data", graph.edges_by_group.user_data, embedded.data_names))
    kinds, kind_of = kinds_of(workflow)
    explicit = _gates(size, wiring.explicit())
    places = _order(explicit)
    in_order = places == array("i", range(size))
    numbers = places if in_order else _inverse(places)

    def inputs(place: int) -> tuple[str, ...]:
        return tuple(embedded.file(file).path for file in wiring.input_files(place))

    def outputs(place: int) -> tuple[str, ...]:
        return tuple(embedded.file(file).path for file in wiring.output_files(place))

    plan = Plan(
        name=workflow.name.text if workflow.name else "",
        stages=tuple(job.name.text for job in workflow.jobs),
        kinds=kinds,
        kind_of=kind_of if in_order else array("i", map(kind_of.__getitem__, places)),
        jobs=SpecJobs(workflow, places, offsets_of(graph.edges_by_group.jobs), embedded, inputs, outputs),
        gates=_gates(size, wiring.total(), None if in_order else numbers),
        actions=actions_of(workflow, graph.job_names, numbers),
        use_pending_failed=workflow.use_pending_failed,
        enforces_memory=enforces_memory(workflow),
        oom_exit_code=workflow.execution_config["oom_exit_code"],
        time_up=time_up_of(workflow),
        remarks=remarks_of(workflow),
    )
    return plan, wiring, embedded


def _read_by(plan: Plan) -> set[str]:
    """The paths of all files that jobs of a plan read."""
    return {path for number in range(plan.size) for path in plan.jobs.inputs(number)}


def _order(explicit: Gates) -> array[int]:
    """The places of the jobs in the order of their ids: level by level of the explicit dependencies, which is how
    Torc creates them (workflow_spec.rs:4403). Raises Refused for a cycle."""
    order = array("i")
    for level in explicit.levels():
        order.extend(level)
    if len(order) < len(explicit.waits):
        raise Refused(["the dependencies hold a cycle"])
    return order


def _inverse(places: array[int]) -> array[int]:
    numbers = array("i", places)
    for number, place in enumerate(places):
        numbers[place] = number
    return numbers


def _gates(size: int, bundles: Iterable[Bundle], numbers: array[int] | None = None) -> Gates:
    """Who waits for whom, by place, or by number where `numbers` tells that of each place."""
    gates = Gates(size)
    for bundle in bundles:
        waiters, members = bundle.a, bundle.b
        if numbers is not None:
            waiters, members = [[numbers[place] for place in places] for places in (waiters, members)]
        if bundle.paired:
            gates.add_pairs(members, waiters)
        else:
            gates.add(members, waiters)
    return gates


def _refuse_for(reasons: Iterable[str]) -> None:
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
        MISSING: "is not declared",
        NOTHING_NEW: "matches nothing new",
        REPEATED: "stands there twice",
        INVALID: "is no valid pattern",
    }
    return f"job {refusal.job}: {refusal.target} {refusal.text!r} {what[refusal.reason]}"


def _repeated(what: str, groups: Groups, names: Callable[[], Iterable[str]]) -> Iterator[str]:
    """Names that two have (Torc 1.0.0, workflow_spec.rs:1892)."""
    if surely_distinct(groups):
        return
    seen: set[str] = set()
    for name in names():
        if name in seen:
            yield f"there is more than one {what} with the name {name!r}"
        seen.add(name)


def _lacking(wiring: Wiring, embedded: Embedded, paths: set[str] | None) -> Iterable[str]:
    """What is not there that jobs begin with: of files, but for those that are not at `paths`, else of user data."""
    return list(_missing_files(wiring, embedded, paths)) or _unusable_data(wiring, embedded)


def _missing_files(wiring: Wiring, embedded: Embedded, paths: set[str] | None) -> Iterator[str]:
    """Inputs that no job writes and that are not there (Torc 1.0.0, workflow_manager.rs:1266)."""
    for place in sorted(wiring.read(FILES) - wiring.written(FILES)):
        file = embedded.file(place)
        if (paths is None or file.path in paths) and not is_there(file.path):
            yield f"the input file {file.name!r} ({file.path}) does not exist, and no job writes it"


def _unusable_data(wiring: Wiring, embedded: Embedded) -> Iterator[str]:
    """Inputs without content (workflow_manager.rs:699), and bare numbers, which break Torc's server (jobs.rs:1095)."""
    read = wiring.read(DATA)
    for place in sorted(read - wiring.written(DATA)):
        if embedded.data[place].text is None:
            yield f"the input user data {embedded.data[place].name!r} has no data, and no job writes it"
    for place in sorted(read):
        if embedded.data[place].is_number:
            yield f"the input user data {embedded.data[place].name!r} is a bare number, which Torc cannot read back"
