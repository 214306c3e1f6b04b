"""The picture in the language of Graphviz."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING
from torclint.report.diagram.pieces import BARRIER, DATA, FILE, STAGE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from torclint.report.diagram.boxes import Box, Link
    from torclint.report.diagram.picture import Picture

_LOOKS = {
    STAGE: 'shape=box, style="rounded,filled", fillcolor="#f6f8fa", color="#b4bdc7"',
    BARRIER: 'shape=box, style=filled, fillcolor="#0b6e75", color="#0b6e75", fontcolor="#ffffff", height=0.3',
    FILE: 'shape=note, style=filled, fillcolor="#fff8e5", color="#d4a72c", fontsize=10, height=0.3',
    DATA: 'shape=ellipse, style=filled, fillcolor="#fff8e5", color="#d4a72c", fontsize=10, height=0.3',
}
_COSTS = (
    'color="#818b98"',
    'color="#b35900", fontcolor="#b35900", penwidth=2',
    'color="#cf222e", fontcolor="#cf222e", penwidth=3',
)


def render(pictures: Sequence[Picture], headings: Sequence[str]) -> Iterator[str]:
    """A digraph, with a cluster for each picture where there are several, line by line."""
    yield f"digraph {quoted(pictures[0].name or 'workflow')} {{"
    yield '  graph [rankdir=TB, fontname="Helvetica", labelloc=t, labeljust=l, nodesep=0.4]'
    yield '  node [fontname="Helvetica", fontsize=12, margin="0.2,0.08"]'
    yield '  edge [fontname="Helvetica", fontsize=11, arrowsize=0.7]'
    for number, (picture, heading) in enumerate(zip(pictures, headings, strict=True)):
        label = _lines(heading, picture.total, picture.about, *picture.notes)
        prefix = chr(ord("a") + number)
        several = len(pictures) > 1
        if several:
            yield f"  subgraph cluster_{prefix} {{"
            yield '    color="#b4bdc7"'
        indent = "    " if several else "  "
        yield f"{indent}label={label}"
        for place, box in enumerate(picture.boxes):
            yield f"{indent}{prefix}{place} [label={_label(box)}, {_LOOKS[box.kind]}]"
        for link in picture.links:
            yield f"{indent}{prefix}{link.source} -> {prefix}{link.target} [{_link(link)}]"
        if several:
            yield "  }"
    yield "}"


def _label(box: Box) -> str:
    return _lines(box.title, box.measure) if box.measure else quoted(box.title)


def _link(link: Link) -> str:
    parts = [f"label={quoted(link.label)}"] if link.label else []
    parts.append(_COSTS[link.cost])
    if link.leads_back:
        parts.append("style=dashed, constraint=false")
    return ", ".join(parts)


def _lines(*texts: str) -> str:
    return '"' + "\\n".join(quoted(text)[1:-1] for text in texts) + '"'


def quoted(text: str) -> str:
    """`text` as a quoted string that stands for itself in a label, where `\\N`, `&lt;` and the like would not."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;") + '"'
