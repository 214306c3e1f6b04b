"""What the commands do, for Python programs: check specs and count their dependencies."""

from __future__ import annotations

import os

from torclint.record import TYPE_CHECKING, Record
from torclint.report.model import FileReport, Report
from torclint.rules.apply import RuleFailure, findings_of
from torclint.rules.thresholds import Thresholds
from torclint.spec.versions import CURRENT
from torclint.syntax.detect import format_of
from torclint.syntax.detect import read as read_spec
from torclint.syntax.node import ParseError, Span
from torclint.text.lines import LineIndex
from torclint.text.source import STDIN, SourceError, read_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from torclint.fix.barriers import Fixed
    from torclint.graph.workflow import Counts, WorkflowGraph
    from torclint.rules.base import Finding
    from torclint.run.listen import Listener
    from torclint.run.outcome import Outcome
    from torclint.spec.model import Problem, Workflow
    from torclint.syntax.node import Document

    Path = str | os.PathLike[str]

DEFAULTS = Thresholds()


class Source(Record):
    """A text to check. `path` is what reports call it; its ending tells the format, as for a file.

    A text from STDIN is taken for the first format that reads it.
    """

    path: str
    text: str

    @property
    def name(self) -> str | None:
        return None if self.path == STDIN else self.path


class SpecRefused(ValueError):
    """Torc cannot load this spec, so that there is nothing to count or list. `str()` is one line with the place."""


def check(*sources: Path | Source, thresholds: Thresholds = DEFAULTS, torc: str = CURRENT) -> Report:
    """Check spec files, all specs in folders, and texts (each a `Source`), for the Torc release `torc`.

    A syntax error is a finding in its file; what cannot be read as text is listed in `unreadable`. Neither keeps
    another file from being checked. Raises RuleFailure.
    """
    files: list[FileReport] = []
    unreadable: list[SourceError] = []
    for source in _files_of(sources):
        try:
            text = source if isinstance(source, Source) else Source(source, read_file(source))
        except SourceError as error:
            unreadable.append(error)
            continue
        files.append(_check_text(text, thresholds, torc))
    return Report(tuple(files), tuple(unreadable))


def count(source: Path | Source, *, torc: str = CURRENT) -> Counts:
    """The jobs and dependencies of one spec, counted without expanding them. Raises SourceError and SpecRefused."""
    return load(source, torc).counts


def load(source: Path | Source, torc: str = CURRENT) -> WorkflowGraph:
    """The dependency graph of one spec, as the Torc release `torc` reads it. Raises SourceError and SpecRefused."""
    text = source if isinstance(source, Source) else Source(os.fspath(source), read_file(os.fspath(source)))
    try:
        document = read_spec(text.text, text.name)
    except ParseError as error:
        raise SpecRefused(f"{text.path}:{error}") from None
    graph = _graph(document, torc)
    if not graph.workflow.loaded:
        problem = _first_refusal(graph.workflow)
        line, column = document.position(problem.span.start)
        raise SpecRefused(f"{text.path}:{line}:{column}: {problem.message}")
    return graph


def _first_refusal(workflow: Workflow) -> Problem:
    """The first problem for which Torc refuses the spec; there may be harmless ones before it."""
    from torclint.rules.base import REJECTED
    from torclint.rules.registry import find, load

    return next(problem for problem in workflow.problems if load(find(problem.rule)).effect == REJECTED)


def fix(source: Path | Source, *, thresholds: Thresholds = DEFAULTS, torc: str = CURRENT) -> Fixed:
    """The spec with the barriers that it gains by, proven to do the same; nothing is written.

    Raises SourceError and SpecRefused.
    """
    from torclint.fix.barriers import insert_barriers

    return insert_barriers(load(source, torc), thresholds)


def run(
    source: Path | Source,
    *,
    cpus: int | None = None,
    memory: int | None = None,
    gpus: int | None = None,
    output_dir: str = "torc_output",
    torc: str = CURRENT,
    listeners: Sequence[Listener] = (),
) -> Outcome:
    """Run one spec on this machine, in the current folder, unchecked; jobs share `cpus`, `memory` (bytes) and `gpus`,
    by default all there are.

    Raises SourceError, SpecRefused, torclint.run.plan.Refused where Torc would not start it, and ShellMissing.
    """
    from torclint.run.machine import capacity
    from torclint.run.prepare import prepare
    from torclint.run.runner import Runner

    plan = prepare(load(source, torc))
    return Runner(plan, capacity(cpus, memory, gpus), output_dir, listeners).run()


def _files_of(sources: Iterable[Path | Source]) -> Iterator[str | Source]:
    """The sources with the specs that lie in a folder in place of the folder, every path once."""
    seen: set[str] = set()
    for source in sources:
        if isinstance(source, Source):
            yield source
            continue
        for path in _specs_at(os.fspath(source)):
            if path not in seen:
                seen.add(path)
                yield path


def _specs_at(path: str) -> Iterable[str]:
    if not os.path.isdir(path):  # noqa: PTH112  pathlib takes longer to import than all of torclint's own modules
        return (path,)
    from torclint.syntax.find import find_specs

    return find_specs(path)


def _check_text(source: Source, thresholds: Thresholds, torc: str) -> FileReport:
    try:
        document = read_spec(source.text, source.name)
    except ParseError as error:
        known = format_of(source.path)
        return FileReport(source.path, known or "", None, (_syntax_error(error, source.text),), LineIndex(source.text))
    return _check_document(source.path, document, thresholds, torc)


def _syntax_error(error: ParseError, text: str) -> Finding:
    from torclint.rules.registry import find, load

    # a text that ends too early is shown where its last line ends, not on the empty line after it
    start = min(error.offset, len(text.rstrip()))
    return load(find("syntax-error")).finding(error.message, Span(start, min(start + 1, len(text))))


def _check_document(path: str, document: Document, thresholds: Thresholds, torc: str) -> FileReport:
    graph = _graph(document, torc)
    try:
        found = findings_of(graph, thresholds)
    except RuleFailure as error:
        raise RuleFailure(f"{path}: {error}") from error
    counts = graph.counts if graph.workflow.loaded else None
    return FileReport(path, document.format, counts, tuple(found), document.lines)


def _graph(document: Document, torc: str) -> WorkflowGraph:
    from torclint.graph.workflow import WorkflowGraph
    from torclint.spec.decode import decode

    return WorkflowGraph(decode(document, torc))
