"""What can go wrong: a pattern that the regex crate refuses, and an automaton that outgrows its budget."""

from __future__ import annotations


class RegexError(ValueError):
    """The pattern is one that `Regex::new` of the regex crate 1.13.1 returns an error for.

    `kind` is "syntax" or "too large"; `message` is the crate's own wording; `start` and `end` are code point offsets of
    the offending part of `pattern`, as the crate's span has them (`start == end` where it points between characters).
    """

    def __init__(self, kind: str, message: str, pattern: str, start: int, end: int) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message
        self.pattern = pattern
        self.start = start
        self.end = end


class StateLimit(Exception):
    """A lazy DFA would need more states than its `state_limit` allows."""
