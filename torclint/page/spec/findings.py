"""The findings, by rule, the gravest first: each beside its place in the source, with what to do and the fix as a diff."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markupsafe import Markup

from torclint.page.making import section
from torclint.page.spec.changes import diff_of
from torclint.page.spec.code import Mark
from torclint.page.spec.summary import EFFECTS
from torclint.record import Record
from torclint.report.numbers import plural
from torclint.report.text import fix_command
from torclint.rules.base import SEVERITIES
from torclint.rules.documentation import documentation
from torclint.rules.registry import find, load
from torclint.syntax.node import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.page.making import Section
    from torclint.page.spec.changes import Diff
    from torclint.page.spec.code import Code
    from torclint.page.spec.regions import Regions
    from torclint.page.spec.subject import Subject
    from torclint.rules.base import Finding
    from torclint.rules.documentation import Documentation

_EFFECTS = tuple(EFFECTS)  # the gravest first
_OF_A_RULE, _OF_ALL = 20, 300  # findings that are shown
_MARKS = 8  # places of one finding
_DIFF = 40  # lines of the diff of one finding
_DEEPER = 2  # levels of headings from a docstring to the page


class Numbered(Record):
    """A finding with its number on the page, from 1."""

    number: int
    finding: Finding


class Group(Record):
    """The findings of one rule, in the order of the text. `left_out`: so many more than are shown."""

    code: str
    name: str
    severity: str
    effect: str
    findings: tuple[Numbered, ...]
    left_out: int

    @property
    def told(self) -> str:
        """How many there are, and what happens if nobody acts."""
        return f"{plural(len(self.findings) + self.left_out, 'finding')}, {self.effect}: {EFFECTS[self.effect]}"


class Place(Record):
    """One line of an excerpt. `gap`: lines are left out before it."""

    number: int
    link: Markup
    html: Markup
    gap: bool


class Shown(Record):
    """A finding as the template takes it. `plan_wide`: its fix is the one that the section on barriers shows."""

    number: int
    finding: Finding
    line: Markup
    places: tuple[Place, ...]
    more_places: int
    command: str
    diff: Diff | None
    plan_wide: bool


def grouped(findings: tuple[Finding, ...]) -> list[Group]:
    """By rule and severity; the gravest first, and no more than a page can hold."""
    by_rule: dict[tuple[int, int, str], list[Finding]] = {}
    for finding in findings:
        key = (SEVERITIES.index(finding.severity), _EFFECTS.index(finding.effect), finding.code)
        by_rule.setdefault(key, []).append(finding)
    groups: list[Group] = []
    number = 0
    for _, several in sorted(by_rule.items()):
        first = several[0]
        kept = several[: min(_OF_A_RULE, _OF_ALL - number)]
        numbered = tuple(Numbered(number + place, each) for place, each in enumerate(kept, 1))
        number += len(kept)
        groups.append(Group(first.code, first.name, first.severity, first.effect, numbered, len(several) - len(kept)))
    return groups


def marks_of(finding: Finding) -> list[Mark]:
    """The places to mark for a finding: its own first, then those that it speaks of."""
    marks = [Mark(_seen(finding.span), finding.severity, finding.label)]
    marks += (Mark(_seen(related.span), "related", related.message) for related in finding.related)
    return marks[:_MARKS]


def _seen(span: Span) -> Span:
    return Span(span.start, max(span.end, span.start + 1))


def findings_section(
    subject: Subject, groups: list[Group], code: Code, regions: Regions, has_barriers: bool
) -> Section:
    shown = {
        numbered.number: _shown(numbered, subject, code, regions, has_barriers)
        for group in groups
        for numbered in group.findings
    }
    severities = [finding.severity for finding in subject.findings]
    return section(
        "findings",
        "Findings",
        "spec/findings.html",
        groups=groups,
        shown=shown,
        explained={(group.code): _explained(group.code) for group in groups},
        totals=[(each, plural(severities.count(each), each)) for each in SEVERITIES if each in severities],
        total=len(severities),
        path=subject.path,
    )


def _shown(numbered: Numbered, subject: Subject, code: Code, regions: Regions, has_barriers: bool) -> Shown:
    finding = numbered.finding
    marks = marks_of(finding)
    fix = finding.fix
    diff = diff_of(subject.text, fix.edits, _DIFF) if fix is not None and fix.edits else None
    return Shown(
        numbered.number,
        finding,
        regions.link(subject.lines.position(finding.span.start).line),
        tuple(_places(marks, subject, code, regions)),
        1 + len(finding.related) - len(marks),
        fix_command(fix, subject.path) if fix is not None else "",
        diff,
        fix is not None and not fix.edits and has_barriers and "--insert-barriers" in fix.command,
    )


def _places(marks: list[Mark], subject: Subject, code: Code, regions: Regions) -> Iterator[Place]:
    numbers = sorted({subject.lines.position(mark.span.start).line for mark in marks})
    before = numbers[0] - 1
    for number in numbers:
        yield Place(number, regions.link(number), code.line(number, marks), number > before + 1)
        before = number


class _Explained(Record):
    documentation: Documentation
    text: Markup


def _explained(code: str) -> _Explained:
    """What `torclint explain` says about a rule."""
    page = documentation(load(find(code)))
    return _Explained(page, _markdown(page.text))


def _markdown(text: str) -> Markup:
    """Markdown of a docstring as HTML, with its headings where they belong on the page."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = reader.parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{int(token.tag[1]) + _DEEPER}"
    return Markup(reader.renderer.render(tokens, reader.options, {}))
