"""The crate's limit on the size of a compiled pattern: 10 MiB for each of its two automata (regex, builders.rs:53).

Counted is what regex-automata's Thompson compiler would build (nfa/thompson/compiler.rs and builder.rs): 32 bytes for
a state, 8 for each transition of a state with several, 4 for each way out of a fork. Almost all patterns are far below
that, which a rough bound shows; only the others are counted exactly.
"""

from __future__ import annotations

from torclint.names.rust_regex.charclass import PerlMix
from torclint.names.rust_regex.errors import RegexError
from torclint.names.rust_regex.hir import (
    Hir,
    HirAlternation,
    HirCapture,
    HirClass,
    HirConcat,
    HirLiteral,
    HirRepetition,
)
from torclint.names.rust_regex.size_steps import FORK, SIZE_LIMIT, STATE, Copies, Cost, ascii_class_cost, steps_of
from torclint.record import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from torclint.names.rust_regex.charclass import CharClass
    from torclint.names.rust_regex.syntax_tree import Node
    from torclint.names.rust_regex.utf8 import Sequence

# An alternation of this many literals is searched by Aho-Corasick instead, without a limit (meta/literal.rs).
_MANY_LITERALS = 3000
# No range beyond ASCII takes more; the constant is for the ranges that run over several lengths of UTF-8.
_BYTES_PER_RANGE, _BYTES_PER_CLASS = 1200, 8000
# More than a perl class or its complement takes in either automaton.
_BYTES_OF_PERL = {"d": 18_000, "s": 4_000, "w": 70_000}
# What one occurrence of a class takes differs from what another takes by far less than this factor.
_SPREAD = 1.25


def check_size(pattern: str, tree: Node, hir: Hir) -> None:
    """Raises RegexError if the crate finds the pattern too large."""
    if _is_many_literals(hir) or _is_surely_small(hir, _rough_class_bytes):
        return
    spelled_out = hir
    classes = _WideClasses()
    if _has_wide_classes(hir):
        from torclint.names.rust_regex.translate import translate

        spelled_out = translate(pattern, tree, spelled_out=True)
        if _is_surely_small(spelled_out, classes.likely_bytes):
            return
    if _Count(classes, forward=True).exceeds(spelled_out) or _Count(classes, forward=False).exceeds(spelled_out):
        message = f"Compiled regex exceeds size limit of {SIZE_LIMIT} bytes."
        raise RegexError("too large", message, pattern, 0, len(pattern))


def _has_wide_classes(root: Hir) -> bool:
    """Whether there are classes beyond ASCII, of which the first bound knows little."""
    stack = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, HirClass):
            if not node.chars.is_ascii:
                return True
        elif isinstance(node, HirConcat | HirAlternation):
            stack += node.subs
        elif isinstance(node, HirCapture | HirRepetition):
            stack.append(node.sub)
    return False


def _is_many_literals(hir: Hir) -> bool:
    return (
        isinstance(hir, HirAlternation)
        and len(hir.subs) >= _MANY_LITERALS
        and all(isinstance(sub, HirLiteral) for sub in hir.subs)
    )


def _rough_class_bytes(chars: CharClass) -> float:
    if isinstance(chars, PerlMix):
        perl = sum(_BYTES_OF_PERL[letter] for letter, _ in chars.parts)
        return perl + len(chars.extra) * _BYTES_PER_RANGE
    return len(chars.ranges) * _BYTES_PER_RANGE + _BYTES_PER_CLASS


class _WideClasses:
    """What classes beyond ASCII take; their byte sequences are worked out once for each class."""

    __slots__ = ("_likely", "_sequences")

    def __init__(self) -> None:
        self._sequences: dict[object, list[Sequence]] = {}
        self._likely: dict[object, float] = {}

    def cost(self, chars: CharClass, forward: bool, first: int) -> Cost:
        from torclint.names.rust_regex import utf8

        parts = self._sequences.get(chars.key)
        if parts is None:
            parts = self._sequences[chars.key] = utf8.sequences(chars.ranges)
        return Cost(*(utf8.forward_cost(parts, first) if forward else utf8.reverse_cost(parts, first)))

    def likely_bytes(self, chars: CharClass) -> float:
        known = self._likely.get(chars.key)
        if known is None:
            known = _SPREAD * max(self.cost(chars, True, 0).bytes, self.cost(chars, False, 0).bytes)
            self._likely[chars.key] = known
        return known


def _is_surely_small(hir: Hir, class_bytes: Callable[[CharClass], float]) -> bool:
    """Whether both automata stay below the limit, given what no class beyond ASCII exceeds."""
    return _bound(hir, True, class_bytes) <= SIZE_LIMIT and _bound(hir, False, class_bytes) <= SIZE_LIMIT


def _bound(root: Hir, forward: bool, class_bytes: Callable[[CharClass], float]) -> float:
    known: dict[int, float] = {}
    stack = [root]
    while stack:
        node = stack[-1]
        if node.ident in known:
            stack.pop()
            continue
        if isinstance(node, HirClass):
            fixed = ascii_class_cost(node.chars)
            known[node.ident] = class_bytes(node.chars) if fixed is None else fixed.bytes
            continue
        steps = steps_of(node, forward)
        unknown = [step.node for step in steps if isinstance(step, Copies) and step.node.ident not in known]
        if unknown:
            stack += unknown
            continue
        total = 0.0
        for step in steps:
            if isinstance(step, Cost):
                total += step.bytes
            else:
                total += step.times * (step.before.bytes + known[step.node.ident])
        known[node.ident] = total
    return known[root.ident] + 8 * STATE


class _Count:
    """Counts one automaton state by state."""

    __slots__ = ("_bytes", "_classes", "_fixed", "_forward", "_states")

    def __init__(self, classes: _WideClasses, forward: bool) -> None:
        self._classes = classes
        self._forward = forward
        self._states = 0
        self._bytes = 0
        self._fixed: dict[int, Cost | None] = {}

    def exceeds(self, root: Hir) -> bool:
        """Whether the automaton for the whole pattern is larger than the limit."""
        self._find_fixed(root)
        is_anchored = root.from_start if self._forward else root.to_end
        # An unanchored search begins with `(?s-u:.)*?`; then the whole is a capture group, in the forward direction.
        self._add(Cost(1, STATE) if is_anchored else Cost(3, 3 * STATE + 8 + FORK.bytes - STATE))
        self._add(Cost(self._forward, STATE * self._forward))
        stack: list[Copies | Cost] = [Cost(1 + self._forward, STATE * (1 + self._forward)), Copies(root, 1)]
        while stack:
            step = stack.pop()
            if isinstance(step, Cost):
                self._add(step)
            else:
                self._add_copies(step, stack)
            if self._bytes > SIZE_LIMIT:
                return True
        return False

    def _add(self, cost: Cost, times: int = 1) -> None:
        self._states += times * cost.states
        self._bytes += times * cost.bytes

    def _add_copies(self, step: Copies, stack: list[Copies | Cost]) -> None:
        node = step.node
        fixed = self._fixed[node.ident]
        if fixed is not None:
            self._add(step.before, step.times)
            self._add(fixed, step.times)
            return
        if step.times == 0:
            return
        if step.times > 1:
            stack.append(step._replace(times=step.times - 1))
        self._add(step.before)
        if isinstance(node, HirClass):
            self._add(self._classes.cost(node.chars, self._forward, self._states))
        else:
            stack += reversed(steps_of(node, self._forward))

    def _find_fixed(self, root: Hir) -> None:
        """What each subtree costs where that does not depend on state numbers, None where it does."""
        stack = [root]
        while stack:
            node = stack[-1]
            if node.ident in self._fixed:
                stack.pop()
                continue
            if isinstance(node, HirClass):
                self._fixed[node.ident] = ascii_class_cost(node.chars)
                continue
            steps = steps_of(node, self._forward)
            unknown = [s.node for s in steps if isinstance(s, Copies) and s.node.ident not in self._fixed]
            if unknown:
                stack += unknown
            else:
                self._fixed[node.ident] = self._sum(steps)

    def _sum(self, steps: list[Copies | Cost]) -> Cost | None:
        states = size = 0
        for step in steps:
            if isinstance(step, Cost):
                states += step.states
                size += step.bytes
                continue
            each = self._fixed[step.node.ident]
            if each is None:
                return None
            states += step.times * (step.before.states + each.states)
            size += step.times * (step.before.bytes + each.bytes)
        return Cost(states, size)
