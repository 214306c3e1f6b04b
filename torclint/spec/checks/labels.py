"""Labels of jobs (Torc 1.0.0, models.rs:1717-1733, workflow_spec.rs:1847-1863, server/api.rs:166-181)."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING
from torclint.spec.checks.wording import example, key_span
from torclint.spec.model import Problem
from torclint.spec.rust_text import trim
from torclint.spec.texts import texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.spec.model import JobSpec, Workflow


def problems(workflow: Workflow) -> Iterator[Problem]:
    labelled = [job for job in workflow.jobs if job.labels]
    refused = False
    fine: set[tuple[str, int]] = set()
    for job in labelled:
        for problem in _of(job, fine):
            refused = True
            yield problem
    reachable = [job for job in labelled if job.domain.size]
    if reachable and not refused:
        yield _needs_runner(reachable)


def _of(job: JobSpec, fine: set[tuple[str, int]]) -> Iterator[Problem]:
    """`fine`: labels that were looked at, with the identity of their domain, which items with equal parameters share."""
    subject = f"job {job.name.text}"
    for label in job.labels:
        key = label.text, id(job.domain)
        if key in fine:
            continue
        for found in texts(job, label.text):
            text = found.texts[0]
            if text and trim(text) == text and "," not in text:
                continue
            yield Problem(
                "bad-label",
                f"{text!r} is no label: empty, with a comma or with spaces around it{example(job, found.point)}",
                label.node.span,
                subject,
                (f"write {trim(text)!r}" if trim(text) and "," not in text else "write each label as its own item",),
            )
            break
        else:
            fine.add(key)
    if job.scheduler is not None and job.domain.size:
        yield Problem(
            "bad-label",
            f"a job cannot have both labels and a scheduler ({job.scheduler.text!r})",
            key_span(job.node, "labels"),
            subject,
            ("remove one of them: runners of a scheduler carry no labels and never take this job",),
        )


def _needs_runner(jobs: list[JobSpec]) -> Problem:
    first = jobs[0]
    names = sorted(set(next(texts(first, *(label.text for label in first.labels))).texts))
    many = sum(job.domain.size for job in jobs)
    return Problem(
        "labelled-job",
        f"{many:,} job{'s have' if many > 1 else ' has'} labels and never run{'' if many > 1 else 's'} on a runner without them",
        key_span(first.node, "labels"),
        f"job {first.name.text}",
        ("start a runner with " + " ".join(f"--label {name}" for name in names),),
    )
