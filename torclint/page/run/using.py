"""What of the machine was in use along the time, by what jobs asked for; and what waited for a place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from torclint.page.charts import steps
from torclint.page.charts.scales import byte_ticks
from torclint.page.making import section
from torclint.page.run.levels import STRETCHES
from torclint.page.run.timeline import pauses
from torclint.page.run.words import lasted, share
from torclint.record import Record
from torclint.report.numbers import plural
from torclint.spec.amounts import size_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markupsafe import Markup

    from torclint.page.making import Section
    from torclint.page.run.levels import Level
    from torclint.page.run.story import Story

_MOMENTS = 12  # rows of the table by time


class Chart(Record):
    heading: str
    drawing: Markup


class UseRow(Record):
    what: str
    mean: str
    most: str
    limit: str
    share: str


class MomentRow(Record):
    """`since` is where a part of the time begins; the mean of each quantity in it follows."""

    since: str
    means: tuple[str, ...]


class _Quantity(Record):
    """`unit` is "bytes" or ""; `limit` what there was of it."""

    id: str
    heading: str
    level: Level
    limit: int | None = None
    limit_text: str = ""
    unit: str = ""


def using(story: Story) -> Section:
    quantities = list(_quantities(story))
    exact = all(each.level.is_exact for each in quantities)
    return section(
        "use",
        "Use of the machine",
        "run/using.html",
        charts=[Chart(each.heading, _chart(story, each)) for each in quantities],
        rows=[_row(story, each) for each in quantities],
        headings=[each.heading for each in quantities],
        moments=_moments(story, quantities),
        stretch="" if exact else lasted(story.clock.seconds / STRETCHES),
        known=story.recalled is not None,
        unlimited=story.limits.cpus is None,
    )


def _quantities(story: Story) -> Iterator[_Quantity]:
    use, limits = story.use, story.limits
    if use.cpus is not None:
        yield _Quantity("cpus", "CPUs", use.cpus, limits.cpus, plural(limits.cpus or 0, "CPU"))
    if use.memory is not None:
        yield _Quantity("memory", "Memory", use.memory, limits.memory, size_text(limits.memory or 0), "bytes")
    if use.gpus is not None and use.gpus.used:
        yield _Quantity("gpus", "GPUs", use.gpus, limits.gpus, plural(limits.gpus or 0, "GPU"))
    most = limits.jobs
    yield _Quantity("jobs", "Jobs at once", use.jobs, most, f"at most {plural(most or 0, 'job')}")
    if use.queue is not None:
        yield _Quantity("queue", "Jobs that waited for a place", use.queue)


def _chart(story: Story, each: _Quantity) -> Markup:
    shown = each.level.steps()
    most = max((*shown.values, each.limit or 0))
    mean, peak = _mean(story, each.level), max(shown.values, default=0.0)
    limit = f" of {each.limit_text}" if each.limit else ""
    return steps.chart(
        f"use-{each.id}",
        each.heading,
        f"{_amount(mean, each)} in the mean, {_amount(peak, each)} at most{limit}.",
        shown,
        story.clock.seconds,
        limit=each.limit,
        limit_text=each.limit_text,
        ticks=byte_ticks(most) if each.unit else None,
        unit=each.unit,
        pauses=pauses(story),
        height=96,
    )


def _row(story: Story, each: _Quantity) -> UseRow:
    shown = each.level.steps()
    mean = _mean(story, each.level)
    return UseRow(
        each.heading,
        _amount(mean, each),
        _amount(max(shown.values, default=0.0), each),
        each.limit_text if each.limit else "",
        share(mean, each.limit) if each.limit else "",
    )


def _moments(story: Story, quantities: list[_Quantity]) -> list[MomentRow]:
    means = [[_amount(value, each) for value in each.level.means(_MOMENTS)] for each in quantities]
    step = story.clock.seconds / _MOMENTS
    return [MomentRow(lasted(place * step), row) for place, row in enumerate(zip(*means, strict=True))]


def _mean(story: Story, level: Level) -> float:
    return level.total / story.clock.seconds if story.clock.seconds > 0 else 0.0


def _amount(value: float, each: _Quantity) -> str:
    if each.unit:
        return size_text(round(value))
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.1f}"
