"""How the crate's compiler puts an automaton together, as far as states are counted (nfa/thompson/compiler.rs)."""

from __future__ import annotations

from torclint.names.rust_regex.hir import (
    Hir,
    HirAlternation,
    HirCapture,
    HirConcat,
    HirFail,
    HirLiteral,
    HirRepetition,
)
from torclint.record import TYPE_CHECKING, Record

if TYPE_CHECKING:
    from torclint.names.rust_regex.charclass import CharClass

SIZE_LIMIT = 10 * 1024 * 1024
STATE, TRANSITION, ALTERNATE = 32, 8, 4


class Cost(Record):
    """So many states, and so many bytes for them all together."""

    states: int
    bytes: int


NOTHING = Cost(0, 0)
SINGLE = Cost(1, STATE)
FORK = Cost(1, STATE + 2 * ALTERNATE)


class Copies(Record):
    """The automaton of a node so many times in a row, each time after the states `before`."""

    node: Hir
    times: int
    before: Cost = NOTHING


Steps = list[Copies | Cost]


def ascii_class_cost(chars: CharClass) -> Cost | None:
    """What a class takes if it is ASCII only: one state with a transition for each range, one where they meet."""
    return Cost(2, 2 * STATE + TRANSITION * len(chars.ranges)) if chars.is_ascii else None


def steps_of(node: Hir, forward: bool) -> Steps:
    """The states of a node that is not a class, in the order in which they get their numbers."""
    if isinstance(node, HirLiteral):
        length = len(node.text.encode("utf-8", "surrogatepass"))
        return [Cost(length, length * STATE)]
    if isinstance(node, HirConcat):
        return [Copies(sub, 1) for sub in (node.subs if forward else reversed(node.subs))]
    if isinstance(node, HirRepetition):
        return _repetition_steps(node)
    if isinstance(node, HirCapture):
        return [SINGLE, Copies(node.sub, 1), SINGLE] if forward else [Copies(node.sub, 1)]
    if isinstance(node, HirAlternation):
        return _alternation_steps(node, forward)
    if isinstance(node, HirFail):
        return [Cost(2, 2 * STATE)]
    return [SINGLE]


def _repetition_steps(node: HirRepetition) -> Steps:
    sub, minimum, maximum = node.sub, node.minimum, node.maximum
    if maximum is None:
        if minimum > 0:
            return [Copies(sub, minimum), FORK]
        if sub.least:
            return [FORK, Copies(sub, 1)]
        return [Copies(sub, 1), FORK, FORK, SINGLE]
    if (minimum, maximum) == (0, 1):
        return [FORK, Copies(sub, 1), SINGLE]
    first: Copies | Cost = Copies(sub, minimum) if minimum else SINGLE
    if minimum == maximum:
        return [first]
    return [first, SINGLE, Copies(sub, maximum - minimum, before=FORK)]


def _alternation_steps(node: HirAlternation, forward: bool) -> Steps:
    texts = [sub.text for sub in node.subs if isinstance(sub, HirLiteral)]
    if len(texts) == len(node.subs):
        return [_trie_cost(texts, forward)]
    branches: Steps = [Copies(sub, 1) for sub in node.subs]
    branches.insert(2, Cost(2, 2 * STATE + ALTERNATE * len(node.subs)))
    return branches


class _TrieState:
    """A state of the trie: chunks of transitions, one more for each time a literal ended here in between."""

    __slots__ = ("active", "chunk_sizes", "has_transitions")

    def __init__(self) -> None:
        self.active: dict[int, _TrieState] = {}
        self.chunk_sizes: list[int] = []
        self.has_transitions = False

    def end_literal(self) -> None:
        if self.has_transitions or not self.chunk_sizes:
            self.chunk_sizes.append(len(self.active))
            self.active = {}

    def cost(self) -> Cost:
        sizes = [size for size in (*self.chunk_sizes, len(self.active)) if size]
        transitions = sum(size for size in sizes if size > 1)
        alternates = len(sizes) + len(self.chunk_sizes)
        states = 1 + len(sizes)
        return Cost(states, states * STATE + transitions * TRANSITION + alternates * ALTERNATE)


def _trie_cost(texts: list[str], forward: bool) -> Cost:
    """An alternation of literals becomes a trie, which keeps the order of branches (nfa/thompson/literal_trie.rs)."""
    root = _TrieState()
    trie = [root]
    inner = 0
    for text in texts:
        if inner * (2 * STATE + ALTERNATE) > SIZE_LIMIT:
            break  # a state that leads on takes at least that, so the rest makes no difference
        encoded = text.encode("utf-8", "surrogatepass")
        state = root
        for byte in encoded if forward else reversed(encoded):
            following = state.active.get(byte)
            if following is None:
                following = state.active[byte] = _TrieState()
                inner += not state.has_transitions
                state.has_transitions = True
                trie.append(following)
            state = following
        state.end_literal()
    costs = [state.cost() for state in trie if state.has_transitions]
    return Cost(1 + sum(cost.states for cost in costs), STATE + sum(cost.bytes for cost in costs))
