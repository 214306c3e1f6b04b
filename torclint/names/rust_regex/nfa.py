"""A nondeterministic automaton over code points, made from the HIR by Thompson's construction, last part first.

Only what decides whether a text matches is kept: no captures, no greediness. What cannot lead to a match is left out.
"""

from __future__ import annotations

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
from torclint.record import TYPE_CHECKING

if TYPE_CHECKING:
    from torclint.names.rust_regex.charclass import CharClass

MATCH = 0
NO_WAY = -1  # stands for a state from which no match can be reached


class Nfa:
    """States by number; state 0 is the match.

    `tests[s]` is the character (str) or class a state consumes, the number of a look-around (int), or None for a fork.
    `nexts[s]` is the state after it; `forks[s]` are the states a fork leads to. `start` may be NO_WAY. `looks` are the
    look-arounds that occur.
    """

    __slots__ = ("forks", "looks", "nexts", "start", "tests")

    def __init__(self) -> None:
        self.tests: list[str | CharClass | int | None] = [None]
        self.nexts: list[int] = [NO_WAY]
        self.forks: dict[int, list[int]] = {}
        self.looks: frozenset[int] = frozenset()
        self.start = NO_WAY


class _Repeat:
    """A step to take: put `copies` more copies of `sub` before what there is."""

    __slots__ = ("copies", "sub")

    def __init__(self, sub: Hir, copies: int) -> None:
        self.sub = sub
        self.copies = copies


class _Optional:
    """A step to take: make what there is skippable, `copies` times in all, each time going to `end`."""

    __slots__ = ("copies", "end", "sub")

    def __init__(self, sub: Hir, copies: int, end: int) -> None:
        self.sub = sub
        self.copies = copies
        self.end = end


class _CloseLoop:
    """A step to take: what there is, is the body of the loop at `fork`; go on from the fork or from the body."""

    __slots__ = ("enters_body", "fork")

    def __init__(self, fork: int, enters_body: bool) -> None:
        self.fork = fork
        self.enters_body = enters_body


class _Branches:
    """A step to take: note the branch that was built, if any, and go on with the next one, which ends at `end`."""

    __slots__ = ("branch", "end", "entries", "node")

    def __init__(self, node: HirAlternation, end: int) -> None:
        self.node = node
        self.branch = 0
        self.end = end
        self.entries: list[int] = []


_Step = Hir | _Repeat | _Optional | _CloseLoop | _Branches


def build_nfa(hir: Hir) -> Nfa:
    """The automaton of an HIR; in time and space linear in what the crate's own automaton takes."""
    maker = _Maker()
    maker.build(hir)
    return maker.nfa


class _Maker:
    """`entry` is the state that the part built so far begins with; each step puts something before it."""

    __slots__ = ("entry", "looks", "nfa", "steps")

    def __init__(self) -> None:
        self.nfa = Nfa()
        self.looks: set[int] = set()
        self.entry = MATCH
        self.steps: list[_Step] = []

    def build(self, hir: Hir) -> None:
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
        self.nfa.start = self.entry
        self.nfa.looks = frozenset(self.looks)

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
            self.next_branch(_Branches(node, self.entry))
        elif isinstance(node, HirFail):
            self.entry = NO_WAY
        else:
            assert isinstance(node, HirEmpty)

    def add(self, test: str | CharClass | int | None) -> None:
        tests = self.nfa.tests
        self.nfa.nexts.append(self.entry)
        self.entry = len(tests)
        tests.append(test)

    def add_fork(self, targets: list[int]) -> None:
        self.add(None)
        self.nfa.forks[self.entry] = targets

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
            step.copies -= 1
            self.steps += (step, step.sub)

    def next_optional(self, step: _Optional) -> None:
        if self.entry == NO_WAY:
            self.entry = step.end
            return
        self.add_fork([self.entry, step.end])
        if step.copies > 1:
            step.copies -= 1
            self.steps += (step, step.sub)

    def close_loop(self, step: _CloseLoop) -> None:
        if self.entry == NO_WAY:
            # The body cannot match: none of it is left of `x*`, and `x+` cannot match either.
            self.entry = NO_WAY if step.enters_body else step.fork
            return
        self.nfa.forks[step.fork].append(self.entry)
        if not step.enters_body:
            self.entry = step.fork

    def next_branch(self, step: _Branches) -> None:
        branch = step.branch
        if branch > 0 and self.entry != NO_WAY:
            step.entries.append(self.entry)
        if branch < len(step.node.subs):
            step.branch += 1
            self.steps += (step, step.node.subs[branch])
            self.entry = step.end
        elif step.entries:
            self.add_fork(step.entries)
        else:
            self.entry = NO_WAY
