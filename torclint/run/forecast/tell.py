"""A forecast as text and for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from torclint.graph.cost import roughly, workflow_seconds
from torclint.report.cells import cut, visible
from torclint.report.columns import Column, aligned
from torclint.report.numbers import known, plural
from torclint.run.needs import needs_text
from torclint.spec.amounts import size_text, time_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from torclint.graph.workflow import WorkflowGraph
    from torclint.report.terminal import Terminal
    from torclint.run.forecast.forecast import Forecast, Machines, Stage, Target

SCHEMA = 1  # of the JSON report
ROUND = 30  # seconds between the rounds in which Torc's server releases jobs (unblock_processing.rs:17)
_ROWS = 25
_STEPS = 6
_NAME = 44  # cells
_COLUMNS = (
    Column("stage", least=14),
    Column("jobs", is_right=True),
    Column("each needs", is_right=True, rank=1),
    Column("takes", is_right=True, rank=3),
    Column("at once", is_right=True, rank=4),
    Column("starts", is_right=True, rank=2),
    Column("ends", is_right=True),
)


class Side(NamedTuple):
    """A spec as it is, or with barriers, and what becomes of it."""

    graph: WorkflowGraph
    forecast: Forecast


def render(now: Side, fixed: Side | None, machines: Machines, terminal: Terminal) -> Iterator[str]:
    """The stages of a workflow and what follows; in the end what barriers would change."""
    strong, off = terminal.palette.strong, terminal.palette.off
    found = now.forecast
    yield f"{strong}{plural(found.jobs, 'job')} on {machines_text(machines)}{off}"
    yield ""
    for number, line in enumerate(_table(found.stages, terminal.width)):
        yield f"{strong}{line}{off}" if number == 0 else line
    yield ""
    yield from _summary(now)
    if fixed is not None:
        yield ""
        yield f"{strong}After torclint fix --insert-barriers:{off}"
        yield from _summary(fixed)


def machines_text(machines: Machines) -> str:
    """`4 nodes with 64 CPUs, 256 GiB, no GPUs each`."""
    node = machines.node
    gpus = f"{node.gpus} GPU" + "s" * (node.gpus != 1) if node.gpus else "no GPUs"
    text = f"{node.cpus:,} CPU{'s' * (node.cpus != 1)}, {size_text(node.memory)}, {gpus}"
    return f"{machines.nodes:,} nodes with {text} each" if machines.nodes != 1 else f"one node with {text}"


def _table(stages: tuple[Stage, ...], room: int) -> Iterator[str]:
    yield from aligned(_COLUMNS, [_row(stage) for stage in stages[:_ROWS]], room)
    if len(stages) > _ROWS:
        yield f"and {len(stages) - _ROWS:,} more"


def _row(stage: Stage) -> tuple[str, ...]:
    return (
        cut(visible(stage.name), _NAME),
        f"{stage.jobs:,}",
        needs_text(stage.need),
        time_text(stage.need.runtime),
        f"{min(stage.at_once, stage.jobs):,}",
        time_text(stage.start),
        time_text(stage.end),
    )


def _summary(side: Side) -> Iterator[str]:
    found = side.forecast
    cpus, memory, gpus = found.peak_needs
    peak = f"{plural(cpus, 'CPU')}, {size_text(memory)}" + (f", {plural(gpus, 'GPU')}" if gpus else "")
    yield f"at most {plural(found.peak, 'job')} could run at once, with {peak}"
    steps = [f"{cut(visible(name), _NAME)} {time_text(seconds)}" for name, seconds in found.critical_path]
    if len(steps) > _STEPS:
        steps[_STEPS // 2 : -_STEPS // 2] = [f"{len(steps) - _STEPS:,} more"]
    yield f"no sooner than {time_text(found.critical_seconds)} on however many nodes: {', then '.join(steps) or 'no jobs'}"
    if found.seconds is None:
        yield visible(found.why)
    else:
        about = "" if found.exact else "at most "
        yield f"done after {about}{time_text(found.seconds)}, with the CPUs busy for {found.busy:.0%} of that"
    if found.target is not None:
        yield _target_text(found.target)
    if not found.exact:
        yield "jobs that wait for a part of a job spec are counted as waiting for all of it: there is too much to list"
    if found.undeclared:
        yield undeclared_text(found.undeclared)
    counts = side.graph.counts
    levels = side.graph.longest_chain.length
    rounds = (
        f"; {levels:,} levels: the release timer adds up to {time_text(release_seconds(levels))}" if levels > 1 else ""
    )
    yield f"{plural(counts.total, 'dependency')}: torc create takes {roughly(workflow_seconds(side.graph))}{rounds}"


def undeclared_text(jobs: int) -> str:
    """What is assumed of so many jobs without a requirement."""
    which = "1 job without a requirement counts" if jobs == 1 else f"{jobs:,} jobs without a requirement count"
    return f"{which} with 1 CPU, 1 MiB and one minute, barriers with no time"


def release_seconds(levels: int) -> int:
    """Up to how much Torc's release timer adds to a workflow of so many levels."""
    return ROUND * max(levels - 1, 0)


def _target_text(target: Target) -> str:
    if target.nodes is None:
        return f"not within {time_text(target.wanted)}: {target.why}"
    nodes = "one node is" if target.nodes == 1 else f"{target.nodes:,} nodes are"
    return f"{nodes} enough for {time_text(target.wanted)}: done after {time_text(target.seconds)}"


def as_plain(now: Side, fixed: Side | None, machines: Machines) -> dict[str, Any]:
    """The same for programs. Seconds throughout, memory in bytes."""
    node = machines.node
    return {
        "schema": SCHEMA,
        "workflow": now.graph.workflow.name.text if now.graph.workflow.name else "",
        "machines": {"nodes": machines.nodes, "cpus": node.cpus, "memory": node.memory, "gpus": node.gpus},
        **_plain_side(now),
        "fixed": None if fixed is None else _plain_side(fixed),
    }


def _plain_side(side: Side) -> dict[str, Any]:
    found, target = side.forecast, side.forecast.target
    return {
        "jobs": found.jobs,
        "dependencies": known(side.graph.counts.total),
        "create_seconds": round(workflow_seconds(side.graph), 3),
        "levels": side.graph.longest_chain.length,
        "peak": dict(zip(("jobs", "cpus", "memory", "gpus"), (found.peak, *found.peak_needs), strict=True)),
        "critical_path": [{"stage": name, "seconds": seconds} for name, seconds in found.critical_path],
        "critical_seconds": found.critical_seconds,
        "cpu_seconds": found.cpu_seconds,
        "seconds": found.seconds,
        "busy": round(found.busy, 4),
        "why": found.why,
        "exact": found.exact,
        "undeclared": found.undeclared,
        "target": None if target is None else target._asdict(),
        "stages": [_plain_stage(stage) for stage in found.stages],
    }


def _plain_stage(stage: Stage) -> dict[str, Any]:
    need = stage.need
    return {
        "name": stage.name,
        "jobs": stage.jobs,
        "cpus": need.cpus,
        "memory": need.memory,
        "gpus": max(0, need.gpus),
        "nodes": need.nodes,
        "runtime": need.runtime,
        "at_once": stage.at_once,
        "start": stage.start,
        "end": stage.end,
    }
