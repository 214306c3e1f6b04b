"""The graph of a spec, before and after: the picture of `torclint graph`, with boxes and lines that lead to the source."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from torclint.graph.clauses import FILES, JOBS
from torclint.page.making import section
from torclint.record import Record
from torclint.report.cells import visible
from torclint.report.diagram.looks import DARK, LIGHT, colours, shapes
from torclint.report.diagram.picture import picture_of
from torclint.report.diagram.svg import Hooks, embedded, legend_of
from torclint.report.numbers import plural

if TYPE_CHECKING:
    from collections.abc import Callable

    from torclint.graph.workflow import WorkflowGraph
    from torclint.page.making import Section
    from torclint.page.spec.changes import NewLines
    from torclint.page.spec.regions import Regions
    from torclint.page.spec.subject import Subject
    from torclint.report.diagram.boxes import Box, Link
    from torclint.report.diagram.picture import Picture

MOST_BOXES = 40
_EXAMPLES = 3
# without weight of their own, so that what is pointed at looks alike in both
_DARK_ONES = ':where(:root[data-theme="dark"])'
_DARK_SYSTEM = ':where(:root:not([data-theme="light"]))'


class BoxRow(Record):
    """A box as a line of a table; `edges_in` and `edges_out` count dependencies."""

    id: str
    title: str
    kind: str
    size: str
    examples: str
    edges_in: int
    edges_out: int
    line: Markup


class LinkRow(Record):
    """A line of the picture as a line of a table."""

    id: str
    source: str
    target: str
    sides: str
    edges: int
    line: Markup


class Shown(Record):
    """One picture with its tables."""

    id: str
    title: str
    told: str
    svg: Markup
    boxes: tuple[BoxRow, ...]
    links: tuple[LinkRow, ...]
    notes: tuple[str, ...]


class Lines(Record):
    """How lines of a text are told: `anchor(line)` is where a link leads, "" if nowhere, and `link(line)` the number as HTML."""

    anchor: Callable[[int], str]
    link: Callable[[int], Markup]


def graph_section(subject: Subject, pictures: list[Picture], regions: Regions, new_lines: NewLines | None) -> Section:
    shown = []
    if subject.graph is not None:
        title = "As it is" if len(pictures) > 1 else "The graph"
        shown.append(_shown("before", title, subject.graph, pictures[0], Lines(regions.anchor, regions.link)))
    if subject.after is not None and new_lines is not None:
        lines = Lines(new_lines.anchor, new_lines.link)
        shown.append(_shown("after", "With barriers", subject.after, pictures[1], lines))
    legend = list(legend_of(pictures)) if shown else []
    return section("graph", "Graph", "spec/graph.html", pictures=shown, legend=legend)


def pictures_of(subject: Subject) -> list[Picture]:
    graphs = [graph for graph in (subject.graph, subject.after) if graph is not None]
    return [picture_of(graph, MOST_BOXES) for graph in graphs]


def style() -> Markup:
    """The looks of the graph, for both colours of the page."""
    system = "".join(colours(DARK, _DARK_SYSTEM))
    return Markup(
        f"{shapes()}{''.join(colours(LIGHT))}@media(prefers-color-scheme:dark){{{system}}}{''.join(colours(DARK, _DARK_ONES))}"
    )


def _shown(id: str, title: str, graph: WorkflowGraph, picture: Picture, lines: Lines) -> Shown:
    boxes = [_box_row(f"{id}-box-{number}", graph, picture, number, lines) for number in range(len(picture.boxes))]
    links = [_link_row(f"{id}-link-{number}", picture, link, lines) for number, link in enumerate(picture.links)]

    def box(number: int) -> str:
        at, row = picture.boxes[number], boxes[number]
        told = f"{at.title}: {row.kind}, {at.measure or row.size}, line {at.line:,}"
        return _attributes(lines.anchor(at.line), row.id, told)

    def link(number: int) -> str:
        at, row = picture.links[number], links[number]
        back = ", closes a cycle" if at.leads_back else ""
        told = f"{row.target} waits for {row.source}: {at.label or plural(at.edges, 'dependency')}{back}"
        ends = f"{boxes[at.source].id} {boxes[at.target].id}"
        return (
            f'class="tie" data-ends="{ends}" {_attributes(lines.anchor(picture.boxes[at.target].line), row.id, told)}'
        )

    svg = Markup("\n").join(map(Markup, embedded(picture, f"{title}: the graph", Hooks(f"graph-{id}", box, link))))
    told = f"{picture.total}; {picture.about}"
    notes = tuple(note.removesuffix("; --limit N shows more") for note in picture.notes)
    return Shown(id, title, told, svg, tuple(boxes), tuple(links), notes)


def _attributes(anchor: str, row: str, told: str) -> str:
    leads = f'href="{anchor}"' if anchor else 'tabindex="0" role="img"'
    return f'{leads} data-row="{row}" aria-label="{escape(visible(told))}"'


def _box_row(id: str, graph: WorkflowGraph, picture: Picture, number: int, lines: Lines) -> BoxRow:
    box = picture.boxes[number]
    edges_in = sum(link.edges for link in picture.links if link.target == number) + box.own
    edges_out = sum(link.edges for link in picture.links if link.source == number) + box.own
    kind = "job spec" if box.kind == "stage" else box.kind
    if box.items > 1:
        kind = f"{box.items:,} {'job specs' if box.is_job else 'items'}"
    noun = "job" if box.is_job else "file" if box.first[0] == FILES else "item"
    size = plural(box.size, noun)
    return BoxRow(id, box.title, kind, size, _examples(graph, box), edges_in, edges_out, lines.link(box.line))


def _link_row(id: str, picture: Picture, link: Link, lines: Lines) -> LinkRow:
    source, target = picture.boxes[link.source], picture.boxes[link.target]
    sides = f"{link.sides[0]:,} × {link.sides[1]:,}" if link.sides and link.edges else ""
    return LinkRow(id, source.title, target.title, sides, link.edges, lines.link(target.line))


def _examples(graph: WorkflowGraph, box: Box) -> str:
    """The first names in a box and the last one."""
    what, index = box.first
    edges = graph.edges_by_group
    groups = edges.jobs if what == JOBS else edges.files if what == FILES else edges.user_data
    group = groups.all[index]
    first = list(islice(group.template.names(group.domain), _EXAMPLES))
    if group.size > _EXAMPLES:
        last = tuple(axis.length - 1 for axis in group.domain.axes)
        first.append(group.template.fill(group.domain.values(last)))
    told = ", ".join(first[:_EXAMPLES]) + (f" … {first[-1]}" if group.size > _EXAMPLES else "")
    return visible(told)
