"""The sections of a page about a run, in the order in which they are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from torclint.page.making import Page
from torclint.page.run.failing import failing
from torclint.page.run.slowest import slowest
from torclint.page.run.summary import about, summary
from torclint.page.run.timeline import timeline
from torclint.page.run.using import using

if TYPE_CHECKING:
    from torclint.page.run.story import Story


def page_of(story: Story, *, logs: bool = True) -> Page:
    """`logs`: with the end of what failed jobs wrote."""
    sections = (
        summary(story),
        failing(story, logs=logs),
        timeline(story),
        using(story),
        slowest(story),
    )
    return Page(
        story.found.workflow or story.found.path,
        "Run of a workflow",
        about(story),
        tuple(each for each in sections if each is not None),
        ("charts.css", "run.css"),
        ("charts.js",),
    )
