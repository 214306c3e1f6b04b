"""What a comparison of two specs brings up."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING, Record

if TYPE_CHECKING:
    from torclint.syntax.node import Span

BEFORE, AFTER = "before", "after"

# what differs
GONE, WAITS, CONTENT, WORKFLOW, ACTION, ARTIFACT, NEW_JOB, REFUSED, UNDECIDED = (
    "job-gone",
    "waits",
    "job-content",
    "workflow",
    "action",
    "artifact",
    "new-job",
    "refused",
    "undecided",
)


class Difference(Record):
    """One thing that is not the same. `span` lies in the text of `side`; `job` and `other` are an example pair."""

    kind: str
    message: str
    side: str
    span: Span
    job: str = ""
    other: str = ""
