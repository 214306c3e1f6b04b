"""What can be read off a pattern without matching: its literal parts, anchors, and whether it matches everything."""

from __future__ import annotations

from torclint.names.rust_regex import syntax_tree
from torclint.names.rust_regex.charclass import CharClass
from torclint.names.rust_regex.flags import DEFAULT_FLAGS, Flags
from torclint.names.rust_regex.lazy_dfa import LazyDfa
from torclint.names.rust_regex.looks import UNICODE_WORD_LOOKS
from torclint.names.rust_regex.nfa import Nfa
from torclint.names.rust_regex.syntax_tree import Assertion, Concat, Empty, Group, Literal, Node, SetFlags
from torclint.record import Record

# Beyond these, `matches_every_line` does not try to prove anything.
_MAX_STATES = 64
_MAX_STEPS = 100_000


class Anchor(Record):
    """A condition on a place. `kind`: "start" or "end" of the text (`^`, `$`, also as `\\A`, `\\z`), else "other"."""

    kind: str


class Other(Record):
    """A part that is not plain text: pattern[start:end]."""

    start: int
    end: int


Part = str | Anchor | Other

START = Anchor("start")
END = Anchor("end")
OTHER_ANCHOR = Anchor("other")


class _EndOfGroup(Record):
    flags: Flags


def sequence_of(tree: Node) -> tuple[Part, ...]:
    """The pattern as one part after the other, with groups that only group opened up.

    Plain text comes as str, as long as possible; `^` and `$` and the like as Anchor; everything else (classes,
    repetitions, alternations, text under the `i` flag) as Other. A character that stands in a str here stands
    in each match, once, at that place of the sequence.
    """
    parts: list[Part] = []
    flags = DEFAULT_FLAGS
    stack: list[Node | _EndOfGroup] = [tree]
    while stack:
        node = stack.pop()
        if isinstance(node, _EndOfGroup):
            flags = node.flags
        elif isinstance(node, SetFlags):
            flags = flags.updated(node.flags)
        elif isinstance(node, Concat):
            stack.extend(reversed(node.items))
        elif isinstance(node, Group):
            stack += (_EndOfGroup(flags), node.body)
            flags = flags.updated(node.flags)
        elif isinstance(node, Literal) and not flags.ignore_case:
            if parts and isinstance(parts[-1], str):
                parts[-1] += node.text
            else:
                parts.append(node.text)
        elif isinstance(node, Assertion):
            parts.append(_anchor(node.kind, flags))
        elif not isinstance(node, Empty):
            parts.append(Other(node.start, node.end))
    return tuple(parts)


def leading_text(sequence: tuple[Part, ...]) -> str:
    """The first plain text, if only anchors stand before it."""
    for part in sequence:
        if isinstance(part, str):
            return part
        if isinstance(part, Other):
            return ""
    return ""


def matches_every_line(nfa: Nfa) -> bool:
    """Whether the automaton accepts each text without a line feed; False also where that is too hard to prove."""
    dfa = LazyDfa(nfa)
    if not dfa.accepts(dfa.start):
        return False
    samples: list[str] = []
    seen = {dfa.start}
    todo = [dfa.start]
    while todo:
        state = todo.pop()
        if state == dfa.MATCHED:
            continue
        samples = samples or _samples(nfa)
        if not dfa.accepts(state) or len(seen) > _MAX_STATES or len(seen) * len(samples) > _MAX_STEPS:
            return False
        for following in {dfa.step(state, char) for char in samples}:
            if following not in seen:
                seen.add(following)
                todo.append(following)
    return True


def _anchor(kind: int, flags: Flags) -> Anchor:
    if kind == syntax_tree.START_TEXT or (kind == syntax_tree.START_LINE and not flags.multi_line):
        return START
    if kind == syntax_tree.END_TEXT or (kind == syntax_tree.END_LINE and not flags.multi_line):
        return END
    return OTHER_ANCHOR


def _samples(nfa: Nfa) -> list[str]:
    """Characters such that each one but the line feed is treated like one of them by the automaton."""
    bounds = {0, 0x0B, 0xE000}
    classes = {test.key: test for test in nfa.tests if isinstance(test, CharClass)}
    for chars in classes.values():
        for low, high in chars.ranges:
            bounds |= {low, high + 1}
    for test in nfa.tests:
        if isinstance(test, str):
            bounds |= {ord(test), ord(test) + 1}
    if nfa.looks:
        bounds |= {0x0D, 0x0E, 0x30, 0x3A, 0x41, 0x5B, 0x5F, 0x60, 0x61, 0x7B, 0x80}
    if nfa.looks & UNICODE_WORD_LOOKS:
        from torclint.names.rust_regex.tables import perl_ranges

        bounds |= {bound for low, high in perl_ranges("w") for bound in (low, high + 1)}
    return [chr(code) for code in sorted(bounds) if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF and code != 0x0A]
