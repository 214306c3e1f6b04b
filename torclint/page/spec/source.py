"""The spec itself: its lines with their numbers, in colour, and in the margin what was found at them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from torclint.page.making import section
from torclint.page.spec.findings import marks_of
from torclint.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markupsafe import Markup

    from torclint.page.making import Section
    from torclint.page.spec.code import Code, Mark
    from torclint.page.spec.findings import Group, Numbered
    from torclint.page.spec.regions import Regions
    from torclint.page.spec.subject import Subject

_DOTS = 3  # findings that have a mark of their own in the margin of a line


class Line(Record):
    """One line; `findings` begin at it, and `left_out` lines are not shown before it."""

    number: int
    html: Markup
    findings: tuple[Numbered, ...]
    left_out: int


def source_section(subject: Subject, groups: list[Group], code: Code, regions: Regions) -> Section:
    return section(
        "source",
        "Source",
        "spec/source.html",
        path=subject.path,
        lines=list(_lines(subject, groups, code, regions)),
        total=regions.total,
        left_out=regions.left_out,
        dots=_DOTS,
    )


def _lines(subject: Subject, groups: list[Group], code: Code, regions: Regions) -> Iterator[Line]:
    begins: dict[int, list[Numbered]] = {}
    touched: dict[int, list[Mark]] = {}
    for group in groups:
        for numbered in group.findings:
            mark = marks_of(numbered.finding)[0]._replace(label="")
            first = subject.lines.position(mark.span.start).line
            begins.setdefault(first, []).append(numbered)
            last = subject.lines.position(mark.span.end - 1).line
            for line in range(first, min(last, first + 50) + 1):
                touched.setdefault(line, []).append(mark)
    before = 0
    for region in regions.all:
        for number in region:
            findings = tuple(begins.get(number, ()))
            yield Line(number, code.line(number, touched.get(number, ())), findings, number - before - 1)
            before = number
