"""Deterministic machines that read a name one character at a time: patterns, exact names, and combinations of them."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Protocol

    class Machine(Protocol):
        """What counting needs of a pattern: states are numbers, made when they are first reached."""

        start: int

        def step(self, state: int, char: str) -> int: ...

        def accepts(self, state: int) -> bool: ...

        def is_settled(self, state: int) -> bool:
            """Whether the verdict is certain, whatever follows."""


STATE_LIMIT = 60_000


class OverBudget(Exception):
    """An exact answer would take more states, rows or steps than the budget allows."""


class Everything:
    """Accepts every name."""

    start = 0

    def step(self, state: int, char: str) -> int:
        return state

    def accepts(self, state: int) -> bool:
        return True

    def is_settled(self, state: int) -> bool:
        return True


class ExactNames:
    """Accepts the names of a finite set: a trie whose nodes are numbered."""

    def __init__(self, names: Iterable[str]) -> None:
        self.start = 1
        self._next: list[dict[str, int]] = [{}, {}]  # state 0 is dead
        self._final: set[int] = set()
        for name in names:
            state = 1
            for char in name:
                following = self._next[state].get(char)
                if following is None:
                    following = self._next[state][char] = len(self._next)
                    self._next.append({})
                state = following
            self._final.add(state)

    def step(self, state: int, char: str) -> int:
        return self._next[state].get(char, 0)

    def accepts(self, state: int) -> bool:
        return state in self._final

    def is_settled(self, state: int) -> bool:
        return state == 0


class Product:
    """Several machines side by side; `decide` says from their verdicts whether the name is in.

    States that can no longer change their verdict would be merged by minimisation; patterns already have such sinks.
    """

    def __init__(self, machines: tuple[Machine, ...], decide: Callable[[tuple[bool, ...]], bool]) -> None:
        self._machines = machines
        self._decide = decide
        self._numbers: dict[tuple[int, ...], int] = {}
        self._states: list[tuple[int, ...]] = []
        self._steps: list[dict[str, int]] = []
        self.start = self._number(tuple(machine.start for machine in machines))

    def _number(self, state: tuple[int, ...]) -> int:
        number = self._numbers.get(state)
        if number is None:
            if len(self._states) >= STATE_LIMIT:
                raise OverBudget(f"more than {STATE_LIMIT:,} states")
            number = self._numbers[state] = len(self._states)
            self._states.append(state)
            self._steps.append({})
        return number

    def step(self, state: int, char: str) -> int:
        following = self._steps[state].get(char)
        if following is None:
            parts = zip(self._machines, self._states[state], strict=True)
            following = self._number(tuple(machine.step(part, char) for machine, part in parts))
            self._steps[state][char] = following
        return following

    def accepts(self, state: int) -> bool:
        parts = zip(self._machines, self._states[state], strict=True)
        return self._decide(tuple(machine.accepts(part) for machine, part in parts))

    def is_settled(self, state: int) -> bool:
        parts = zip(self._machines, self._states[state], strict=True)
        return all(machine.is_settled(part) for machine, part in parts)


def any_of(machines: tuple[Machine, ...]) -> Machine:
    return machines[0] if len(machines) == 1 else Product(machines, any)


def all_of(machines: tuple[Machine, ...]) -> Machine:
    return machines[0] if len(machines) == 1 else Product(machines, all)


def without(machine: Machine, others: tuple[Machine, ...]) -> Machine:
    """Accepts what `machine` accepts and none of `others` does."""
    if not others:
        return machine
    return Product((machine, *others), lambda verdicts: verdicts[0] and not any(verdicts[1:]))


def run(machine: Machine, text: str, state: int) -> int:
    """The state after `text`."""
    for char in text:
        state = machine.step(state, char)
    return state


def is_match(machine: Machine, text: str) -> bool:
    return machine.accepts(run(machine, text, machine.start))
