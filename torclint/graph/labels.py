"""The labels of jobs, which say what runners take them: a barrier has to have those of the jobs around it."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING

if TYPE_CHECKING:
    from torclint.graph.blocks import Block
    from torclint.graph.workflow import WorkflowGraph
    from torclint.spec.model import JobSpec

PARAMETERS_IN_LABELS = "labels with parameters in them: a barrier could not carry them all"
DIFFERENT_LABELS = "the jobs around the barrier have different labels, so no one runner would take them all"


def labels_of(job: JobSpec) -> tuple[str, ...] | None:
    """The labels of a job, sorted, each once; None where they hold parameters."""
    labels = tuple(sorted({label.text for label in job.labels}))
    return None if job.domain.axes and any("{" in label for label in labels) else labels


def kept_apart(graph: WorkflowGraph, block: Block) -> str:
    """Why labels leave room for no barrier anywhere in a block; "" where they do not."""
    jobs = graph.workflow.jobs
    if not any(job.labels for job in jobs):
        return ""
    waiting = {labels_of(jobs[group.index]) for group in block.consumers}
    waited_for = {labels_of(jobs[index]) for index in (*block.producers.plain, *block.producers.terms)}
    if (waiting & waited_for) - {None}:
        return ""
    return PARAMETERS_IN_LABELS if None in waiting | waited_for else DIFFERENT_LABELS
