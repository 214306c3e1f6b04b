"""Who waits for whom, as gates: a million jobs that wait for the same set of others share one."""

from __future__ import annotations

from array import array
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_NONE = -1  # a job that nobody waits for


class Gates:
    """A gate is a set of jobs, its members, that others wait for together: it opens when all of them have ended.

    1,000 jobs that each wait for the same 1,000 are one gate and 2,000 numbers, not a million pairs.
    """

    __slots__ = ("_ends", "_gate", "_several", "_waiters", "sizes", "waits")

    def __init__(self, jobs: int) -> None:
        self.sizes = array("i")  # per gate: its members
        self.waits = array("i", bytes(4 * jobs))  # per job: the gates that it waits for
        self._ends = array("q")  # per gate: where its waiters end in the next one, which begin where those before end
        self._waiters = array("i")
        self._gate = array("i", [_NONE]) * jobs  # per job: its gate, or -2 - place in `_several`
        self._several: list[tuple[int, ...]] = []

    def add(self, members: Sequence[int], waiters: Sequence[int]) -> None:
        """Let every waiter wait for all members. A job may stand on both sides: then it waits for ever."""
        if not members or not waiters:
            return
        self._join(members, len(self.sizes), 0)
        self.sizes.append(len(members))
        self._wait(waiters)
        self._ends.append(len(self._waiters))

    def add_pairs(self, members: Sequence[int], waiters: Sequence[int]) -> None:
        """Let each waiter wait for the member at the same place."""
        self._join(members, len(self.sizes), 1)
        self.sizes.extend(array("i", [1]) * len(members))
        before = len(self._waiters)
        self._wait(waiters)
        self._ends.extend(range(before + 1, len(self._waiters) + 1))

    @classmethod
    def of(cls, jobs: int, waited: Iterable[tuple[int, frozenset[int]]]) -> Gates:
        """The gates of (job, the jobs that it waits for), each job at most once; equal sets make one gate."""
        sharing: dict[frozenset[int], list[int]] = {}
        for job, members in waited:
            sharing.setdefault(members, []).append(job)
        gates = cls(jobs)
        for members, waiters in sharing.items():
            gates.add(sorted(members), waiters)
        return gates

    def gates_of(self, job: int) -> tuple[int, ...]:
        """The gates that `job` is a member of."""
        gate = self._gate[job]
        if gate >= 0:
            return (gate,)
        return () if gate == _NONE else self._several[-2 - gate]

    def waiters(self, gate: int) -> array[int]:
        """The jobs that wait for `gate`."""
        return self._waiters[self._ends[gate - 1] if gate else 0 : self._ends[gate]]

    def levels(self, never: Iterable[int] = ()) -> Iterator[list[int]]:
        """The jobs that wait for nothing, those that wait only for these, and so on, each level in order.

        Jobs in a cycle are left out, those that are `never` to end, and all that wait for such a job.
        """
        left = array("i", self.sizes)
        waits = array("i", self.waits)
        for job in never:
            waits[job] = -1  # it will not come to 0
        level = [job for job, gates in enumerate(waits) if not gates]
        while level:
            yield level
            following: list[int] = []
            for gate, members in self._counted(level).items():
                left[gate] -= members
                if left[gate]:
                    continue
                for waiter in self.waiters(gate):
                    waits[waiter] -= 1
                    if not waits[waiter]:
                        following.append(waiter)
            following.sort()
            level = following

    def ending(self, never: Iterable[int] = ()) -> bytearray:
        """Which jobs come to an end (1) where those that are `never` to end do not: the others wait for ever."""
        ended = bytearray(len(self.waits))
        if not self.sizes:
            ended = bytearray(b"\1") * len(self.waits)
            for job in never:
                ended[job] = 0
            return ended
        for level in self.levels(never):
            for job in level:
                ended[job] = 1
        return ended

    def longest(self, own: Sequence[float]) -> array[float]:
        """For each job the length of the longest way from its start to the end of all, where it takes `own` itself; 0
        for jobs in a cycle, and those that wait for one."""
        found = array("d", bytes(8 * len(self.waits)))
        behind = array("d", [-1.0]) * len(self.sizes)  # per gate: the longest of its waiters
        for level in reversed(list(map(_packed, self.levels()))):
            for job in level:
                gate = self._gate[job]
                longest = 0.0
                if gate != _NONE:
                    for each in (gate,) if gate >= 0 else self._several[-2 - gate]:
                        if behind[each] < 0:
                            behind[each] = max(map(found.__getitem__, self.waiters(each)))
                        if behind[each] > longest:
                            longest = behind[each]
                found[job] = own[job] + longest
        return found

    def _counted(self, level: list[int]) -> dict[int, int]:
        """The gates that jobs of `level` are members of, and how many of them."""
        counted: dict[int, int] = Counter(map(self._gate.__getitem__, level))
        counted.pop(_NONE, None)
        for place in [place for place in counted if place < 0]:
            times = counted.pop(place)
            for gate in self._several[-2 - place]:
                counted[gate] = counted.get(gate, 0) + times
        return counted

    def _join(self, members: Sequence[int], gate: int, step: int) -> None:
        """Make the members such of `gate`, and of the next one in turn where `step` is 1."""
        count = len(members)
        if isinstance(members, range) and members.step == 1:
            place = slice(members.start, members.stop)
            if self._gate[place].count(_NONE) == count:
                self._gate[place] = array("i", range(gate, gate + count)) if step else array("i", [gate]) * count
                return
        known: dict[int, int] = {}  # one tuple for all members with the same gates
        for job in members:
            before = self._gate[job]
            if before == _NONE:
                self._gate[job] = gate
            elif before in known:
                self._gate[job] = known[before]
            else:
                gates = (before,) if before >= 0 else self._several[-2 - before]
                self._several.append((*gates, gate))
                self._gate[job] = -1 - len(self._several)
                if not step:
                    known[before] = self._gate[job]
            gate += step

    def _wait(self, waiters: Sequence[int]) -> None:
        self._waiters.extend(waiters)
        if isinstance(waiters, range) and waiters.step == 1:
            place = slice(waiters.start, waiters.stop)
            self.waits[place] = array("i", [gates + 1 for gates in self.waits[place]])
            return
        for waiter in waiters:
            self.waits[waiter] += 1


def _packed(level: list[int]) -> array[int]:
    return array("i", level)
