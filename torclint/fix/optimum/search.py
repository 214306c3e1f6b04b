"""Which barriers to have: the best choice of all where that can be found, else a good one and how good it is."""

from __future__ import annotations

from heapq import heapify, heappop, heappush

from torclint.fix.optimum.candidates import candidates_of
from torclint.fix.optimum.cover import cheapest_cover
from torclint.fix.optimum.problem import places
from torclint.record import TYPE_CHECKING, Record

if TYPE_CHECKING:
    from torclint.fix.optimum.cover import Picks
    from torclint.fix.optimum.problem import Demand, Problem

_CHOICES = 5000
_MOST_COVERS = 50_000  # ways to make up one set that are asked for, some seconds


class Solution(Record):
    """`barriers`: what each barrier waits for, by its set, smaller sets first. `picks[k]` is for demand k.

    `cost` is the sum of edges and charges; no solution costs less than `bound`.
    """

    barriers: dict[int, Picks]
    picks: tuple[Picks, ...]
    cost: int
    bound: int


def solve(problem: Problem) -> Solution:
    """The barriers with the least sum of edges and charges, or nearly that: `bound` says how near."""
    search = _Search(problem)
    chosen = search.improved()
    proven = False
    if search.has_all:
        chosen, proven = search.best(chosen)
    return search.solution(chosen, proven)


class _Search:
    def __init__(self, problem: Problem) -> None:
        found = candidates_of(problem)
        self.has_all = found.are_all
        self._problem = problem
        self._candidates = found.masks
        self._looked_at = 0
        self._prices: dict[tuple[int, int], int] = {}
        self._covers: dict[tuple[int, frozenset[int], int, frozenset[int]], tuple[int, Picks]] = {}
        self._inputs = frozenset(problem.inputs)
        self._existing = frozenset(problem.existing)
        self._around = {
            mask: tuple(demand for demand in problem.demands if not mask & ~demand.mask) for mask in found.masks
        }

    @property
    def is_over(self) -> bool:
        """Whether so much was looked at that what was found has to do."""
        return self._looked_at > _MOST_COVERS

    def cost(self, chosen: frozenset[int], free: frozenset[int] = frozenset()) -> int:
        """The sum for the barriers `chosen`; those in `free` can be waited for and cost nothing themselves."""
        there = chosen | free
        total = sum(self._inside(each, there)[0] for each in chosen) + self._problem.charge * len(chosen)
        return total + sum(self._outside(demand, there)[0] for demand in self._problem.demands)

    def improved(self) -> frozenset[int]:
        """Add, remove and exchange single barriers as long as that makes the sum less, or until too much was looked at."""
        chosen = self._greedy()
        while not self.is_over:
            moves = [(self._change(chosen, chosen ^ {each}), each) for each in self._candidates]
            if moves and min(moves)[0] < 0:
                chosen ^= {min(moves)[1]}
                continue
            exchanged = self._exchanged(chosen)
            if exchanged is None:
                break
            chosen = exchanged
        return chosen

    def _greedy(self) -> frozenset[int]:
        """The barrier that gains most, then the next one: a gain is worked out again only where it would be the best."""
        chosen: frozenset[int] = frozenset()
        gains = [(self._change(chosen, frozenset([each])), each) for each in self._candidates]
        heapify(gains)
        while gains and gains[0][0] < 0:
            each = heappop(gains)[1]
            change = self._change(chosen, chosen | {each})
            if gains and change > gains[0][0]:
                heappush(gains, (change, each))
            elif change < 0:
                chosen |= {each}
        return chosen

    def _exchanged(self, chosen: frozenset[int]) -> frozenset[int] | None:
        for old in sorted(chosen):
            for new in self._candidates:
                if new not in chosen and (new & old):
                    other = chosen - {old} | {new}
                    if self._change(chosen, other) < 0:
                        return other
            if self.is_over:
                break
        return None

    def _change(self, old: frozenset[int], new: frozenset[int]) -> int:
        """By how much the sum changes: only who could wait for a barrier that comes or goes is asked."""
        moved = old ^ new
        change = self._problem.charge * (len(new) - len(old))
        for each in old | new:
            if any(not other & ~each for other in moved):
                change += self._inside(each, new)[0] if each in new else 0
                change -= self._inside(each, old)[0] if each in old else 0
        demands = {demand for each in moved for demand in self._around[each]}
        return change + sum(self._outside(each, new)[0] - self._outside(each, old)[0] for each in demands)

    def best(self, known: frozenset[int]) -> tuple[frozenset[int], bool]:
        """The cheapest choice, by branch and bound, and whether the search came to its end."""
        best, best_cost = known, self.cost(known)
        pending: list[tuple[frozenset[int], int]] = [(frozenset(), 0)]
        looked_at = 0
        while pending:
            chosen, place = pending.pop()
            looked_at += 1
            if looked_at > _CHOICES:
                return best, False
            if self.cost(chosen, frozenset(self._candidates[place:])) >= best_cost:
                continue
            cost = self.cost(chosen)
            if cost < best_cost:
                best, best_cost = chosen, cost
            if place < len(self._candidates):
                pending.append((chosen, place + 1))
                pending.append((chosen | {self._candidates[place]}, place + 1))
        return best, True

    def solution(self, chosen: frozenset[int], proven: bool) -> Solution:
        picks = tuple(self._outside(demand, chosen)[1] for demand in self._problem.demands)
        smaller_first = sorted(chosen, key=lambda mask: (mask.bit_count(), mask))
        barriers = {each: self._inside(each, chosen)[1] for each in smaller_first}
        cost = self.cost(chosen)
        return Solution(barriers, picks, cost, cost if proven else min(cost, no_less_than(self._problem)))

    def _inside(self, mask: int, there: frozenset[int]) -> tuple[int, Picks]:
        """What a barrier pays for what it waits for."""
        return self._cover(mask, self._inputs, self._problem.unit, (there | self._existing) - {mask})

    def _outside(self, demand: Demand, there: frozenset[int]) -> tuple[int, Picks]:
        """What the jobs of a demand pay."""
        through = (there | self._existing).difference(demand.itself)
        return self._cover(demand.mask, frozenset(demand.own), demand.jobs, through)

    def _cover(self, mask: int, own: frozenset[int], jobs: int, there: frozenset[int]) -> tuple[int, Picks]:
        self._looked_at += 1
        barriers = frozenset(each for each in there if not each & ~mask)
        key = mask, own, jobs, barriers
        found = self._covers.get(key)
        if found is None:
            fitting = [each for each in self._inputs | own if not each & ~mask]
            found = cheapest_cover(mask, fitting, barriers, lambda part: self._price(part, jobs), jobs, own)
            self._covers[key] = found
        return found

    def _price(self, mask: int, jobs: int) -> int:
        key = mask, jobs
        found = self._prices.get(key)
        if found is None:
            found = self._prices[key] = self._problem.weight(mask) * jobs // self._problem.unit
        return found


def no_less_than(problem: Problem) -> int:
    """A sum that no choice of barriers goes below.

    Either the jobs of a demand wait for all of it directly; or for one barrier that stands for the same set, and for no
    other demand; or for several, or for some of it directly. Then every atom that no existing barrier stands for is waited
    for at least once, for which the demands that have it pay in equal parts.
    """
    jobs: dict[int, int] = {}
    takers = [0] * len(problem.weights)
    for demand in problem.demands:
        if demand.mask not in jobs:
            for place in places(demand.mask):
                takers[place] += 1
        jobs[demand.mask] = jobs.get(demand.mask, 0) + demand.jobs
    total = 0
    for mask, number in jobs.items():
        there = 0
        for each in problem.existing:
            there |= 0 if each & ~mask else each
        shared = sum(problem.weights[place] // takers[place] for place in places(mask & ~there))
        # the other one is a barrier, or an atom of which its part is counted in `shared` already
        atom = min(problem.weights[place] for place in places(mask))
        several = number + min(number, atom * (number - problem.unit) // problem.unit)
        alone = number + (0 if mask in problem.existing else problem.charge)
        direct = problem.weight(mask) * number // problem.unit
        total += min(direct, shared + min(alone, several))
    return total
