"""The picture as a Mermaid flowchart, which GitHub, GitLab and many other places draw where it stands in Markdown."""

from __future__ import annotations

import re

from torclint.record import TYPE_CHECKING
from torclint.report.diagram.pieces import BARRIER, DATA, FILE, STAGE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from torclint.report.diagram.boxes import Box
    from torclint.report.diagram.picture import Picture

_SHAPES = {STAGE: ("(", ")"), BARRIER: ("[[", "]]"), FILE: ("[/", "/]"), DATA: ("([", "])")}
# the colours are readable on the light theme and on the dark one
_CLASSES = {
    BARRIER: "fill:#0b6e75,stroke:#0b6e75,color:#ffffff",
    FILE: "fill:#fff8e5,stroke:#d4a72c,color:#1f2328,font-size:12px",
    DATA: "fill:#fff8e5,stroke:#d4a72c,color:#1f2328,font-size:12px",
}
_COSTS = ("", "stroke:#c46a00,stroke-width:3px", "stroke:#d9363e,stroke-width:4px")
# line breaks, formulas and icons, which Mermaid looks for when entities are decoded
_DECODED = re.compile(r"\\n|\$(?=\$)|f(?=a[a-z]?:fa-)")
_NO_WIDTH = "\u200b"
_PLAIN = frozenset(" ,:(){}×")


def render(pictures: Sequence[Picture], headings: Sequence[str]) -> Iterator[str]:
    """A flowchart, with a subgraph for each picture where there are several, line by line."""
    several = len(pictures) > 1
    yield "flowchart LR" if several else "flowchart TB"
    links: list[int] = []  # what each line of the whole chart costs, in the order in which they are written
    for number, (picture, heading) in enumerate(zip(pictures, headings, strict=True)):
        prefix = chr(ord("a") + number)
        indent = "  "
        if several:
            yield f'  subgraph {prefix}["{text(f"{heading}: {picture.total}")}"]'
            yield "    direction TB"
            indent = "    "
        for place, box in enumerate(picture.boxes):
            yield indent + _box(f"{prefix}{place}", box)
        for note_number, note in enumerate(picture.notes):
            yield f'{indent}{prefix}note{note_number}["{text(note)}"]:::note'
        for link in picture.links:
            label = f'|"{text(link.label)}"|' if link.label else ""
            arrow = "-.->" if link.leads_back else "-->"
            yield f"{indent}{prefix}{link.source} {arrow}{label} {prefix}{link.target}"
            links.append(link.cost)
        if several:
            yield "  end"
    if several:
        yield "  a ~~~ b"  # a link that is not drawn: without it the second picture may stand before the first one
    kinds = {box.kind for picture in pictures for box in picture.boxes}
    yield from (f"  classDef {_name(kind)} {look}" for kind, look in _CLASSES.items() if kind in kinds)
    if any(picture.notes for picture in pictures):
        yield "  classDef note fill:none,stroke:none"
    for cost in (1, 2):
        numbers = [str(number) for number, each in enumerate(links) if each == cost]
        if numbers:
            yield f"  linkStyle {','.join(numbers)} {_COSTS[cost]}"


def _box(name: str, box: Box) -> str:
    opening, closing = _SHAPES[box.kind]
    lines = text(box.title) + (f"<br/>{text(box.measure)}" if box.measure else "")
    look = f":::{_name(box.kind)}" if box.kind in _CLASSES else ""
    return f'{name}{opening}"{lines}"{closing}{look}'


def _name(kind: str) -> str:
    return kind.replace(" ", "_")


def text(plain: str) -> str:
    """`plain` for the inside of a quoted label. Whatever Mermaid, its Markdown or HTML could take for something else is
    written as an entity of Mermaid's: `#35;` for `#`. Three things mean something to it even so: in these stands a
    space of no width."""
    apart = _DECODED.sub(lambda found: found[0][0] + _NO_WIDTH + found[0][1:], plain)
    padded = f" {apart} "
    return "".join(
        char if _is_plain(char, before, after) else f"#{ord(char)};"
        for before, char, after in zip(padded, apart, padded[2:], strict=False)
    )


def _is_plain(char: str, before: str, after: str) -> bool:
    # at the edge of a word these are marks of Markdown: _emphasis_, - item, ===
    if char in "_-=":
        return (before.isalnum() and after.isalnum()) or (char == "=" and before == after == " ")
    return char.isalnum() or char in _PLAIN
