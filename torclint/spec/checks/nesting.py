"""JSON that a spec may hold and Torc's server does not read: a request has at most 127 levels (serde_json de.rs:63)."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING
from torclint.spec.checks.wording import DRY_RUN, value_span
from torclint.spec.model import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from torclint.spec.model import Workflow
    from torclint.syntax.node import Span

_DEEPEST = 127
_OF_WORKFLOW = 1  # the workflow is the request
_OF_USER_DATA = 3  # the request holds a list, and that the user data


def problems(workflow: Workflow) -> Iterator[Problem]:
    """`metadata`, `slurm_defaults` and `data` that are nested too deep."""
    for field in ("metadata", "slurm_defaults"):
        content, node = workflow.fields.get(field, (None, None))
        if _is_deeper(content, _DEEPEST - _OF_WORKFLOW):
            yield _too_deep(field, _DEEPEST - _OF_WORKFLOW, node.span, "")
    for one in workflow.user_data:
        if one.domain.size and _is_deeper(one.content, _DEEPEST - _OF_USER_DATA):
            subject = f"user data {one.name.text}"
            yield _too_deep("data", _DEEPEST - _OF_USER_DATA, value_span(one.node, "data"), subject)


def _too_deep(field: str, deepest: int, span: Span, subject: str) -> Problem:
    message = f"{field} is nested deeper than {deepest} levels, the most that Torc's server reads"
    return Problem("bad-quantity", message, span, subject, ("put it in a file and write its path", DRY_RUN))


def _is_deeper(value: Any, deepest: int) -> bool:
    """Whether lists and objects stand in one another more than `deepest` deep; what aliases repeat is looked at once a level."""
    level = [value]
    for _ in range(deepest):
        inner: dict[int, Any] = {}
        for one in level:
            if isinstance(one, dict):
                inner.update((id(part), part) for part in one.values() if isinstance(part, dict | list))
            elif isinstance(one, list):
                inner.update((id(part), part) for part in one if isinstance(part, dict | list))
        level = list(inner.values())
        if not level:
            return False
    return True
