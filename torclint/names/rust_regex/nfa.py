"""A nondeterministic automaton over code points, made from the HIR by Thompson's construction, last part first.

Only what decides whether a text matches is kept: no captures, no greediness. What cannot lead to a match is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from torclint.names.rust_regex.hir import (
    Hir,
    HirAlternation,
    HirCapture,
    HirClass,
    HirConcat,
    HirEmpty,
    HirFail,
    HirLiteral,
    HirLook,
    HirRepetition,
)

if TYPE_CHECKING:
    from torclint.names.rust_regex.charclass import CharClass

MATCH = 0
NO_WAY = -1  # stands for a state from which no match can be reached


class Nfa(NamedTuple):
    """States by number; state 0 is the match.

    `tests[s]` is the character (str) or class a state consumes, the number of a look-around (int), or None for a fork.
    `nexts[s]` is the state after it; `forks[s]` are the states a fork leads to. `start` may be NO_WAY.
    """

    tests: list[str | CharClass | int | None]
    nexts: list[int]
    forks: dict[int, list[int]]
    start: int
    looks: frozenset[int]


class _Repeat(NamedTuple):
    """A step to take: put `copies` more copies of `sub` before what there is."""

    sub: Hir
    copies: int


class _Optional(NamedTuple):
    """A step to take: make what there is skippable, `copies` times in all, each time going to `end`."""

    sub: Hir
    copies: int
    end: int


class _CloseLoop(NamedTuple):
    """A step to take: what there is, is the body of the loop at `fork`; go on from the fork or from the body."""

    fork: int
    enters_body: bool


class _Branches(NamedTuple):
    """A step to take: note the branch that was built, if any, and go on with the next one, which ends at `end`."""

    node: HirAlternation
    branch: int
    end: int
    entries: list[int]


_Step = Hir | _Repeat | _Optional | _CloseLoop | _Branches


def build_nfa(hir: Hir) -> Nfa:
    """The automaton of an HIR; in time and space linear in what the crate's own automaton takes."""
    maker = _Maker()
    return Nfa(maker.tests, maker.nexts, maker.forks, maker.build(hir), frozenset(maker.looks))


class _Maker:
    """`entry` is the state that the part built so far begins with; each step puts something before it."""

    __slots__ = ("entry", "forks", "looks", "nexts", "steps", "tests")

    def __init__(self) -> None:
        self.tests: list[str | CharClass | int | None] = [None]
        self.nexts: list[int] = [NO_WAY]
        self.forks: dict[int, list[int]] = {}
        self.looks: set[int] = set()
        self.entry = MATCH
        self.steps: list[_Step] = []

    def build(self, hir: Hir) -> int:
        self.steps.append(hir)
        while self.steps:
            step = self.steps.pop()
            if isinstance(step, _Branches):
                self.next_branch(step)
            elif isinstance(step, _CloseLoop):
                self.close_loop(step)
            elif isinstance(step, _Optional):
                self.next_optional(step)
            elif self.entry == NO_WAY:
                continue
            elif isinstance(step, _Repeat):
                self.next_repeat(step)
            else:
                self.put_before(step)
        return self.entry

    def put_before(self, node: Hir) -> None:
        if isinstance(node, HirLiteral):
            for char in reversed(node.text):
                self.add(char)
        elif isinstance(node, HirClass):
            self.add(node.chars)
        elif isinstance(node, HirLook):
            self.looks.add(node.look)
            self.add(node.look)
        elif isinstance(node, HirConcat):
            self.steps += node.subs
        elif isinstance(node, HirCapture):
            self.steps.append(node.sub)
        elif isinstance(node, HirRepetition):
            self.repeat(node)
        elif isinstance(node, HirAlternation):
            self.next_branch(_Branches(node, 0, self.entry, []))
        elif isinstance(node, HirFail):
            self.entry = NO_WAY
        else:
            assert isinstance(node, HirEmpty)

    def add(self, test: str | CharClass | int | None) -> None:
        self.tests.append(test)
        self.nexts.append(self.entry)
        self.entry = len(self.tests) - 1

    def add_fork(self, targets: list[int]) -> None:
        self.add(None)
        self.forks[self.entry] = targets

    def repeat(self, node: HirRepetition) -> None:
        sub, minimum, maximum = node.sub, node.minimum, node.maximum
        if maximum is None:
            # The body of the loop counts as one of the copies, if there is to be one at all.
            self.steps.append(_Repeat(sub, max(minimum - 1, 0)))
            self.add_fork([self.entry])
            self.steps.append(_CloseLoop(self.entry, minimum > 0))
            self.steps.append(sub)
            return
        self.steps.append(_Repeat(sub, minimum))
        if maximum > minimum:
            self.steps.append(_Optional(sub, maximum - minimum, self.entry))
            self.steps.append(sub)

    def next_repeat(self, step: _Repeat) -> None:
        if step.copies > 0:
            self.steps.append(_Repeat(step.sub, step.copies - 1))
            self.steps.append(step.sub)

    def next_optional(self, step: _Optional) -> None:
        if self.entry == NO_WAY:
            self.entry = step.end
            return
        self.add_fork([self.entry, step.end])
        if step.copies > 1:
            self.steps.append(_Optional(step.sub, step.copies - 1, step.end))
            self.steps.append(step.sub)

    def close_loop(self, step: _CloseLoop) -> None:
        if self.entry == NO_WAY:
            # The body cannot match: none of it is left of `x*`, and `x+` cannot match either.
            self.entry = NO_WAY if step.enters_body else step.fork
            return
        self.forks[step.fork].append(self.entry)
        if not step.enters_body:
            self.entry = step.fork

    def next_branch(self, step: _Branches) -> None:
        if step.branch > 0 and self.entry != NO_WAY:
            step.entries.append(self.entry)
        if step.branch < len(step.node.subs):
            self.steps.append(step._replace(branch=step.branch + 1))
            self.steps.append(step.node.subs[step.branch])
            self.entry = step.end
        elif step.entries:
            self.add_fork(step.entries)
        else:
            self.entry = NO_WAY
