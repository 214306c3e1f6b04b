"""Boxes and links, and drawing them for a given way to fold items together."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING, Record
from torclint.report.cells import visible
from torclint.report.diagram.pieces import BARRIER, FILE, STAGE
from torclint.report.numbers import plural

if TYPE_CHECKING:
    from torclint.report.diagram.pieces import Key, Piece, Pieces, Tie

Folding = dict[tuple[str, int], int]  # the number of the box that an item is in; boxes in the order of the file

BUSY_FROM, HEAVY_FROM = 10_000, 100_000  # dependencies of one link


class Box(Record):
    """One item, or `items` of them; `size`: the jobs, files or user data items that they are together.

    `line`: where the first one stands in the file, from 1, and `first` which one that is. `own`: dependencies of
    its jobs among themselves.
    """

    kind: str
    title: str
    size: int
    items: int
    line: int
    first: Key
    own: int = 0

    @property
    def is_job(self) -> bool:
        return self.kind in (STAGE, BARRIER)

    @property
    def measure(self) -> str:
        """How many, in words; "" for a single barrier, file or item of data."""
        what = "job" if self.is_job else "file" if self.kind == FILE else "item"
        many = "" if self.size == 1 and self.kind != STAGE else plural(self.size, what)
        return ", ".join(part for part in (many, self._among_them) if part)

    @property
    def _among_them(self) -> str:
        if not self.own:
            return ""
        return "waits for itself" if self.size == 1 else f"{plural(self.own, 'dependency')} among them"


class Link(Record):
    """What jobs in the box `target` wait for in the box `source`; between jobs and files or data, too.

    `sides`: so many jobs wait for the same so many each; None where each waits for others. `edges` is 0 where a job writes.
    `leads_back`: it closes a cycle.
    """

    source: int
    target: int
    edges: int
    sides: tuple[int, int] | None
    leads_back: bool = False

    def plus(self, edges: int) -> Link:
        """With `edges` of other jobs; what these wait for may be something else in the same box."""
        return self._replace(edges=self.edges + edges, sides=None)

    @property
    def cost(self) -> int:
        """0 for few dependencies, 1 for many, 2 for too many."""
        return (self.edges >= BUSY_FROM) + (self.edges >= HEAVY_FROM)

    @property
    def label(self) -> str:
        """The dependencies, and how they come about; "" for a single one."""
        if self.edges <= 1:
            return ""
        if self.sides and min(self.sides) > 1:
            return f"{self.sides[0]:,} × {self.sides[1]:,} = {self.edges:,}"
        return f"{self.edges:,}"


def drawn(pieces: Pieces, folding: Folding) -> tuple[tuple[Box, ...], tuple[Link, ...]]:
    """All boxes of a folding, and one link for each pair of them that is tied."""
    members: list[list[Piece]] = [[] for _ in range(len(set(folding.values())))]
    for key, piece in pieces.all.items():
        members[folding[key]].append(piece)
    links: dict[tuple[int, int], Link] = {}
    for tie in pieces.ties:
        for link in _links(tie, folding):
            known = links.get((link.source, link.target))
            links[link.source, link.target] = link.plus(known.edges) if known else link
    own = {pair[0]: link.edges for pair, link in links.items() if pair[0] == pair[1]}
    boxes = tuple(_box(several, own.get(number, 0)) for number, several in enumerate(members))
    return boxes, tuple(links[pair] for pair in sorted(links) if pair[0] != pair[1])


def _links(tie: Tie, folding: Folding) -> list[Link]:
    targets: dict[int, int] = {}
    for key, jobs in tie.targets.items():
        targets[folding[key]] = targets.get(folding[key], 0) + jobs
    sources: dict[int, int] = {}
    varied: set[int] = set()
    for key, edges in tie.sources.items():
        sources[folding[key]] = sources.get(folding[key], 0) + edges
        if key not in tie.everyone:
            varied.add(folding[key])
    found = []
    for source, edges in sources.items():
        for target, jobs in targets.items():
            sides = None if source in varied else (jobs, edges // tie.unit)
            found.append(Link(source, target, edges * jobs // tie.unit, sides))
    return found


def _box(pieces: list[Piece], own: int) -> Box:
    jobs = [piece for piece in pieces if piece.is_job]
    several = jobs or pieces
    kinds = {piece.kind for piece in several}
    kind = several[0].kind if len(kinds) == 1 else STAGE if jobs else FILE
    title = visible(several[0].name)
    if len(several) > 1:
        title += f" and {len(several) - 1:,} more"
    size = sum(piece.size for piece in several)
    return Box(kind, title, size, len(pieces), several[0].line, several[0].key, own)
