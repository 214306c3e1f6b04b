"""Values of resource requirements, and texts of schedulers that stand for amounts.

Torc 1.0.0, server/api/resource_requirements.rs:119-175, workflow_spec.rs:2386-2470.
"""

from __future__ import annotations

from torclint.record import TYPE_CHECKING
from torclint.spec.checks.wording import DRY_RUN, key_span, value_span
from torclint.spec.model import Problem
from torclint.spec.quantities import QuantityError, gpu_count, memory_bytes, runtime, walltime_seconds
from torclint.spec.rust_text import trim

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from torclint.spec.model import ResourceRequirements, Scheduler, Workflow


def problems(workflow: Workflow) -> Iterator[Problem]:
    for requirements in workflow.resource_requirements:
        yield from _of_requirements(requirements)
    # Torc looks at schedulers only when something can be held against them (workflow_spec.rs:2399)
    checked = bool(workflow.resource_requirements)
    for scheduler in workflow.schedulers:
        if scheduler.name is not None:
            yield from _of_scheduler(scheduler, checked)


def _of_requirements(requirements: ResourceRequirements) -> Iterator[Problem]:
    node, subject = requirements.node, f"resource requirements {requirements.name.text}"
    if requirements.name.text == "default":
        yield Problem(
            "reserved-name",
            "the name `default` is Torc's own for resource requirements",
            value_span(node, "name"),
            subject,
            ("choose another name", DRY_RUN),
        )
    for field, number in (("num_cpus", requirements.num_cpus), ("num_nodes", requirements.num_nodes)):
        if number <= 0:
            advice = ("write 1 or more", DRY_RUN)
            yield Problem("bad-quantity", f"{field} {number:,} is below 1", value_span(node, field), subject, advice)
    if requirements.num_gpus < 0:
        yield Problem(
            "misread-quantity",
            f"num_gpus {requirements.num_gpus:,} is below 0; Torc takes it",
            value_span(node, "num_gpus"),
            subject,
            ("write 0 or more",),
        )
    try:
        amount = memory_bytes(requirements.memory.text)
    except QuantityError as error:
        advice = (error.advice, DRY_RUN)
        yield Problem("bad-quantity", error.message, value_span(node, "memory"), subject, advice)
    else:
        if amount < 1024**2 and trim(requirements.memory.text).lstrip("+").isdigit():
            text = trim(requirements.memory.text)
            yield Problem(
                "misread-quantity",
                f"memory {text!r} is {amount:,} bytes",
                value_span(node, "memory"),
                subject,
                (f"with a unit it is {text}m or {text}g",),
            )
    yield from _of_runtime(requirements, subject)


def _of_runtime(requirements: ResourceRequirements, subject: str) -> Iterator[Problem]:
    text = trim(requirements.runtime.text)
    span = value_span(requirements.node, "runtime")
    try:
        duration = runtime(text)
    except QuantityError as error:
        yield Problem("bad-quantity", error.message, span, subject, (error.advice, DRY_RUN))
        return
    if duration.ignored:
        yield Problem(
            "misread-quantity",
            f"run time {text!r} is {duration.seconds:,} s: Torc ignores {duration.ignored!r}",
            span,
            subject,
            ("write whole numbers in the order of P1DT2H30M15S, in upper case",),
        )
    elif duration.seconds == 0:
        advice = ("write for example PT10M",)
        yield Problem("misread-quantity", f"run time {text!r} is 0 s", span, subject, advice)
    elif "T" not in text and text.endswith("M"):
        yield Problem(
            "misread-quantity",
            f"run time {text!r} is months: {duration.seconds:,} s",
            span,
            subject,
            (f"for minutes write PT{text[1:]}",),
        )


def _of_scheduler(scheduler: Scheduler, checked: bool) -> Iterator[Problem]:
    node = scheduler.node
    subject = f"scheduler {scheduler.name.text}" if scheduler.name is not None else ""
    texts: tuple[tuple[str, str | None, Callable[[str], int]], ...] = (
        ("walltime", scheduler.walltime, walltime_seconds),
        ("mem", scheduler.mem, memory_bytes),
    )
    for field, text, read in texts:
        if text is None:
            continue
        try:
            read(text)
        except QuantityError as error:
            yield _bad_text(error, checked, scheduler, field, subject)
            continue
        days, dash, clock = trim(text).partition("-")
        if field == "walltime" and dash and clock.count(":") < 2:
            yield Problem(
                "misread-quantity",
                f"Torc reads wall time {text!r} as {days} days and {clock.partition(':')[0]} minutes, Slurm as hours",
                value_span(node, field),
                subject,
                (f"write {days}-{clock}{':00' * (2 - clock.count(':'))}",),
            )
    gres = scheduler.gres
    if gres is not None and trim(gres).lower().startswith("gpu") and gpu_count(gres) == 0:
        yield Problem(
            "misread-quantity",
            f"Torc reads no GPUs from gres {gres!r}",
            value_span(node, "gres"),
            subject,
            ("write gpu:N or gpu:TYPE:N",),
        )


def _bad_text(error: QuantityError, checked: bool, scheduler: Scheduler, field: str, subject: str) -> Problem:
    span = value_span(scheduler.node, field)
    if checked:
        return Problem("bad-quantity", error.message, span, subject, (error.advice,))
    message = f"{error.message}; Torc hands it to Slurm as it is, because there are no resource requirements"
    return Problem("misread-quantity", message, key_span(scheduler.node, field), subject, (error.advice,))
