"""Which box stands above which: each one below all that it waits for, with cycles opened where they close."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

Pair = tuple[int, int]  # (source, target)


def levels_of(size: int, pairs: Iterable[Pair]) -> tuple[list[int], set[Pair]]:
    """The level of each of the boxes 0 .. size - 1, from 0 at the top, and the pairs that lead back up.

    A box with nothing above it is put right above the first one that needs it.
    """
    after: list[list[int]] = [[] for _ in range(size)]
    for source, target in sorted(set(pairs)):
        if source != target:
            after[source].append(target)
    order, back = _order(after)
    level = [0] * size
    has_above = [False] * size
    for box in order:
        for target in after[box]:
            if (box, target) not in back:
                level[target] = max(level[target], level[box] + 1)
                has_above[target] = True
    for box in range(size):
        below = [level[target] for target in after[box] if (box, target) not in back]
        if below and not has_above[box]:
            level[box] = min(below) - 1
    taken = {place: number for number, place in enumerate(sorted(set(level)))}
    return [taken[place] for place in level], back


def _order(after: list[list[int]]) -> tuple[list[int], set[Pair]]:
    """All boxes, each after those that lead to it, and the pairs that had to be left out for that."""
    back: set[Pair] = set()
    state = [0] * len(after)  # 1: on the way that is being walked, 2: done
    finished: list[int] = []
    is_first = [True] * len(after)
    for targets in after:
        for target in targets:
            is_first[target] = False
    starts = sorted(range(len(after)), key=lambda box: not is_first[box])  # those that wait for nothing go first
    for start in starts:
        if state[start]:
            continue
        state[start] = 1
        way = [(start, iter(after[start]))]
        while way:
            box, rest = way[-1]
            target = next(rest, -1)
            if target < 0:
                state[box] = 2
                finished.append(box)
                way.pop()
            elif state[target] == 1:
                back.add((box, target))
            elif state[target] == 0:
                state[target] = 1
                way.append((target, iter(after[target])))
    return finished[::-1], back
