"""What Torc refuses, or takes for something else, that can be said without the graph of jobs: one module per subject."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.spec.model import Problem, Workflow


def spec_problems(workflow: Workflow) -> Iterator[Problem]:
    """Every problem of these checks, subject by subject."""
    from torclint.spec.checks import (
        actions,
        definitions,
        environment,
        execution,
        failures,
        fit,
        identifiers,
        ignored,
        labels,
        numbers,
        parameters,
        resources,
        slots,
        user_data,
    )

    for subject in (
        ignored,
        environment,
        labels,
        numbers,
        definitions,
        resources,
        failures,
        fit,
        actions,
        execution,
        identifiers,
        user_data,
        parameters,
        slots,
    ):
        yield from subject.problems(workflow)
