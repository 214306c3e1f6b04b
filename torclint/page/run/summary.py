"""The first part of the page about a run: how it ended, in a sentence and in numbers, and what made it last so long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from torclint.page.making import section
from torclint.page.run.words import cpu_time, lasted, share
from torclint.record import Record
from torclint.report.numbers import plural
from torclint.run.store.sessions import KILLED
from torclint.spec.amounts import moment, time_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.page.making import Section
    from torclint.page.run.chain import Chain
    from torclint.page.run.story import Story

_STEPS = 12  # of the chain, at most
_MOMENT = 1.0  # seconds that nobody asks about
_MOST = 0.6  # of the time, from which on something is what limited the run
_WENT_WRONG = ("failed", "terminated", "pending_failed")


class Figure(Record):
    """A number that is read first; `note` stands below."""

    label: str
    now: str
    note: str = ""


class ChainRow(Record):
    label: str
    jobs: int
    ran: str
    waited: str


class SessionRow(Record):
    began: str
    lasted: str
    state: str


def about(story: Story) -> str:
    """The line below the title."""
    found = story.found
    began = moment(found.started)
    ended = f" to {moment(story.clock.sessions[-1].ended)}" if not found.pid else ""
    return f"A run of {found.path}, {began}{ended}; its state is in {found.store}."


def summary(story: Story) -> Section:
    sessions = story.clock.sessions
    return section(
        "summary",
        "Summary",
        "run/summary.html",
        tone=tone(story),
        verdict=verdict(story),
        figures=list(_figures(story)),
        limited=limited(story),
        promised=_promised(story),
        chain=_chain_rows(story, story.chain) if story.chain is not None else [],
        sessions=[
            SessionRow(moment(each.began), lasted(each.ended - each.began), _state(each.state, each.reason))
            for each in sessions
        ]
        if len(sessions) > 1
        else [],
        unknown=story.known if isinstance(story.known, str) else "",
    )


def tone(story: Story) -> str:
    """The colour of the verdict: good, info (it goes on), warning (it can go on), or error."""
    state = story.found.state
    return {"completed": "good", "running": "info", "interrupted": "warning", KILLED: "warning"}.get(state, "error")


def verdict(story: Story) -> str:
    """How the run ended, in one sentence or two."""
    found = story.found
    counts = found.counts
    done = counts.get("completed", 0)
    took = lasted(story.clock.seconds)
    of_all = f"{done:,} of {plural(found.size, 'job')}"
    if found.state == "completed":
        return f"All of {plural(found.size, 'job')} completed in {took}." if found.size > 1 else f"Completed in {took}."
    if found.pid:
        running = f" as process {found.pid}" if found.pid > 0 else ""
        return f"Still running{running}: {of_all} completed after {took}{_so_far(counts)}."
    why = f" ({found.reason})" if found.reason else ""
    if found.state == KILLED:
        return f"The runner was killed after {took}{why}: {of_all} completed. torclint resume {found.store} goes on."
    if found.state == "interrupted":
        return f"Interrupted after {took}{why}: {of_all} completed. torclint resume {found.store} goes on."
    wrong = sum(counts.get(name, 0) for name in _WENT_WRONG)
    canceled = counts.get("canceled", 0)
    followed = f", and because of that {canceled:,} did not run" if canceled else ""
    waiting = counts.get("waiting", 0) + counts.get("ready", 0)
    never = f"; {waiting:,} never became ready or found no place" if waiting else ""
    if not wrong:
        return f"{of_all} completed{never}. The run took {took}."
    return f"{wrong:,} of {plural(found.size, 'job')} failed{followed}{never}. The run took {took}."


def _so_far(counts: dict[str, int]) -> str:
    wrong = sum(counts.get(name, 0) for name in _WENT_WRONG)
    return f", {wrong:,} failed" if wrong else ""


def _state(state: str, reason: str) -> str:
    return f"{state}: {reason}" if reason else state


def _figures(story: Story) -> Iterator[Figure]:
    found, clock, limits = story.found, story.clock, story.limits
    counts = found.counts
    wrong = sum(counts.get(name, 0) for name in _WENT_WRONG)
    yield Figure("Completed", f"{counts.get('completed', 0):,}", f"of {plural(found.size, 'job')}")
    yield Figure("Failed", f"{wrong:,}", _tried_again(story))
    yield Figure("Cancelled", f"{counts.get('canceled', 0):,}", "what they wait for did not complete")
    rest = found.size - counts.get("completed", 0) - wrong - counts.get("canceled", 0)
    if rest > 0:
        running = counts.get("running", 0) + counts.get("recovering", 0)
        yield Figure("Not over", f"{rest:,}", f"{running:,} were running" if running else "not started")
    starts = len(clock.sessions)
    yield Figure("Time", lasted(clock.seconds), f"in {starts:,} starts" if starts > 1 else "")
    if story.use.cpus is not None:
        used = story.use.cpus.total
        note = ""
        if limits.cpu_seconds:
            note = f"{share(used, limits.cpu_seconds)} of {cpu_time(limits.cpu_seconds)} on {plural(limits.cpus or 0, 'CPU')}"
        yield Figure("CPU time asked for", cpu_time(used), note)


def _tried_again(story: Story) -> str:
    again = sum(story.columns.retried.values())
    return f"{plural(again, 'attempt')} tried again" if again else ""


def limited(story: Story) -> str:
    """What made the run last as long as it did; "" where that is not known."""
    chain, seconds = story.chain, story.clock.seconds
    if chain is None or not chain.steps or seconds < _MOMENT:
        return ""
    jobs = len(chain.members)
    last = story.recalled.plan.jobs.name(chain.last) if story.recalled is not None else "the last job"
    if jobs == 1:
        if chain.ran >= _MOST * seconds:
            return f"{last} alone took {lasted(chain.ran)} of {lasted(seconds)}: the run could not have ended sooner than that."
        return f"{last} ended last: it took {lasted(chain.ran)}, after {lasted(chain.waited)} of waiting for a place."
    told = (
        f"Back from {last}, which ended last, {jobs:,} jobs followed one another: they ran {lasted(chain.ran)} "
        f"({share(chain.ran, seconds)} of the time) and waited {lasted(chain.waited)} for a place."
    )
    if chain.ran >= _MOST * seconds:
        return f"{told} The dependencies set the time, and not the machine."
    if chain.waited >= _MOST * seconds:
        return f"{told} The machine set the time, and not the dependencies."
    return told


def _promised(story: Story) -> str:
    plan = story.forecast
    if plan is None or plan.seconds is None:
        return ""
    took = story.clock.seconds
    what = f"By the declared runtimes it was to take {time_text(plan.seconds)} on this machine"
    if story.found.state != "completed":
        return f"{what}."
    ratio = took / plan.seconds if plan.seconds else 0.0
    return f"{what}; it took {lasted(took)}, {ratio:.2g} times that."


def _chain_rows(story: Story, chain: Chain) -> list[ChainRow]:
    rows = [
        ChainRow(story.groups.labels[step.group], step.jobs, lasted(step.ran), lasted(step.waited))
        for step in chain.steps
    ]
    if len(rows) <= _STEPS:
        return rows
    cut = chain.steps[_STEPS // 2 : -_STEPS // 2]
    middle = ChainRow(
        f"{len(cut):,} more steps",
        sum(step.jobs for step in cut),
        lasted(sum(step.ran for step in cut)),
        lasted(sum(step.waited for step in cut)),
    )
    return [*rows[: _STEPS // 2], middle, *rows[-_STEPS // 2 :]]
