"""Checking one text: read, ask the rules, leave out what is ignored."""

from __future__ import annotations

from torclint.checking.files import Found, Source
from torclint.config.settings import Settings
from torclint.record import TYPE_CHECKING
from torclint.report.model import FileReport
from torclint.rules.apply import RuleFailure, asked, findings_of, go_on
from torclint.suppression import may_address_torclint
from torclint.syntax.detect import format_of
from torclint.syntax.detect import read as read_spec
from torclint.syntax.node import ParseError, Span
from torclint.text.lines import LineIndex
from torclint.text.source import NotText, SourceError, read_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from torclint.checking.files import Input
    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.base import Finding
    from torclint.spec.memory import Memory
    from torclint.syntax.node import Document

UNCONFIGURED = Settings()

Outcome = FileReport | SourceError | None


def read(source: Input) -> Source | SourceError | None:
    """The text of `source`; None for a file in a folder that cannot be a spec."""
    if isinstance(source, Source):
        return source
    path = source if isinstance(source, str) else source.path
    try:
        text = read_file(path)
    except SourceError as error:
        return None if isinstance(error, NotText) and isinstance(source, Found) else error
    if isinstance(source, Found):
        from torclint.syntax.find import speaks_of_jobs

        if not speaks_of_jobs(text, path):
            return None
    return Source(path, text)


def is_spec(source: Source) -> bool:
    """Whether a text found in a folder is a spec, or means to be one."""
    try:
        return _is_one(read_spec(source.text, source.name))
    except ParseError:
        return _means_to_be_one(source.text, source.path)


def check_one(source: Source, found: bool, settings: Settings = UNCONFIGURED) -> FileReport | None:
    """What the rules find in a text; None if it was `found` in a folder and is no spec. Raises RuleFailure."""
    path, text = source
    try:
        document = read_spec(text, source.name)
    except ParseError as error:
        if found and not _means_to_be_one(text, path):
            return None
        findings = refused(error, text, settings)
        return FileReport(path, format_of(path) or "", None, findings, LineIndex(text), settings.fail_on)
    if found and not _is_one(document):
        return None
    graph = graph_of(document, settings.torc)
    try:
        findings = findings_in(graph, path, settings)
    except RuleFailure as error:
        raise RuleFailure(f"{path}: {error}") from error
    counts = graph.counts if graph.workflow.loaded else None
    return FileReport(path, document.format, counts, findings, document.lines, settings.fail_on)


def refused(error: ParseError, text: str, settings: Settings) -> tuple[Finding, ...]:
    """The one finding in a text that cannot be read."""
    return _graded([_syntax_error(error, text)], settings)


def findings_in(
    graph: WorkflowGraph, path: str, settings: Settings, pause: Callable[[], None] = go_on
) -> tuple[Finding, ...]:
    """What the rules find in a spec that was read, without what is ignored. Raises RuleFailure.

    `pause` is called before each rule; what it raises ends the check.
    """
    workflow = graph.workflow
    selection = settings.selection_for(path)
    found = findings_of(graph, settings.thresholds, selection, pause)
    ignores = settings.ignores_for(path)
    if ignores or (settings.ignores_on and may_address_torclint(workflow.document.text)):
        from torclint.suppression.apply import suppress

        found = suppress(workflow.document, found, ignores, asked(workflow, selection))
    return _graded(found, settings)


def graph_of(document: Document, torc: str, memory: Memory | None = None) -> WorkflowGraph:
    """The dependency graph of a document, as the Torc release `torc` reads it; `memory` as `decode` takes it."""
    from torclint.graph.workflow import WorkflowGraph
    from torclint.spec.decode import decode

    return WorkflowGraph(decode(document, torc, memory))


def _is_one(document: Document) -> bool:
    from torclint.syntax.find import is_spec_document

    return is_spec_document(document)


def _means_to_be_one(text: str, path: str) -> bool:
    from torclint.syntax.find import speaks_of_commands

    return speaks_of_commands(text, path)


def _graded(findings: list[Finding], settings: Settings) -> tuple[Finding, ...]:
    """The findings with the severities that the settings give them."""
    if not settings.severities:
        return tuple(findings)
    wanted = dict(settings.severities)
    return tuple(finding._replace(severity=wanted.get(finding.code, finding.severity)) for finding in findings)


def _syntax_error(error: ParseError, text: str) -> Finding:
    from torclint.rules.registry import find, load

    # a text that ends too early is shown where its last line ends, not on the empty line after it
    start = min(error.offset, len(text.rstrip()))
    return load(find("syntax-error")).finding(error.message, Span(start, min(start + 1, len(text))))
