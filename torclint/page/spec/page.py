"""The sections of a page about a spec, in the order in which they are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from torclint.page.making import Page
from torclint.page.spec.summary import about, summary

if TYPE_CHECKING:
    from torclint.page.spec.subject import Subject


def page_of(subject: Subject) -> Page:
    sections = [summary(subject)]
    return Page(subject.name, "Workflow spec", about(subject), tuple(sections), ("spec.css",))
