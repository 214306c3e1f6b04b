"""Where boxes, labels and lines go: a layered layout (Sugiyama), with room for every label as for a box.

Four steps: a chain of places for each line, through every layer that it passes; the order in each layer, by medians, so that
few lines cross; positions, each as near to the mean of its neighbours as the order lets it be; and the heights of layers.
"""

from __future__ import annotations

from itertools import pairwise

from torclint.record import TYPE_CHECKING, Record

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from torclint.report.diagram.levels import Pair

Size = tuple[float, float]
Point = tuple[float, float]

_ORDERINGS = 12
_PLACINGS = 60
_STRAIGHT = 8.0  # how much more it matters that a long line is straight than that boxes are centred
_PASSING = 6.0  # the width of a line that only passes a layer


class Spacing(Record):
    """Room between neighbours in a layer, and between layers."""

    beside: float
    below: float


class Layout(Record):
    """Centres of boxes and of labels (None for a link without one); for each link the corners of its way, from its source's
    bottom edge to its target's top edge. Everything is in 0 .. width x 0 .. height."""

    boxes: tuple[Point, ...]
    labels: tuple[Point | None, ...]
    ways: tuple[tuple[Point, ...], ...]
    width: float
    height: float


class _Place:
    """Something that takes room in a layer: a box, a label, or a line that passes."""

    __slots__ = ("above", "below", "is_line", "layer", "size", "x")

    def __init__(self, layer: int, size: Size, is_line: bool) -> None:
        self.layer = layer
        self.size = size
        self.is_line = is_line
        self.x = 0.0
        self.above: list[_Place] = []
        self.below: list[_Place] = []


def lay_out(
    sizes: Sequence[Size], level: Sequence[int], pairs: Sequence[Pair], labels: Sequence[Size | None], spacing: Spacing
) -> Layout:
    """Boxes of `sizes` at their `level`; `pairs` are links from one to the other, up or down, each with a label or None."""
    # labels have layers of their own between those of the boxes
    boxes = [_Place(2 * place, size, False) for place, size in zip(level, sizes, strict=True)]
    chains = [_chain(boxes, pair, label) for pair, label in zip(pairs, labels, strict=True)]
    everything = [*boxes, *(place for chain in chains for place in chain[1:-1])]
    layers: list[list[_Place]] = [[] for _ in range(max((place.layer for place in everything), default=0) + 1)]
    for place in everything:
        layers[place.layer].append(place)
    _order(layers)
    _position(layers, spacing.beside)
    left = min((place.x - place.size[0] / 2 for place in everything), default=0.0)
    right = max((place.x + place.size[0] / 2 for place in everything), default=0.0)
    for place in everything:
        place.x -= left
    tops, heights = _heights(layers, spacing.below)

    def centre(place: _Place) -> Point:
        return place.x, tops[place.layer] + heights[place.layer] / 2

    ports = _ports(chains)
    ways = tuple(_way(chain, ports[number], tops, heights) for number, chain in enumerate(chains))
    named = tuple(
        None if label is None else centre(next(place for place in chain[1:-1] if place.size == label))
        for chain, label in zip(chains, labels, strict=True)
    )
    return Layout(tuple(map(centre, boxes)), named, ways, right - left, tops[-1] + heights[-1] if layers[0] else 0.0)


def _chain(boxes: list[_Place], pair: Pair, label: Size | None) -> list[_Place]:
    """The places of one link from its upper end to its lower one; the label stands halfway."""
    upper, lower = sorted((boxes[pair[0]], boxes[pair[1]]), key=lambda place: place.layer)
    between = [_Place(layer, (_PASSING, 0.0), True) for layer in range(upper.layer + 1, lower.layer)]
    if label is not None:
        middle = len(between) // 2
        between[middle - middle % 2].size = label
    chain = [upper, *between, lower]
    for one, other in pairwise(chain):
        one.below.append(other)
        other.above.append(one)
    return chain if boxes[pair[0]] is upper else chain[::-1]


def _order(layers: list[list[_Place]]) -> None:
    best, fewest = [list(layer) for layer in layers], _crossings(layers)
    for turn in range(_ORDERINGS):
        if not fewest:
            break
        downwards = turn % 2 == 0
        for layer in layers[1:] if downwards else layers[-2::-1]:
            _sort(layer, (lambda place: place.above) if downwards else (lambda place: place.below))
        crossings = _crossings(layers)
        if crossings < fewest:
            best, fewest = [list(layer) for layer in layers], crossings
    for layer, order in zip(layers, best, strict=True):
        layer[:] = order
    _number(layers)


def _sort(layer: list[_Place], neighbours: Callable[[_Place], list[_Place]]) -> None:
    """By the middle of what each is tied to; x holds the order of the layer before."""
    for number, place in enumerate(layer):
        place.x = float(number)
    wanted = {}
    for place in layer:
        xs = sorted(each.x for each in neighbours(place))
        wanted[id(place)] = (xs[(len(xs) - 1) // 2] + xs[len(xs) // 2]) / 2 if xs else place.x
    layer.sort(key=lambda place: wanted[id(place)])
    for number, place in enumerate(layer):
        place.x = float(number)


def _number(layers: list[list[_Place]]) -> None:
    for layer in layers:
        for number, place in enumerate(layer):
            place.x = float(number)


def _crossings(layers: list[list[_Place]]) -> int:
    _number(layers)
    total = 0
    for layer in layers:
        ends = [below.x for place in layer for below in sorted(place.below, key=lambda each: each.x)]
        total += sum(ends[i] > ends[k] for k in range(len(ends)) for i in range(k))
    return total


def _position(layers: list[list[_Place]], beside: float) -> None:
    for layer in layers:
        x = 0.0
        for place in layer:
            place.x = x + place.size[0] / 2
            x += place.size[0] + beside
        for place in layer:
            place.x -= (x - beside) / 2
    for turn in range(_PLACINGS):
        for layer in layers if turn % 2 == 0 else layers[::-1]:
            _settle(layer, beside)


def _settle(layer: list[_Place], beside: float) -> None:
    """Move each place towards its neighbours' mean, keeping order and distances: least squares by pooling."""
    pools: list[tuple[float, float]] = []  # (mean, weight) of places pushed together; `counts`: how many they are
    counts: list[int] = []
    shifts: list[float] = []
    shift = 0.0
    for number, place in enumerate(layer):
        if number:
            shift += (layer[number - 1].size[0] + place.size[0]) / 2 + beside
        shifts.append(shift)
        pulls = [
            (each.x, _STRAIGHT if place.is_line and each.is_line else 1.0) for each in (*place.above, *place.below)
        ]
        weight = sum(pull for _, pull in pulls)
        wanted = sum(x * pull for x, pull in pulls) / weight if weight else place.x
        pools.append((wanted - shift, weight or 1.0))
        counts.append(1)
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (mean, heavy), (other, light) = pools.pop(), pools.pop()
            pools.append(((mean * heavy + other * light) / (heavy + light), heavy + light))
            counts.append(counts.pop() + counts.pop())
    number = 0
    for (mean, _), count in zip(pools, counts, strict=True):
        for place in layer[number : number + count]:
            place.x = mean + shifts[number]
            number += 1


def _heights(layers: list[list[_Place]], below: float) -> tuple[list[float], list[float]]:
    """The top and the height of each layer; one without labels takes no room of its own."""
    heights = [max((place.size[1] for place in layer), default=0.0) for layer in layers]
    tops = []
    y = 0.0
    for height in heights:
        tops.append(y)
        y += height + below
    return tops, heights


def _ports(chains: list[list[_Place]]) -> list[tuple[float, float]]:
    """Where each link leaves its source and enters its target: side by side, in the order of where they come from."""
    ends: dict[tuple[int, bool], list[tuple[float, int, int]]] = {}
    for number, chain in enumerate(chains):
        for end, (box, neighbour) in enumerate(((chain[0], chain[1]), (chain[-1], chain[-2]))):
            ends.setdefault((id(box), neighbour.layer > box.layer), []).append((neighbour.x, number, end))
    found = [[chain[0].x, chain[-1].x] for chain in chains]
    for several in ends.values():
        chain, end = chains[several[0][1]], several[0][2]
        width = chain[-end].size[0] if end else chain[0].size[0]
        step = min(width * 0.6 / max(len(several) - 1, 1), 28.0)
        for place, (_, number, which) in enumerate(sorted(several)):
            found[number][which] += (place - (len(several) - 1) / 2) * step
    return [(first, last) for first, last in found]


def _way(chain: list[_Place], ports: tuple[float, float], tops: list[float], heights: list[float]) -> tuple[Point, ...]:
    """Corners of a line, which goes straight through a layer and changes sides between layers only."""
    down = chain[0].layer < chain[-1].layer
    points = []
    for number, place in enumerate(chain):
        top, height = tops[place.layer], heights[place.layer]
        own = place.size[1]
        if number == 0:
            edge = (top + (height + own) / 2) if down else (top + (height - own) / 2)
            far = top + height if down else top
            points += [(ports[0], edge), (ports[0], far)]
        elif number == len(chain) - 1:
            edge = (top + (height - own) / 2) if down else (top + (height + own) / 2)
            near = top if down else top + height
            points += [(ports[1], near), (ports[1], edge)]
        else:
            ends = (top, top + height) if down else (top + height, top)
            points += [(place.x, ends[0]), (place.x, ends[1])]
    return tuple(points)
