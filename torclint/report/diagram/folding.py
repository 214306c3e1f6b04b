"""Folding items into fewer boxes, until a picture can be read: those that are alike first, then the lighter ones."""

from __future__ import annotations

import re

from torclint.record import TYPE_CHECKING
from torclint.report.diagram.boxes import drawn
from torclint.report.diagram.levels import levels_of

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    from torclint.report.diagram.boxes import Box, Folding, Link
    from torclint.report.diagram.pieces import Key, Pieces

    Step = Callable[[tuple[Box, ...], tuple[Link, ...]], Iterable[Hashable]]

_LINKS_PER_BOX = 3
_DIGITS = re.compile(r"\d+")


def folded(pieces: Pieces, limit: int) -> tuple[tuple[Box, ...], tuple[Link, ...]]:
    """At most `limit` boxes, and so few links that they can be told apart: each item in one of its own if that will do.

    Else those that are tied to the same others go together; then those at one level whose names differ in numbers only;
    then all but the ones with the most dependencies, by where they stand.
    """
    folding = _numbered(pieces, {key: key for key in pieces.all})
    if len(folding) > limit:  # before anything is drawn: there can be as many links as pairs
        folding = _numbered(pieces, _twins(pieces))
    boxes, links = drawn(pieces, folding)
    for step in _steps(limit):
        if len(boxes) <= limit and len(links) <= _LINKS_PER_BOX * limit:
            break
        together = list(step(boxes, links))
        folding = _numbered(pieces, {key: together[box] for key, box in folding.items()})
        boxes, links = drawn(pieces, folding)
    return boxes, links


def _numbered(pieces: Pieces, together: dict[Key, Hashable]) -> Folding:
    numbers: dict[Hashable, int] = {}
    return {key: numbers.setdefault(together[key], len(numbers)) for key in pieces.all}


def _twins(pieces: Pieces) -> dict[Key, Hashable]:
    """Items by all that they are tied to, and how."""
    roles: dict[Key, list[tuple[int, int, int]]] = {key: [] for key in pieces.all}
    for number, tie in enumerate(pieces.ties):
        for key in tie.sources:
            roles[key].append((number, 0, key in tie.everyone))
        for key in tie.targets:
            roles[key].append((number, 1, 0))
    return {key: (pieces.all[key].kind, tuple(several)) for key, several in roles.items()}


def _steps(limit: int) -> Iterable[Step]:
    yield _alike
    kept = limit // 2
    while kept:
        yield lambda boxes, links, kept=kept: _light(boxes, links, kept)  # type: ignore[misc]
        kept //= 2
    yield lambda boxes, links: [0 for _ in boxes]


def _alike(boxes: tuple[Box, ...], links: tuple[Link, ...]) -> Iterable[Hashable]:
    """Boxes at one level, with names that differ in numbers only."""
    level, _ = levels_of(len(boxes), ((link.source, link.target) for link in links))
    return ((level[number], box.kind, _DIGITS.sub("0", box.title)) for number, box in enumerate(boxes))


def _light(boxes: tuple[Box, ...], links: tuple[Link, ...], kept: int) -> Iterable[Hashable]:
    """The `kept` boxes with the most dependencies alone; the others by level, and neighbouring levels without any of
    the kept ones as one, so that no new way leads back up."""
    weight = [box.own for box in boxes]
    for link in links:
        weight[link.source] += link.edges
        weight[link.target] += link.edges
    heaviest = set(sorted(range(len(boxes)), key=lambda number: (-weight[number], number))[:kept])
    level, _ = levels_of(len(boxes), ((link.source, link.target) for link in links))
    with_kept = {level[number] for number in heaviest}
    bands: dict[int, int] = {}
    for place in range(max(level, default=0) + 1):
        goes_on = place and place not in with_kept and place - 1 not in with_kept
        bands[place] = bands[place - 1] if goes_on else place
    for number, box in enumerate(boxes):
        if number in heaviest:
            yield number
        elif level[number] in with_kept:
            yield "level", level[number], box.is_job
        else:
            yield "band", bands[level[number]]
