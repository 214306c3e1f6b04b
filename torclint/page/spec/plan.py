"""What a run would be like by the declared runtimes: stages along the time, how much runs at once, and on how many nodes."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from torclint.names.machine import OverBudget
from torclint.page.charts import steps, tracks
from torclint.page.charts.steps import Steps
from torclint.page.charts.tracks import Bar, Track
from torclint.page.making import section
from torclint.record import Record
from torclint.report.numbers import plural
from torclint.run.forecast.forecast import forecast, seconds_by_nodes
from torclint.run.forecast.tell import machines_text, release_seconds, undeclared_text
from torclint.run.needs import needs_text
from torclint.run.plan import Refused
from torclint.spec.amounts import size_text, time_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markupsafe import Markup

    from torclint.graph.workflow import WorkflowGraph
    from torclint.page.making import Section
    from torclint.page.spec.subject import Subject
    from torclint.run.forecast.forecast import Forecast, Machines, Stage

_STAGES = 30  # in the chart and in the table
_PATH = 12  # steps of the critical path that are told
_HEIGHT, _PARTS = 110, 400  # of the chart: pixels, and steps at most


class Row(Record):
    """One line of the table of numbers; `after` is "" where there are no barriers."""

    label: str
    now: str
    after: str


class StageRow(Record):
    """A stage, as `torclint plan` tells it; `seconds` sort it by what each job takes, and by its start and end."""

    name: str
    jobs: int
    need: str
    runtime: str
    at_once: int
    starts: str
    ends: str
    seconds: tuple[float, float, float]


class Nodes(Record):
    """How long it takes on so many nodes; `share`: in per cent of the time on the fewest."""

    nodes: int
    seconds: int
    text: str
    share: float
    is_asked: bool


def plan_section(subject: Subject) -> Section:
    """The plan of a spec; where there is none, the reason."""
    graph = subject.graph
    if graph is None:
        return _missing("Torc does not load this spec, so that nothing can be worked out.")
    try:
        now = forecast(graph, subject.machines)
        by_nodes = seconds_by_nodes(graph, subject.machines.node)
        after = forecast(subject.after, subject.machines) if subject.after is not None else None
    except (Refused, OverBudget) as error:
        return _missing(f"it could not be worked out: {error}.")
    return section("plan", "Plan", "spec/plan.html", **_values(subject, graph, now, after, by_nodes))


def _missing(why: str) -> Section:
    return section("plan", "Plan", "spec/plan.html", missing=why)


def _values(
    subject: Subject, graph: WorkflowGraph, now: Forecast, after: Forecast | None, by_nodes: list[tuple[int, int]]
) -> dict[str, Any]:
    before_rows = _numbers(graph, now)
    after_rows = _numbers(subject.after, after) if subject.after is not None and after is not None else {}
    critical = {name for name, _ in now.critical_path}
    return {
        "missing": "",
        "machines": f"{plural(now.jobs, 'job')} on {machines_text(subject.machines)}",
        "verdict": _verdict(now),
        "assumed": undeclared_text(now.undeclared) if now.undeclared else "",
        "exact": now.exact,
        "rows": [Row(label, text, after_rows.get(label, "")) for label, text in before_rows.items()],
        "has_after": bool(after_rows),
        "path": [(name, time_text(seconds)) for name, seconds in now.critical_path[:_PATH]],
        "path_left_out": len(now.critical_path) - _PATH,
        "stages": [_stage_row(stage) for stage in now.stages[:_STAGES]],
        "stages_left_out": len(now.stages) - _STAGES,
        "along": _along(now, critical),
        "at_once": _at_once(now),
        "is_fastest": bool(by_nodes) and by_nodes[-1][1] <= now.critical_seconds,
        "by_nodes": list(_by_nodes(by_nodes, subject.machines)),
    }


def _verdict(found: Forecast) -> str:
    if found.seconds is None:
        return f"It never ends: {found.why}."
    about = "" if found.exact else "at most "
    return f"It is done after {about}{time_text(found.seconds)}, with the CPUs busy for {found.busy:.0%} of that."


def _numbers(graph: WorkflowGraph, found: Forecast) -> dict[str, str]:
    cpus, memory, gpus = found.peak_needs
    needs = f"{plural(cpus, 'CPU')}, {size_text(memory)}" + (f", {plural(gpus, 'GPU')}" if gpus else "")
    levels = graph.longest_chain.length
    return {
        "Done after": time_text(found.seconds),
        "No sooner than, on however many nodes": time_text(found.critical_seconds),
        "CPUs busy": f"{found.busy:.0%}" if found.seconds is not None else "",
        "CPU time of all jobs": time_text(found.cpu_seconds),
        "Jobs that could run at once": f"{found.peak:,}",
        "What these would need": needs,
        "Levels": f"{levels:,}",
        "Added by Torc's release timer, up to": time_text(release_seconds(levels)),
    }


def _stage_row(stage: Stage) -> StageRow:
    return StageRow(
        stage.name,
        stage.jobs,
        needs_text(stage.need),
        time_text(stage.need.runtime),
        min(stage.at_once, stage.jobs),
        time_text(stage.start),
        time_text(stage.end),
        (stage.need.runtime, _or_never(stage.start), _or_never(stage.end)),
    )


def _or_never(seconds: float | None) -> float:
    return 1e300 if seconds is None else seconds


def _along(found: Forecast, critical: set[str]) -> Markup | None:
    """A bar for each stage along the time."""
    shown = [stage for stage in found.stages[:_STAGES] if stage.start is not None]
    longest = max((stage.end or stage.start or 0 for stage in shown), default=0)
    if not longest:
        return None
    rows = [
        Track(
            stage.name if len(stage.name) <= 60 else f"{stage.name[:57]}...",
            _note(stage),
            [_bar(stage, longest, stage.name in critical)],
        )
        for stage in shown
    ]
    told = f"{plural(len(shown), 'stage')} from the start to {time_text(longest)}; the table of stages below has the numbers"
    return tracks.chart("plan-along", "When the stages run", told, rows, longest)


def _bar(stage: Stage, longest: int, critical: bool) -> Bar:
    end = longest if stage.end is None else stage.end
    return Bar(
        stage.start or 0,
        end,
        tracks.DONE,
        f"{_told(stage)}{', on the critical path' if critical else ''}",
        strong=critical,
    )


def _note(stage: Stage) -> str:
    jobs = plural(stage.jobs, "job")
    at_once = min(stage.at_once, stage.jobs)
    together = f", {at_once:,} at once" if 1 < at_once < stage.jobs else ""
    return f"{jobs}{together}"


def _told(stage: Stage) -> str:
    return f"{stage.name}: {plural(stage.jobs, 'job')}, from {time_text(stage.start)} to {time_text(stage.end)}"


def _at_once(found: Forecast) -> Markup | None:
    """How many jobs run, on an average over each stage: its work shared out evenly over its time."""
    changes: dict[float, float] = {}
    for stage in found.stages:
        if stage.start is None or stage.end is None or stage.end <= stage.start:
            continue
        running = stage.jobs * stage.need.runtime / (stage.end - stage.start)
        changes[stage.start] = changes.get(stage.start, 0) + running
        changes[stage.end] = changes.get(stage.end, 0) - running
    if not changes:
        return None
    times = sorted({0.0, *changes})
    values: list[float] = []
    level = 0.0
    for time in times[:-1]:
        level += changes.get(time, 0)
        values.append(round(max(level, 0), 2))
    shown = _averaged(times, values)
    told = f"at most {max(values):,.0f} jobs on an average over a stage"
    return steps.chart("plan-at-once", "Jobs that run at once", told, shown, times[-1], height=_HEIGHT)


def _averaged(times: list[float], values: list[float]) -> Steps:
    """The steps; of very many the mean over equal parts of the time."""
    if len(values) <= _PARTS:
        return Steps(times, values)
    part = times[-1] / _PARTS
    sums = [0.0] * _PARTS
    for (start, end), value in zip(pairwise(times), values, strict=True):
        first, last = min(int(start / part), _PARTS - 1), min(int(end / part), _PARTS - 1)
        for number in range(first, last + 1):
            covered = min(end, (number + 1) * part) - max(start, number * part)
            sums[number] += value * max(covered, 0.0)
    return Steps([number * part for number in range(_PARTS + 1)], [round(each / part, 2) for each in sums])


def _by_nodes(by_nodes: list[tuple[int, int]], machines: Machines) -> Iterator[Nodes]:
    for nodes, seconds in by_nodes:
        share = 100 * seconds / max(by_nodes[0][1], 1)
        yield Nodes(nodes, seconds, time_text(seconds), round(share, 1), nodes == machines.nodes)
