"""What ran when: each attempt as a bar where they are few, else how many ran at once, with those that stand out as bars."""

from __future__ import annotations

from typing import TYPE_CHECKING

from torclint.page.charts import tracks
from torclint.page.charts.frame import Pause
from torclint.page.charts.tracks import DONE, ENDED, FAILED, MARKS, OPEN, RETRIED, Bar, Track
from torclint.page.making import section
from torclint.page.run.columns import FEW
from torclint.page.run.failures import SHOWN, why
from torclint.page.run.words import lasted
from torclint.record import Record
from torclint.report.numbers import plural

if TYPE_CHECKING:
    from torclint.page.making import Section
    from torclint.page.run.columns import Columns, Told
    from torclint.page.run.story import Story

_MEANS = {
    DONE: "completed",
    FAILED: "failed",
    RETRIED: "failed, and ran again",
    ENDED: "was ended: out of time, or with the run",
    OPEN: "not over",
}


class Legend(Record):
    """`mark` is the shape as the path of SVG."""

    kind: str
    mark: str
    meaning: str


class GroupRow(Record):
    """Jobs of one group along the time; `most` is how many ran at once."""

    label: str
    attempts: int
    failed: int
    start: float
    starts: str
    end: float
    ends: str
    most: float


class AttemptRow(Record):
    job: str
    attempt: int
    start: float
    starts: str
    seconds: float
    lasted: str
    outcome: str


def timeline(story: Story) -> Section:
    few = len(story.columns.number) <= FEW
    spans = {} if few else _spans(story.columns)
    drawn = _by_attempt(story) if few else _folded(story, spans)
    seconds = story.clock.seconds
    kinds = {bar.kind for track in drawn for bar in track.bars} | {
        kind for track in drawn for _, kind, _ in track.marks
    }
    told = f"{plural(len(story.columns.number), 'attempt')} of jobs over {lasted(seconds)}; the tables below have the numbers."
    return section(
        "timeline",
        "Timeline",
        "run/timeline.html",
        chart=tracks.chart("timeline-chart", "What ran when", told, drawn, seconds, pauses(story)) if drawn else "",
        few=few,
        bands=any(track.failed for track in drawn),
        attempts=len(story.columns.number),
        legend=[Legend(kind, MARKS.get(kind, ""), _MEANS[kind]) for kind in _MEANS if kind in kinds],
        chained=story.chain is not None and any(bar.strong for track in drawn for bar in track.bars),
        rows=[_attempt_row(each) for each in sorted(story.columns.few, key=_order)] if few else [],
        groups=[_group_row(story, group, *span) for group, span in spans.items()],
    )


def pauses(story: Story) -> list[Pause]:
    """Where the run stood still, for charts."""
    return [
        Pause(at, f"nobody was at work for {lasted(gap)}; the time is left out") for at, gap in story.clock.pauses()
    ]


def told(each: Told) -> str:
    """All about an attempt, in one sentence."""
    row = each.row
    attempt = f", attempt {row.attempts}" if row.attempts > 1 or each.outcome == RETRIED else ""
    code = "" if each.outcome in (DONE, OPEN) else f" with {why(row.code, row.reason)}"
    took = f"took {lasted(row.seconds)}" if row.seconds is not None else f"ran for {lasted(each.end - each.start)}"
    return f"{row.name}{attempt}: {_MEANS[each.outcome]}{code}; started after {lasted(each.start)}, {took}"


def _by_attempt(story: Story) -> list[Track]:
    groups: dict[int, list[Told]] = {}
    for each in story.columns.few:
        groups.setdefault(each.group, []).append(each)
    first = sorted(groups, key=lambda group: (min(each.start for each in groups[group]), group))
    return [
        Track(
            story.groups.labels[group],
            _note(groups[group]),
            [_bar(story, each) for each in sorted(groups[group], key=_order)],
        )
        for group in first
    ]


def _note(attempts: list[Told]) -> str:
    jobs = len({each.row.name for each in attempts})
    if jobs == len(attempts):
        return plural(jobs, "job") if jobs > 1 else ""
    return f"{plural(jobs, 'job')}, {plural(len(attempts), 'attempt')}"


def _bar(story: Story, each: Told) -> Bar:
    strong = story.chain is not None and each.row.number in story.chain.members and each.outcome == DONE
    return Bar(each.start, each.end, each.outcome, told(each), each.row.name, strong)


def _folded(story: Story, spans: dict[int, tuple[float, float]]) -> list[Track]:
    """An area for each group, with marks where something failed; then the slowest jobs."""
    columns, use = story.columns, story.use
    marks: dict[int, list[tuple[float, str, str]]] = {}
    for kind, count, rows in columns.failures.kinds()[:SHOWN]:
        for row in rows[:1]:
            more = f", the first of {count:,} like this" if count > 1 else ""
            end = story.clock.at((row.started or 0.0) + (row.seconds or 0.0))
            marks.setdefault(kind.group, []).append(
                (end, kind.outcome, f"{row.name}: {why(row.code, row.reason)}{more}")
            )
    drawn = []
    for group in spans:
        label, attempts = story.groups.labels[group], columns.first_of[group]
        if columns.attempts[group] == len(attempts):
            drawn.append(Track(label, _note(attempts), [_bar(story, each) for each in attempts]))
            continue
        area = use.by_group[group].steps()
        what = "attempt" if columns.retried[group] else "job"
        note = f"{plural(columns.attempts[group], what)}, up to {max(area.values):,.0f} at once"
        band = columns.bands.get(group, ())
        drawn.append(Track(label, note, area=area, marks=marks.get(group, ()), failed=band))
    slow = [_bar(story, each) for each in columns.slowest]
    drawn.append(Track(f"The {len(slow)} slowest", bars=slow))
    return drawn


def _spans(columns: Columns) -> dict[int, tuple[float, float]]:
    """Per group, in the order of their starts: when its first attempt started, and when the last one ended."""
    spans: dict[int, tuple[float, float]] = {}
    for group, start, end in zip(columns.group, columns.start, columns.end, strict=True):
        first, last = spans.get(group, (start, end))
        spans[group] = min(first, start), max(last, end)
    return dict(sorted(spans.items(), key=lambda each: (each[1], each[0])))


def _group_row(story: Story, group: int, start: float, end: float) -> GroupRow:
    return GroupRow(
        story.groups.labels[group],
        story.columns.attempts[group],
        sum(story.columns.bands.get(group, ())),
        start,
        lasted(start),
        end,
        lasted(end),
        max(story.use.by_group[group].steps().values),
    )


def _order(each: Told) -> tuple[float, int, int]:
    return each.start, each.row.number, each.row.attempts


def _attempt_row(each: Told) -> AttemptRow:
    row = each.row
    seconds = each.end - each.start if row.seconds is None else row.seconds
    outcome = _MEANS[each.outcome]
    if each.outcome not in (DONE, OPEN):
        outcome += f": {why(row.code, row.reason)}"
    return AttemptRow(row.name, row.attempts, each.start, lasted(each.start), seconds, lasted(seconds), outcome)
