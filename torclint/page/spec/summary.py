"""The first part of the page: a verdict in a sentence, the numbers, and how many findings of what kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from torclint.graph.cost import duration, roughly, size, workflow_seconds
from torclint.page.making import section
from torclint.record import Record
from torclint.report.numbers import known, plural, shown
from torclint.rules.base import REJECTED, SEVERITIES, SLOW, STUCK, STYLE, SURPRISE, UNREADY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.workflow import WorkflowGraph
    from torclint.page.making import Section
    from torclint.page.spec.subject import Subject

EFFECTS = {
    REJECTED: "Torc refuses the spec",
    STUCK: "Torc accepts it, and jobs wait for each other for ever",
    UNREADY: "Torc accepts it, and then refuses to start it, or no runner takes the jobs",
    SLOW: "it works, at a cost",
    SURPRISE: "it does something else than it seems to say",
    STYLE: "it works, and could be clearer",
}
_GRAVEST = (REJECTED, STUCK, UNREADY)
_LONGEST = 400  # characters of a description
_FORMATS = {"yaml": "YAML", "json": "JSON", "json5": "JSON5", "kdl": "KDL"}


class Figure(Record):
    """A number that is read first. `after` is what barriers make of it, "" where that is the same; `note` stands below."""

    label: str
    now: str
    after: str = ""
    note: str = ""


class Row(Record):
    """One line of the table of numbers; `after` is "" where there are no barriers."""

    label: str
    now: str
    after: str


class Verdict(Record):
    """`tone` is "good", or the severity by which it is coloured."""

    tone: str
    text: str


class Effect(Record):
    """So many findings with one effect, for each severity."""

    name: str
    meaning: str
    numbers: tuple[int, ...]


def about(subject: Subject) -> str:
    """The line below the title: which file, in what format, and how long it is."""
    format = _FORMATS.get(subject.format, "of unknown format")
    lines = len(subject.lines.starts) - subject.text.endswith("\n")
    told = subject.text_at("description")
    told = told if len(told) <= _LONGEST else f"{told[:_LONGEST]}..."
    return f"{subject.path}: {format}, {plural(lines, 'line')}.{f' {told}' if told else ''}"


def summary(subject: Subject) -> Section:
    return section(
        "summary",
        "Summary",
        "spec/summary.html",
        verdict=verdict(subject),
        figures=list(_figures(subject)),
        rows=list(_rows(subject)),
        has_after=subject.after is not None,
        severities=SEVERITIES,
        effects=list(_effects(subject)),
    )


def verdict(subject: Subject) -> Verdict:
    """What a reader has to know if they read one sentence only."""
    grave = [finding for effect in _GRAVEST for finding in subject.findings if finding.effect == effect]
    graph = subject.graph
    if graph is None or grave:
        first = grave[0]
        line = subject.lines.position(first.span.start).line
        more = f", and {len(grave) - 1:,} more findings as grave as that" if len(grave) > 1 else ""
        return Verdict("error", f"{_sentence(EFFECTS[first.effect])}: {first.message} (line {line:,}){more}.")
    total = graph.counts.total
    cost = f"{plural(graph.counts.jobs, 'job')} with {plural(total, 'dependency')}, created in {roughly(workflow_seconds(graph))}"
    if subject.after is not None and known(subject.after.counts.total) < known(total):
        fewer = known(total) // max(known(subject.after.counts.total), 1)
        times = f", {fewer:,} times fewer" if fewer > 1 else ""
        made = plural(subject.after.counts.total, "dependency")
        return Verdict("warning", f"It works, and costs too much: {cost}. With barriers it has {made}{times}.")
    wrong = [finding for finding in subject.findings if finding.severity in SEVERITIES[:2]]
    if wrong:
        return Verdict("warning", f"It works, with {plural(len(wrong), 'finding')} to look at: {cost}.")
    return Verdict("good", f"Nothing is wrong with it: {cost}.")


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _figures(subject: Subject) -> Iterator[Figure]:
    graph, after = subject.graph, subject.after
    if graph is not None:
        counts = graph.counts
        yield Figure("Jobs", shown(counts.jobs), "", f"from {plural(counts.job_specs, 'job spec')}")
        changed = after is not None and after.counts.total != counts.total
        total = shown(after.counts.total) if after is not None and changed else ""
        yield Figure("Dependencies", shown(counts.total), total, _parts(graph))
        seconds = duration(workflow_seconds(after)) if after is not None else ""
        yield Figure("torc create takes about", duration(workflow_seconds(graph)), seconds)
        room = size(known(after.counts.total)) if after is not None and changed else ""
        yield Figure("Torc's database", size(known(counts.total)), room, "for the dependencies")
    severities = [finding.severity for finding in subject.findings]
    numbers = [f"{plural(severities.count(each), each)}" for each in SEVERITIES if each in severities]
    yield Figure("Findings", f"{len(severities):,}", "", ", ".join(numbers) or "nothing to say")


def _parts(graph: WorkflowGraph) -> str:
    counts = graph.counts
    if not known(counts.implicit):
        return "all of them written"
    return f"{shown(counts.explicit)} written, {shown(counts.implicit)} through files and user data"


def _rows(subject: Subject) -> Iterator[Row]:
    if subject.graph is None:
        return
    now = _numbers(subject.graph)
    after = _numbers(subject.after) if subject.after is not None else {}
    for label, number in now.items():
        yield Row(label, number, after.get(label, ""))


def _numbers(graph: WorkflowGraph) -> dict[str, str]:
    counts = graph.counts
    return {
        "Job specs": shown(counts.job_specs),
        "Jobs": shown(counts.jobs),
        "Dependencies that are written": shown(counts.explicit),
        "Dependencies through files and user data": shown(counts.implicit),
        "Dependencies in total": shown(counts.total),
        "Jobs in the longest chain": shown(graph.longest_chain.length),
        "Time of torc create": duration(workflow_seconds(graph)),
        "Dependencies in Torc's database": size(known(counts.total)),
    }


def _effects(subject: Subject) -> Iterator[Effect]:
    for name, meaning in EFFECTS.items():
        severities = [finding.severity for finding in subject.findings if finding.effect == name]
        if severities:
            yield Effect(name, meaning, tuple(map(severities.count, SEVERITIES)))
