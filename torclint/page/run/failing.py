"""What failed: kinds of failures with how often they came, and examples with the command and the end of what was written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from torclint.page.charts.tracks import ENDED, FAILED, RETRIED
from torclint.page.making import section
from torclint.page.run.failures import EXAMPLES, SHOWN, why
from torclint.page.run.words import lasted
from torclint.page.run.written import BYTES, LINES, Tail, tails_of
from torclint.record import Record
from torclint.report.numbers import plural

if TYPE_CHECKING:
    from torclint.page.making import Section
    from torclint.page.run.story import Story
    from torclint.run.store.schema import Row

_LISTED = 200  # kinds in the table
_OPEN = 5  # examples that are seen at once
_COMMAND = 2000  # characters
_HEADINGS = {FAILED: "failed", ENDED: "was ended", RETRIED: "failed, and ran again"}


class KindRow(Record):
    anchor: str
    attempts: int
    label: str
    outcome: str
    why: str


class Example(Record):
    """`command` is the one of the spec, in lines, with the values of parameters and nothing else in it."""

    job: str
    attempt: int
    began: str
    lasted: str
    why: str
    command: tuple[str, ...]
    tails: tuple[Tail, ...]


class Shown(Record):
    anchor: str
    heading: str
    attempts: int
    outcome: str
    why: str
    is_open: bool
    examples: tuple[Example, ...]


def failing(story: Story, *, logs: bool) -> Section | None:
    """None where nothing failed. Without `logs`, nothing of what jobs wrote is in it."""
    kinds = story.columns.failures.kinds()
    if not kinds:
        return None
    rows = []
    shown = []
    opened = 0
    for place, (kind, count, examples) in enumerate(kinds):
        anchor = f"failure-{place + 1}" if place < SHOWN else ""
        label = story.groups.labels[kind.group]
        if place < _LISTED:
            rows.append(KindRow(anchor, count, label, _HEADINGS[kind.outcome], why(kind.code, kind.reason)))
        if anchor:
            told = tuple(_example(story, row, logs=logs) for row in examples)
            heading = examples[0].name if count == 1 else f"{label}: {plural(count, 'attempt')}"
            opened += len(examples)
            is_open = opened <= _OPEN and kind.outcome != RETRIED
            shown.append(
                Shown(anchor, heading, count, _HEADINGS[kind.outcome], why(kind.code, kind.reason), is_open, told)
            )
    return section(
        "failures",
        "Failures",
        "run/failing.html",
        rows=rows,
        shown=shown,
        more_rows=max(0, len(kinds) - _LISTED),
        more=max(0, len(kinds) - SHOWN),
        total=sum(count for _, count, _ in kinds),
        examples=EXAMPLES,
        logs=logs,
        lines=LINES,
        kilobytes=BYTES // 1024,
    )


def _example(story: Story, row: Row, *, logs: bool) -> Example:
    return Example(
        row.name,
        row.attempts,
        lasted(story.clock.at(row.started)) if row.started is not None else "",
        lasted(row.seconds) if row.seconds is not None else "",
        why(row.code, row.reason),
        _command(story, row),
        tuple(tails_of(story.found, row)) if logs else (),
    )


def _command(story: Story, row: Row) -> tuple[str, ...]:
    """() where it is not known."""
    spec = story.recalled
    if spec is None or row.number >= spec.plan.size or spec.plan.jobs.name(row.number) != row.name:
        return ()
    command = spec.plan.jobs.command(row.number)
    shown = command if len(command) <= _COMMAND else f"{command[:_COMMAND]}..."
    return tuple(shown.rstrip().split("\n"))
