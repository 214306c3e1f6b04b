"""The same question answered job by job, for specs that are small enough: every name written out, every pair followed."""

from __future__ import annotations

from torclint.fix.comparison.difference import AFTER, BEFORE, GONE, WAITS, Difference
from torclint.record import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.groups import Group
    from torclint.graph.listing import Budget, Listing
    from torclint.graph.workflow import WorkflowGraph

_TOLD = 5  # jobs that are named, of those that differ in one way


def different_when_listed(before: WorkflowGraph, after: WorkflowGraph, budget: Budget) -> Iterator[Difference]:
    """Jobs that are gone, and jobs that wait for others than before. Raises OverBudget."""
    old, new = before.listed(budget), after.listed(budget)
    yield from _gone(before, old, new)
    yield from _waiting(after, old, new)


def _gone(before: WorkflowGraph, old: Listing, new: Listing) -> Iterator[Difference]:
    gone = [number for number, name in enumerate(old.jobs.names) if name not in new.jobs.numbers]
    if not gone:
        return
    more = f", and {len(gone) - 1:,} more" if len(gone) > 1 else ""
    name = old.jobs.names[gone[0]]
    span = group_of(before, old, gone[0]).item.name.node.span
    yield Difference(GONE, f"the job {name} is gone{more}", BEFORE, span, name)


def group_of(graph: WorkflowGraph, listing: Listing, job: int) -> Group:
    """The group that a job of a listing belongs to."""
    from bisect import bisect_right

    return graph.groups[bisect_right(listing.offsets, job) - 1]


def _waiting(after: WorkflowGraph, old: Listing, new: Listing) -> Iterator[Difference]:
    seen_through = _SeenThrough(old, new)
    known: dict[tuple[int, int], tuple[frozenset[str], frozenset[str]]] = {}
    told: dict[int, int] = {}
    for number, name in enumerate(new.jobs.names):
        was = old.jobs.numbers.get(name)
        if was is None:
            continue
        direct, now_direct = old.total(was), new.total(number)
        key = id(direct), id(now_direct)
        if key not in known:
            mine = seen_through.names_of(direct)
            through = seen_through.through(now_direct)
            known[key] = mine - through, through - mine
        group = group_of(after, new, number)
        for others, verb in zip(known[key], ("no longer waits for", "now waits for"), strict=True):
            if not others or told.get(group.index, 0) >= _TOLD:
                continue
            told[group.index] = told.get(group.index, 0) + 1
            other = min(others)
            more = f", and {len(others) - 1:,} more" if len(others) > 1 else ""
            yield Difference(WAITS, f"{name} {verb} {other}{more}", AFTER, group.item.name.node.span, name, other)


class _SeenThrough:
    """The old jobs behind sets of jobs of the new listing; sets that listings share are looked through once."""

    def __init__(self, old: Listing, new: Listing) -> None:
        self._old = old
        self._new = new
        self._names: dict[int, frozenset[str]] = {}
        self._through: dict[int, frozenset[str]] = {}

    def names_of(self, jobs: frozenset[int]) -> frozenset[str]:
        found = self._names.get(id(jobs))
        if found is None:
            found = self._names[id(jobs)] = frozenset(map(self._old.jobs.names.__getitem__, jobs))
        return found

    def through(self, jobs: frozenset[int]) -> frozenset[str]:
        found = self._through.get(id(jobs))
        if found is None:
            names: set[str] = set()
            looked: set[int] = set()
            pending = [jobs]
            while pending:
                for job in pending.pop():
                    name = self._new.jobs.names[job]
                    if name in self._old.jobs.numbers:
                        names.add(name)
                    elif job not in looked:
                        looked.add(job)
                        pending.append(self._new.total(job))
            found = self._through[id(jobs)] = frozenset(names)
        return found
