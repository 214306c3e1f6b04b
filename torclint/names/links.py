"""Which values of one axis go with which of another: the pairs of indices whose texts are equal."""

from __future__ import annotations

from torclint.record import Record


class Line(Record):
    """The pairs (first_a + step_a * u, first_b + step_b * u) for u in 0..length-1."""

    first_a: int
    step_a: int
    first_b: int
    step_b: int
    length: int

    def pairs(self) -> list[tuple[int, int]]:
        return [(self.first_a + self.step_a * u, self.first_b + self.step_b * u) for u in range(self.length)]


class Pairs(Record):
    """Index pairs written out."""

    listed: tuple[tuple[int, int], ...]

    @property
    def length(self) -> int:
        return len(self.listed)

    def pairs(self) -> list[tuple[int, int]]:
        return list(self.listed)


Link = Line | Pairs


def equal_numbers(
    start_a: int, step_a: int, length_a: int, start_b: int, step_b: int, length_b: int, low: int, high: int
) -> Line | None:
    """The line of index pairs at which two progressions show the same number, within low..high; None if there is none."""
    step_a, step_b = step_a or 1, step_b or 1
    low = max(low, min(start_a, start_a + step_a * (length_a - 1)), min(start_b, start_b + step_b * (length_b - 1)))
    high = min(high, max(start_a, start_a + step_a * (length_a - 1)), max(start_b, start_b + step_b * (length_b - 1)))
    if not length_a or not length_b or low > high:
        return None
    size_a, size_b = abs(step_a), abs(step_b)
    common = _gcd(size_a, size_b)
    if (start_b - start_a) % common:
        return None
    # the numbers that are start_a modulo size_a and start_b modulo size_b
    period = size_a // common * size_b
    turns = (start_b - start_a) // common * pow(size_a // common, -1, size_b // common) % (size_b // common)
    first = start_a + size_a * turns
    first += (low - first + period - 1) // period * period
    if first > high:
        return None
    length = (high - first) // period + 1
    return Line((first - start_a) // step_a, period // step_a, (first - start_b) // step_b, period // step_b, length)


def _gcd(a: int, b: int) -> int:
    while b:
        a, b = b, a % b
    return a


def both(one: Link, other: Link) -> Link | None:
    """The pairs that two links share; None if there are none."""
    if one == other:
        return one
    if isinstance(one, Pairs) or isinstance(other, Pairs):
        small, large = sorted((one, other), key=lambda link: link.length)
        if isinstance(large, Pairs):
            shared = set(small.pairs()) & set(large.listed)
        else:
            shared = {pair for pair in small.pairs() if on_line(large, pair)}
        return Pairs(tuple(sorted(shared))) if shared else None
    return _crossing(one, other)


def on_line(line: Line, pair: tuple[int, int]) -> bool:
    u, remainder = divmod(pair[0] - line.first_a, line.step_a)
    return not remainder and 0 <= u < line.length and line.first_b + line.step_b * u == pair[1]


def swapped(link: Link) -> Link:
    """The same pairs with their sides exchanged."""
    if isinstance(link, Line):
        return Line(link.first_b, link.step_b, link.first_a, link.step_a, link.length)
    return Pairs(tuple((b, a) for a, b in link.listed))


def partners_of(link: Link, index_a: int) -> list[int]:
    """The second indices that go with `index_a`."""
    if isinstance(link, Pairs):
        return [b for a, b in link.listed if a == index_a]
    u, remainder = divmod(index_a - link.first_a, link.step_a)
    return [] if remainder or not 0 <= u < link.length else [link.first_b + link.step_b * u]


def _crossing(one: Line, other: Line) -> Link | None:
    """Two lines share a stretch where they run along each other, else one point at most."""
    shared = equal_numbers(
        one.first_a, one.step_a, one.length, other.first_a, other.step_a, other.length, -(10**40), 10**40
    )
    if shared is None:
        return None
    # at step v along the shared first indices: the second index by either line, each linear in v
    start_one = one.first_b + one.step_b * shared.first_a
    slope_one = one.step_b * shared.step_a
    start_other = other.first_b + other.step_b * shared.first_b
    slope_other = other.step_b * shared.step_b
    if slope_one == slope_other:
        if start_one != start_other:
            return None
        first_a = one.first_a + one.step_a * shared.first_a
        return Line(first_a, one.step_a * shared.step_a, start_one, slope_one, shared.length)
    v, remainder = divmod(start_other - start_one, slope_one - slope_other)
    if remainder or not 0 <= v < shared.length:
        return None
    first_a = one.first_a + one.step_a * (shared.first_a + shared.step_a * v)
    return Pairs(((first_a, start_one + slope_one * v),))
