"""What is asked: who waits for what, and what barriers cost."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING, Record

if TYPE_CHECKING:
    from collections.abc import Callable


class Demand(Record):
    """`mask` is what each of `jobs` consumer jobs waits for; `own` the sets that its own entries pick out, which are taken
    rather than others at the same sum; `itself` the existing sets that these jobs are the barriers for."""

    mask: int
    jobs: int
    own: tuple[int, ...]
    itself: tuple[int, ...] = ()


class Problem(Record):
    """Producers are atoms (bits), `weights[k]` jobs each; a demand is a set of them, and so is a barrier: whoever waits
    for it waits for all of the set. Least of all sums of edges and charges is wanted.

    With parameters one barrier stands for `unit` jobs, one for each value, and weights and jobs are those for all values
    together. `inputs` are the sets that anyone can wait for directly. `charge`: what each barrier costs besides its
    edges. `usable`: the atoms that a barrier may stand for; `is_enough`: whether a set of them is large enough for one.
    `existing`: sets that there are barriers for already, which cost nothing but the edges of those who wait for them.
    """

    weights: tuple[int, ...]
    demands: tuple[Demand, ...]
    inputs: tuple[int, ...]
    unit: int
    charge: int
    usable: int
    is_enough: Callable[[int], bool]
    existing: tuple[int, ...] = ()

    def weight(self, mask: int) -> int:
        """Producer jobs in the set."""
        return sum(self.weights[place] for place in places(mask))


def places(mask: int) -> list[int]:
    """The bits that are set, lowest first."""
    found = []
    while mask:
        low = mask & -mask
        found.append(low.bit_length() - 1)
        mask ^= low
    return found
