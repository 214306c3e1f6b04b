"""User data that cannot be started with (Torc 1.0.0, server/api/jobs.rs:1095)."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING
from torclint.spec.checks.tokens import names_used
from torclint.spec.checks.wording import DRY_RUN, example
from torclint.spec.model import Problem
from torclint.spec.texts import texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.spec.model import Workflow


def problems(workflow: Workflow) -> Iterator[Problem]:
    """Bare numbers that jobs read by name; patterns are not searched here."""
    numeric = [one for one in workflow.user_data if one.content.__class__ in (int, float)]
    if not numeric:
        return
    known = frozenset(found.texts[0] for one in workflow.user_data for found in texts(one, one.name.text))
    read: set[str] = set()
    for job in workflow.jobs:
        read |= names_used(job, "user_data", "input", job.input_user_data, known)
    for one in numeric:
        for found in texts(one, one.name.text):
            if found.texts[0] not in read:
                continue
            node = one.content_node if one.content_node is not None else one.node
            yield Problem(
                "numeric-user-data",
                f"a job reads this bare number, which makes the server fail when the workflow is started"
                f"{example(one, found.point)}",
                node.span,
                f"user data {one.name.text}",
                (f'write it as a string, "{one.content}", or in an object, {{value: {one.content}}}', DRY_RUN),
            )
            break
