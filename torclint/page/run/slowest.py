"""How long jobs took: by job spec, and the slowest ones beside what is usual for their job spec."""

from __future__ import annotations

from typing import TYPE_CHECKING

from torclint.page.making import section
from torclint.page.run.timeline import told as sentence
from torclint.page.run.words import lasted
from torclint.record import Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torclint.page.making import Section
    from torclint.page.run.columns import Told
    from torclint.page.run.story import Story


class GroupRow(Record):
    """Seconds for sorting, and as text; `specs` is how many job specs are in it, if more than one."""

    label: str
    specs: int
    jobs: int
    completed: int
    failed: int
    canceled: int
    again: int
    times: tuple[tuple[float, str], ...]  # least, median, 95th percentile, most, total; none if none completed
    declared: str


class SlowRow(Record):
    job: str
    told: str
    seconds: float
    lasted: str
    usual: str
    ratio: float | None


def slowest(story: Story) -> Section:
    sorted_times = {group: sorted(times) for group, times in story.columns.done.items()}
    rows = _groups(story, sorted_times)
    return section(
        "durations",
        "How long jobs took",
        "run/slowest.html",
        groups=rows,
        declares=any(row.declared for row in rows),
        folded=any(row.specs > 1 for row in rows),
        known=story.recalled is not None,
        slowest=[_slow(each, sorted_times.get(each.group, [])) for each in story.columns.slowest],
    )


def percentile(values: Sequence[float], percent: int) -> float:
    """Of sorted values, the least one that `percent` of them do not exceed."""
    return values[max(0, -(-len(values) * percent // 100) - 1)]


def _groups(story: Story, sorted_times: dict[int, list[float]]) -> list[GroupRow]:
    columns = story.columns
    jobs: dict[int, int] = {}
    for group in columns.group_of:
        jobs[group] = jobs.get(group, 0) + 1
    declared = _declared(story)
    rows = []
    for group, label in enumerate(story.groups.labels):
        times = sorted_times.get(group, [])
        rows.append(
            GroupRow(
                label,
                story.groups.specs[group],
                jobs.get(group, 0),
                len(times),
                columns.failed[group],
                columns.canceled[group],
                columns.retried[group],
                _five(times) if times else (),
                declared.get(group, ""),
            )
        )
    return rows


def _five(times: Sequence[float]) -> tuple[tuple[float, str], ...]:
    five = (times[0], percentile(times, 50), percentile(times, 95), times[-1], sum(times))
    return tuple((seconds, lasted(seconds)) for seconds in five)


def _declared(story: Story) -> dict[int, str]:
    """Per group the runtimes that the spec declares."""
    spec = story.recalled
    if spec is None:
        return {}
    found: dict[int, set[int]] = {}
    for kind in spec.plan.kinds:
        if kind.resources.name != "default":
            found.setdefault(story.groups.of_stage[kind.stage], set()).add(kind.resources.runtime)
    return {
        group: lasted(min(each)) + (f" to {lasted(max(each))}" if len(each) > 1 else "")
        for group, each in found.items()
    }


def _slow(each: Told, times: Sequence[float]) -> SlowRow:
    seconds = each.row.seconds or 0.0
    median = percentile(times, 50) if len(times) > 1 else 0.0
    ratio = seconds / median if median > 0 else None
    usual = lasted(median) if median > 0 else ""
    attempt = f", attempt {each.row.attempts}" if each.row.attempts > 1 else ""
    return SlowRow(each.row.name + attempt, sentence(each), seconds, lasted(seconds), usual, ratio)
