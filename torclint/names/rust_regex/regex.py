"""A compiled pattern: what it matches, and what can be known about it beforehand."""

from __future__ import annotations

from torclint.names.rust_regex.errors import StateLimit
from torclint.names.rust_regex.hir import HirLiteral
from torclint.record import TYPE_CHECKING

if TYPE_CHECKING:
    from torclint.names.rust_regex.hir import Hir
    from torclint.names.rust_regex.lazy_dfa import LazyDfa
    from torclint.names.rust_regex.nfa import Nfa
    from torclint.names.rust_regex.shape import Part
    from torclint.names.rust_regex.syntax_tree import Node

# A search that outgrows the shared automaton keeps this many states of its own, then forgets them and goes on.
_SEARCH_STATES = 10_000


class RustRegex:
    """A pattern that `Regex::new` of the regex crate 1.13.1 accepts; made by `compile`.

    `is_anchored_start` and `is_anchored_end`: every match begins at the start, or ends at the end, of the text.
    """

    __slots__ = (
        "_dfa",
        "_everything",
        "_hir",
        "_literal",
        "_nfa",
        "_search",
        "_sequence",
        "_tree",
        "is_anchored_end",
        "is_anchored_start",
        "pattern",
    )

    def __init__(self, pattern: str, tree: Node, hir: Hir) -> None:
        self.pattern = pattern
        self.is_anchored_start = hir.from_start
        self.is_anchored_end = hir.to_end
        self._tree = tree
        self._hir = hir
        self._literal = hir.text if isinstance(hir, HirLiteral) else None
        self._nfa: Nfa | None = None
        self._dfa: LazyDfa | None = None
        self._search: LazyDfa | None = None
        self._sequence: tuple[Part, ...] | None = None
        self._everything: bool | None = None

    def __repr__(self) -> str:
        return f"compile({self.pattern!r})"

    @property
    def dfa(self) -> LazyDfa:
        """The automaton, to be stepped by others; its states stay valid as long as the regex lives."""
        if self._dfa is None:
            from torclint.names.rust_regex.lazy_dfa import LazyDfa

            self._dfa = LazyDfa(self._automaton())
        return self._dfa

    def is_match(self, text: str) -> bool:
        """Whether the pattern matches anywhere in the text, as `Regex::is_match`; in time linear in the text."""
        if self._literal is not None:
            return self._literal in text
        if self._search is not None:
            return self._search_with_little_memory(text)
        dfa = self.dfa
        transitions = dfa.transitions
        state = dfa.start
        try:
            for char in text:
                following = transitions[state].get(char)
                state = dfa.step(state, char) if following is None else following
                if state <= 1:
                    return state == 1
        except StateLimit:
            return self._search_with_little_memory(text)
        return dfa.accepts(state)

    @property
    def sequence(self) -> tuple[Part, ...]:
        """The parts of the pattern's concatenation, through groups: see `shape`."""
        if self._sequence is None:
            from torclint.names.rust_regex.shape import sequence_of

            self._sequence = sequence_of(self._tree)
        return self._sequence

    @property
    def literal_prefix(self) -> str:
        """The text that each matching text begins with; "" where none is known, or the pattern is not anchored."""
        if not self.is_anchored_start:
            return ""
        from torclint.names.rust_regex.shape import leading_text

        return leading_text(self.sequence)

    @property
    def matches_everything(self) -> bool:
        """Whether it provably matches every text without a line feed, the empty one included."""
        if self._everything is None:
            from torclint.names.rust_regex.shape import matches_every_line

            self._everything = matches_every_line(self._automaton())
        return self._everything

    def _automaton(self) -> Nfa:
        if self._nfa is None:
            from torclint.names.rust_regex.nfa import build_nfa

            self._nfa = build_nfa(self._hir)
        return self._nfa

    def _search_with_little_memory(self, text: str) -> bool:
        if self._search is None:
            from torclint.names.rust_regex.lazy_dfa import LazyDfa

            self._search = LazyDfa(self._automaton(), _SEARCH_STATES)
        dfa = self._search
        state = dfa.start
        for char in text:
            try:
                state = dfa.step(state, char)
            except StateLimit:
                state = dfa.step(dfa.forget_all_but(state), char)
            if state <= 1:
                return state == 1
        return dfa.accepts(state)
