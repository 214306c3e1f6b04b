"""The report that people read: each finding with its place in the source, and one line that sums up."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING
from torclint.report.cells import visible, width, wrap
from torclint.report.excerpt import Mark, excerpt
from torclint.report.links import rule_link
from torclint.report.summary import summary_line
from torclint.report.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.report.model import FileReport, Report
    from torclint.rules.base import Finding, FixOffer

_CODES = 4
_INDENT = 4  # of what goes on from the line before


def render(report: Report, terminal: Terminal) -> Iterator[str]:
    """The lines of the report, without line breaks; one block a finding, an empty line after each."""
    for file in report.files:
        for finding in file.findings:
            yield from _block(file, finding, terminal)
            yield ""


def render_hint(report: Report) -> Iterator[str]:
    """A line that says where to read more, if there is something to read about."""
    codes = sorted({finding.code for finding in report.findings})
    if codes:
        others = f" (or {', '.join(codes[1:_CODES])}{', ..' if len(codes) > _CODES else ''})" if codes[1:] else ""
        yield f"for more: torclint explain {codes[0]}{others}"


def render_summary(report: Report, terminal: Terminal) -> str:
    palette = terminal.palette
    clean = not report.unreadable and not any(file.findings for file in report.files)
    return f"{palette.good if clean else palette.strong}{summary_line(report)}{palette.off}"


def _block(file: FileReport, finding: Finding, terminal: Terminal) -> Iterator[str]:
    palette = terminal.palette
    look = getattr(palette, finding.severity)
    line, column = file.lines.position(finding.span.start)
    rule = terminal.link(f"{finding.code} {finding.name}", rule_link(finding.code, finding.name))
    place = f"{visible(file.path)}:{line}:{column}:"
    message, *rest = [visible(finding.message)]
    if terminal.is_screen:
        room = terminal.width - width(place) - len(f" {finding.code} {finding.name}: ")
        if room < 0:  # not even the name of the rule has room beside the place
            yield f"{palette.strong}{place}{palette.off}"
            place, room = " " * (_INDENT - 1), terminal.width - _INDENT - len(f"{finding.code} {finding.name}: ")
        message, *rest = wrap(message, terminal.width - _INDENT, room)
    yield f"{palette.strong}{place}{palette.off} {look}{rule}{palette.off}: {palette.strong}{message}{palette.off}"
    for text in rest:
        yield f"{' ' * _INDENT}{palette.strong}{text}{palette.off}"
    marks = [Mark(finding.span, finding.label, "^", look)]
    marks += (Mark(related.span, related.message, "-", palette.frame) for related in finding.related)
    yield from excerpt(file.lines, marks, terminal)
    gutter = len(str(max(file.lines.position(mark.span.start).line for mark in marks)))
    for text in finding.help:
        yield from _note(visible(text), gutter, terminal)
    if finding.fix is not None:
        command = fix_command(finding.fix, file.path)
        yield from _note(f"fix: {command}   ({finding.fix.applicability})", gutter, terminal)


def _note(text: str, gutter: int, terminal: Terminal) -> Iterator[str]:
    first, *rest = wrap(text, terminal.width - gutter - 3)
    yield f"{' ' * gutter} {terminal.palette.frame}={terminal.palette.off} {first}".rstrip()
    for line in rest:
        yield f"{' ' * gutter}   {line}".rstrip()


def fix_command(fix: FixOffer, path: str) -> str:
    """What to type to have `fix` made in the file at `path`, quoted for a shell."""
    if path.isascii() and path.replace("/", "").replace("-", "").replace("_", "").replace(".", "").isalnum():
        return f"{fix.command} {path}"
    from shlex import quote

    return f"{fix.command} {visible(quote(path))}"
