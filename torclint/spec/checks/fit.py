"""Whether jobs fit into the Slurm allocations that are to run them (Torc 1.0.0, workflow_spec.rs:2249-2607)."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING, Record
from torclint.spec.checks.wording import example, key_span
from torclint.spec.model import Problem
from torclint.spec.quantities import QuantityError, gpu_count, memory_bytes, runtime, walltime_seconds
from torclint.spec.rust_text import trim
from torclint.spec.texts import texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from torclint.spec.model import JobSpec, ResourceRequirements, Scheduler, Workflow

_NAME = "unfit-scheduler"
_BYPASS = "`torc create --skip-checks` creates the workflow all the same"


class _Limits(Record):
    """What an allocation offers; None where nothing is said or it cannot be read."""

    seconds: int | None
    memory: int | None
    gpus: int | None


def problems(workflow: Workflow) -> Iterator[Problem]:
    schedulers = {one.name.text: one for one in workflow.schedulers if one.name is not None}
    if not schedulers:
        return
    requirements = {one.name.text: one for one in workflow.resource_requirements}
    allocated = {
        action.scheduler.text
        for action in workflow.actions
        if action.action_type.text == "schedule_nodes"
        and action.scheduler is not None
        and action.scheduler_type is not None
        and action.scheduler_type.text == "slurm"
    }
    limits = {name: _limits(one) for name, one in schedulers.items()}
    seen: set[tuple[str, str | None]] = set()
    for job in workflow.jobs:
        for needs, name, point in _pairs(job, requirements):
            # jobs with the same pair have the same misfit: it is told once
            if (needs.name.text, name) in seen:
                continue
            seen.add((needs.name.text, name))
            place = example(job, point)
            if name is None:
                yield from _nowhere(job, needs, schedulers, limits, place)
                continue
            if name not in schedulers:
                continue
            if name in allocated:
                yield from _nodes(job, needs, schedulers[name], name, place)
            yield from _misfits(job, needs, schedulers[name], name, limits[name], place)


def _pairs(
    job: JobSpec, requirements: dict[str, ResourceRequirements]
) -> Iterator[tuple[ResourceRequirements, str | None, tuple[int, ...]]]:
    """Requirements and scheduler name of the job, for each combination that it comes with."""
    if job.resource_requirements is None:
        return
    scheduler = () if job.scheduler is None else (job.scheduler.text,)
    for found in texts(job, job.resource_requirements.text, *scheduler):
        needs = requirements.get(found.texts[0])
        if needs is not None:
            yield needs, found.texts[1] if scheduler else None, found.point


def _read(text: str | None, reading: Callable[[str], int]) -> int | None:
    if text is None:
        return None
    try:
        return reading(text)
    except QuantityError:
        return None  # reported where it stands


def _limits(scheduler: Scheduler) -> _Limits:
    gres = scheduler.gres
    gpus = gpu_count(gres) if gres is not None and trim(gres) else None
    return _Limits(_read(scheduler.walltime, walltime_seconds), _read(scheduler.mem, memory_bytes), gpus)


def _seconds(text: str) -> int:
    return runtime(text).seconds


def _mismatches(needs: ResourceRequirements, scheduler: Scheduler, limits: _Limits) -> list[tuple[str, str]]:
    """(field, how it exceeds the scheduler)."""
    found = []
    seconds, memory = _read(needs.runtime.text, _seconds), _read(needs.memory.text, memory_bytes)
    if seconds is not None and limits.seconds is not None and seconds > limits.seconds:
        found.append(
            ("runtime", f"run time {seconds:,} s exceeds walltime {scheduler.walltime} ({limits.seconds:,} s)")
        )
    if memory is not None and limits.memory is not None and memory > limits.memory:
        found.append(("memory", f"memory {needs.memory.text} exceeds mem {scheduler.mem}"))
    if limits.gpus is not None and needs.num_gpus > limits.gpus:
        found.append(("num_gpus", f"num_gpus {needs.num_gpus:,} exceeds gres {scheduler.gres}"))
    return found


def _misfits(
    job: JobSpec, needs: ResourceRequirements, scheduler: Scheduler, name: str, limits: _Limits, place: str
) -> Iterator[Problem]:
    if needs.num_gpus < 0:
        yield _negative(job, needs)
        return
    for field, how in _mismatches(needs, scheduler, limits):
        yield Problem(
            _NAME,
            f"{how} of scheduler {name!r}{place}",
            key_span(job.node, "resource_requirements"),
            f"job {job.name.text}",
            ("ask for less, give the scheduler more, or name another scheduler", _BYPASS),
            (
                (key_span(needs.node, field), "the job asks for it here"),
                (scheduler.node.span if scheduler.name is None else scheduler.name.node.span, "the scheduler"),
            ),
        )


def _negative(job: JobSpec, needs: ResourceRequirements) -> Problem:
    return Problem(
        _NAME,
        f"num_gpus {needs.num_gpus:,} of {needs.name.text!r} is below 0, which fits no scheduler",
        key_span(job.node, "resource_requirements"),
        f"job {job.name.text}",
        ("write 0 or more", _BYPASS),
        ((key_span(needs.node, "num_gpus"), "here"),),
    )


def _nowhere(
    job: JobSpec,
    needs: ResourceRequirements,
    schedulers: dict[str, Scheduler],
    limits: dict[str, _Limits],
    place: str,
) -> Iterator[Problem]:
    if needs.num_gpus < 0:
        yield _negative(job, needs)
        return
    reasons = []
    for name, scheduler in schedulers.items():
        found = _mismatches(needs, scheduler, limits[name])
        if not found:
            return
        reasons.append(f"{name}: " + ", ".join(how for _, how in found))
    shown = "; ".join(reasons[:3]) + (f"; and {len(reasons) - 3:,} more" if len(reasons) > 3 else "")
    yield Problem(
        _NAME,
        f"{needs.name.text!r} fits no scheduler: {shown}{place}",
        key_span(job.node, "resource_requirements"),
        f"job {job.name.text}",
        ("ask for less, or add a scheduler with more", _BYPASS),
        ((needs.name.node.span, "the job asks for it here"),),
    )


def _nodes(job: JobSpec, needs: ResourceRequirements, scheduler: Scheduler, name: str, place: str) -> Iterator[Problem]:
    if scheduler.nodes <= 1 or needs.num_nodes <= 1 or needs.num_nodes == scheduler.nodes:
        return
    yield Problem(
        _NAME,
        f"num_nodes {needs.num_nodes:,} is neither 1 nor the {scheduler.nodes:,} nodes of scheduler {name!r}{place}",
        key_span(job.node, "resource_requirements"),
        f"job {job.name.text}",
        (f"write num_nodes: 1 or num_nodes: {scheduler.nodes}",),
        ((key_span(needs.node, "num_nodes"), "the job asks for it here"),),
    )
