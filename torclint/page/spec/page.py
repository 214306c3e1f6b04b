"""The sections of a page about a spec, in the order in which they are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from torclint.page.making import Page
from torclint.page.spec.barriers import barriers_section, has_barriers
from torclint.page.spec.changes import NewLines, diff_of
from torclint.page.spec.code import Code
from torclint.page.spec.edges import edges_section, line_of, shown_blocks
from torclint.page.spec.findings import findings_section, grouped, marks_of
from torclint.page.spec.picture import graph_section, pictures_of, style
from torclint.page.spec.plan import plan_section
from torclint.page.spec.regions import Regions
from torclint.page.spec.source import source_section
from torclint.page.spec.summary import about, summary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.page.spec.findings import Group
    from torclint.page.spec.subject import Subject
    from torclint.report.diagram.picture import Picture


_STYLES = ("charts.css", "code.css", "graph.css", "spec.css")
_SCRIPTS = ("filter.js", "graph.js", "charts.js")


def page_of(subject: Subject) -> Page:
    groups = grouped(subject.findings)
    pictures = pictures_of(subject)
    regions = Regions(subject.lines, _spoken_of(subject, groups, pictures))
    code = Code(subject.lines, subject.document, regions.all)
    fixed = subject.fixed
    diff = diff_of(subject.text, fixed.edits if fixed is not None else ())
    new_lines = NewLines(diff, regions) if subject.after is not None else None
    told = has_barriers(fixed)
    findings = findings_section(subject, groups, code, regions, told)
    source = source_section(subject, groups, code, regions)
    computed = [edges_section(subject, regions, new_lines), graph_section(subject, pictures, regions, new_lines)]
    barriers = [barriers_section(subject, fixed, diff, regions)] if fixed is not None and told else []
    plan = plan_section(subject)
    if subject.graph is None:  # what there is comes before what is missing
        sections = [summary(subject), findings, source, *computed, plan]
    else:
        sections = [summary(subject), *computed, findings, *barriers, plan, source]
    return Page(subject.name, "Workflow spec", about(subject), tuple(sections), _STYLES, _SCRIPTS, style())


def _spoken_of(subject: Subject, groups: list[Group], pictures: list[Picture]) -> Iterator[int]:
    """The lines that other sections lead to, the most important ones first."""
    lines = subject.lines
    for group in groups:
        for numbered in group.findings:
            yield from (lines.position(mark.span.start).line for mark in marks_of(numbered.finding))
    if subject.graph is not None:
        yield from (box.line for box in pictures[0].boxes)
        yield from (line_of(subject.graph, block) for block in shown_blocks(subject.graph))
