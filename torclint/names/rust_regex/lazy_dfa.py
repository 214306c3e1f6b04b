"""A deterministic automaton that is built while text is fed to it, for searching anywhere in the text.

A state stands for a set of automaton states plus the kind of the last character (where look-arounds need it). The
threads that begin at every place of the text (the unanchored search) are the same for all states of a kind, so they
are kept once per kind and not in the states.
"""

from __future__ import annotations

from torclint.names.rust_regex.errors import StateLimit
from torclint.names.rust_regex.looks import KIND_OTHER, KIND_START, PlaceKinds, holds_after, holds_between
from torclint.names.rust_regex.nfa import MATCH, NO_WAY, Nfa
from torclint.record import TYPE_CHECKING

if TYPE_CHECKING:
    from torclint.names.rust_regex.charclass import CharClass

STATE_LIMIT = 60_000
# All states together may hold this many automaton states; bounds memory where single states are large.
THREAD_LIMIT = 4_000_000


class _Threads:
    """Automaton states at a place: those that consume, by character or by class, and look-arounds still open.

    `members` are all of them; `matched` says that a match was reached besides.
    """

    __slots__ = ("by_char", "by_class", "matched", "members", "open_looks")

    def __init__(self, nfa: Nfa, members: tuple[int, ...], matched: bool) -> None:
        self.members = members
        self.matched = matched
        self.by_char: dict[str, list[int]] = {}
        self.by_class: list[tuple[CharClass, int]] = []
        self.open_looks: list[int] = []
        for state in members:
            test = nfa.tests[state]
            if isinstance(test, str):
                self.by_char.setdefault(test, []).append(nfa.nexts[state])
            elif isinstance(test, int):
                self.open_looks.append(state)
            elif test is not None:
                self.by_class.append((test, nfa.nexts[state]))


class LazyDfa:
    """States are small ints. `step` goes from state to state, one character at a time; `accepts` asks for the end.

    DEAD: nothing that follows can make it match. MATCHED: it has matched, whatever follows. Both lead to themselves.
    `transitions[state]` maps the characters fed so far to states; looking there first saves the call. `step` raises
    StateLimit where it would need more than `state_limit` states; what is known by then stays usable.
    """

    __slots__ = (
        "_accepts",
        "_by_key",
        "_fresh",
        "_kinds",
        "_nfa",
        "_places",
        "_restarts",
        "_thread_count",
        "start",
        "state_limit",
        "transitions",
    )

    DEAD = 0
    MATCHED = 1

    def __init__(self, nfa: Nfa, state_limit: int = STATE_LIMIT) -> None:
        self._nfa = nfa
        self.state_limit = state_limit
        self._places = PlaceKinds(nfa.looks)
        self._restarts: dict[int, _Threads] = {}
        self._fresh: bool | None = None
        self.start = 0
        self.transitions: list[dict[str, int]] = []
        self.reset()

    def reset(self) -> None:
        """Forgets every state; numbers given out before are void."""
        self._by_key: dict[tuple[tuple[int, ...], int], int] = {}
        self.transitions = [{}, {}]
        self._accepts: list[bool | None] = [False, True]
        self._kinds: list[tuple[_Threads | None, int]] = [(None, KIND_OTHER), (None, KIND_OTHER)]
        self._thread_count = 0
        self.start = self._state_for(frozenset(), self._places.at_start)

    def forget_all_but(self, state: int) -> int:
        """Forgets every state save this one, and returns its new number."""
        own, kind = self._kinds[state]
        assert own is not None
        self.reset()
        key = (own.members, kind)
        known = self._by_key.get(key)
        return self._add_state(key) if known is None else known

    @property
    def state_count(self) -> int:
        return len(self.transitions)

    def step(self, state: int, char: str) -> int:
        """The state after one more character."""
        following = self.transitions[state].get(char)
        if following is not None:
            return following
        if state <= self.MATCHED:
            return state
        own, kind = self._kinds[state]
        assert own is not None
        following = self._advance(own, kind, char)
        self.transitions[state][char] = following
        return following

    def is_settled(self, state: int) -> bool:
        """Whether the verdict is certain, whatever follows."""
        return state <= self.MATCHED

    def accepts(self, state: int) -> bool:
        """Whether the text matches if it ends here."""
        known = self._accepts[state]
        if known is None:
            own, kind = self._kinds[state]
            assert own is not None
            looks = own.open_looks + self._restart(kind).open_looks
            known = self._accepts[state] = bool(looks) and self._pass_looks(looks, kind, "") is None
        return known

    def _advance(self, own: _Threads, kind: int, char: str) -> int:
        nfa = self._nfa
        restart = self._restart(kind)
        targets: list[int] = []
        looks = own.open_looks + restart.open_looks
        if looks:
            passed = self._pass_looks(looks, kind, char)
            if passed is None:
                return self.MATCHED
            targets = [nfa.nexts[state] for state in passed if _consumes(nfa.tests[state], char)]
        for threads in (own, restart):
            targets += threads.by_char.get(char, ())
            targets += [target for chars, target in threads.by_class if chars.contains(char)]
        return self._state_for(targets, self._places.of(char))

    def _state_for(self, targets: list[int] | frozenset[int], kind: int) -> int:
        """The state in which the automaton is at `targets` after a character of this kind."""
        restart = self._restart(kind)
        if restart.matched:
            return self.MATCHED
        members = self._closure(targets, kind) if targets else ()
        if members is None:
            return self.MATCHED
        if not members and not restart.members and not self._can_start_later():
            return self.DEAD
        if kind != KIND_OTHER and self._kind_is_idle(members, restart):
            kind = KIND_OTHER
        key = (members, kind)
        number = self._by_key.get(key)
        if number is None:
            number = self._add_state(key)
        return number

    def _add_state(self, key: tuple[tuple[int, ...], int]) -> int:
        members, kind = key
        number = len(self.transitions)
        if number >= self.state_limit or self._thread_count > THREAD_LIMIT:
            raise StateLimit(f"more than {number} states")
        self._thread_count += len(members)
        self._by_key[key] = number
        self._kinds.append((_Threads(self._nfa, members, False), kind))
        self._accepts.append(None)
        self.transitions.append({})
        return number

    def _kind_is_idle(self, members: tuple[int, ...], restart: _Threads) -> bool:
        """Whether nothing that lies ahead depends on the kind of the last character."""
        tests = self._nfa.tests
        if restart.open_looks or restart.members != self._restart(KIND_OTHER).members:
            return False
        return not any(isinstance(tests[state], int) for state in members)

    def _restart(self, kind: int) -> _Threads:
        """The threads that begin at a place after a character of this kind."""
        threads = self._restarts.get(kind)
        if threads is None:
            start = self._nfa.start
            members = () if start == NO_WAY else self._closure([start], kind)
            threads = _Threads(self._nfa, members or (), members is None)
            self._restarts[kind] = threads
        return threads

    def _can_start_later(self) -> bool:
        """Whether a match can begin anywhere but at the start of the text."""
        if self._fresh is None:
            restarts = [self._restart(kind) for kind in range(KIND_START + 1, KIND_OTHER + 1)]
            self._fresh = any(threads.matched or threads.members for threads in restarts)
        return self._fresh

    def _closure(self, targets: list[int] | frozenset[int], kind: int) -> tuple[int, ...] | None:
        """All consuming states and open look-arounds that can be reached without a character; None for a match."""
        tests, nexts, forks = self._nfa.tests, self._nfa.nexts, self._nfa.forks
        seen = set(targets)
        stack = list(seen)
        members = []
        while stack:
            state = stack.pop()
            if state == MATCH:
                return None
            test = tests[state]
            if test is None:
                for following in forks[state]:
                    if following not in seen:
                        seen.add(following)
                        stack.append(following)
                continue
            if isinstance(test, int):
                known = holds_after(test, kind)
                if known is not None:
                    if known and nexts[state] not in seen:
                        seen.add(nexts[state])
                        stack.append(nexts[state])
                    continue
            members.append(state)
        members.sort()
        return tuple(members)

    def _pass_looks(self, looks: list[int], kind: int, char: str) -> list[int] | None:
        """The consuming states behind those look-arounds that hold between the kind and `char`; None for a match."""
        tests, nexts, forks = self._nfa.tests, self._nfa.nexts, self._nfa.forks
        seen = set(looks)
        stack = list(seen)
        consuming = []
        while stack:
            state = stack.pop()
            if state == MATCH:
                return None
            test = tests[state]
            if test is None:
                followers = forks[state]
            elif isinstance(test, int):
                followers = [nexts[state]] if holds_between(test, kind, char) else []
            else:
                consuming.append(state)
                continue
            for following in followers:
                if following not in seen:
                    seen.add(following)
                    stack.append(following)
        return consuming


def _consumes(test: str | CharClass | int | None, char: str) -> bool:
    if isinstance(test, str):
        return test == char
    return test is not None and not isinstance(test, int) and test.contains(char)
