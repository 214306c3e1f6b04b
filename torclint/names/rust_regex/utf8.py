"""How many automaton states the crate needs for a class beyond ASCII.

The rules are those of regex-automata, nfa/thompson/compiler.rs and map.rs. The crate matches bytes, so such a class
becomes an automaton over the UTF-8 of its ranges. Equal states are shared through caches of limited size, whose slots
are chosen by a hash over state numbers: what a class takes depends a little on the number that its first state gets,
so each occurrence is counted anew.
"""

from __future__ import annotations

from torclint.record import TYPE_CHECKING

if TYPE_CHECKING:
    from torclint.names.rust_regex.ranges import Ranges

ByteRange = tuple[int, int]
Sequence = tuple[ByteRange, ...]

_FORWARD_SLOTS = 10_000
_REVERSE_SLOTS = 1_000
_FNV_START = 14695981039346656037
_FNV_PRIME = 1099511628211
_MASK = (1 << 64) - 1
_LENGTH_LIMITS = (0x7F, 0x7FF, 0xFFFF)
_STATE_BYTES, _TRANSITION_BYTES, _ALTERNATE_BYTES = 32, 8, 4


def sequences(ranges: Ranges) -> list[Sequence]:
    """The ranges as sequences of byte ranges, each the UTF-8 of a block of code points (regex-syntax, utf8.rs)."""
    result: list[Sequence] = []
    for whole in ranges:
        stack = [whole]
        while stack:
            low, high = stack.pop()
            cut = _cut(low, high)
            if cut is None:
                if low <= high:
                    result.append(tuple(zip(chr(low).encode(), chr(high).encode(), strict=True)))
            else:
                end, begin = cut
                stack += ((begin, high), (low, end))
    return result


def _cut(low: int, high: int) -> tuple[int, int] | None:
    """Where a range must be cut in two, so that each half is one block; None if it is one, or empty."""
    if low < 0xE000 and high > 0xD7FF:
        return 0xD7FF, 0xE000
    if low > high:
        return None
    for limit in _LENGTH_LIMITS:
        if low <= limit < high:
            return limit, limit + 1
    if high <= 0x7F:
        return None
    for index in (1, 2, 3):
        mask = (1 << 6 * index) - 1
        if low & ~mask != high & ~mask:
            if low & mask:
                return low | mask, (low | mask) + 1
            if high & mask != mask:
                return (high & ~mask) - 1, high & ~mask
    return None


def forward_cost(parts: list[Sequence], first: int) -> tuple[int, int]:
    """States and bytes of the class in the forward automaton, its states numbered from `first` on."""
    return _Forward(first).run(parts)


class _Node:
    """A state that may still get transitions; `last` is its newest one, whose target is not known yet."""

    __slots__ = ("last", "transitions")

    def __init__(self, last: ByteRange | None) -> None:
        self.transitions: list[tuple[int, int, int]] = []
        self.last = last


class _Forward:
    """Daciuk's construction of a minimal automaton from sorted sequences, with the crate's bounded cache."""

    __slots__ = ("bytes", "first", "open_nodes", "slots", "states")

    def __init__(self, first: int) -> None:
        self.first = first  # the state that everything ends in
        self.states = 1
        self.bytes = _STATE_BYTES
        self.slots: dict[int, tuple[tuple[tuple[int, int, int], ...], int]] = {}
        self.open_nodes = [_Node(None)]

    def run(self, parts: list[Sequence]) -> tuple[int, int]:
        for part in parts:
            shared = 0
            for byte_range, node in zip(part, self.open_nodes, strict=False):
                if node.last != byte_range:
                    break
                shared += 1
            self.close_from(shared)
            self.open_nodes[-1].last = part[shared]
            self.open_nodes += [_Node(byte_range) for byte_range in part[shared + 1 :]]
        self.close_from(0)
        self.number_of(self.open_nodes[0])
        return self.states, self.bytes

    def close_from(self, depth: int) -> None:
        """Finishes all open nodes below the one at `depth`."""
        target = self.first
        while len(self.open_nodes) > depth + 1:
            node = self.open_nodes.pop()
            _point(node, target)
            target = self.number_of(node)
        _point(self.open_nodes[-1], target)

    def number_of(self, node: _Node) -> int:
        """The number of a finished state: a cached one's, or the next."""
        key = tuple(node.transitions)
        value = _FNV_START
        for low, high, target in key:
            value = (value ^ low) * _FNV_PRIME & _MASK
            value = (value ^ high) * _FNV_PRIME & _MASK
            value = (value ^ target) * _FNV_PRIME & _MASK
        slot = value % _FORWARD_SLOTS
        cached = self.slots.get(slot)
        if cached is not None and cached[0] == key:
            return cached[1]
        number = self.first + self.states
        self.states += 1
        self.bytes += _STATE_BYTES + _TRANSITION_BYTES * len(key)
        self.slots[slot] = (key, number)
        return number


def _point(node: _Node, target: int) -> None:
    if node.last is not None:
        node.transitions.append((*node.last, target))
        node.last = None


def reverse_cost(parts: list[Sequence], first: int) -> tuple[int, int]:
    """States and bytes of the class in the reverse automaton, where only common suffixes are shared."""
    end = first + 1  # `first` is the fork over all sequences
    states = 2
    slots: dict[int, tuple[tuple[int, int, int], int]] = {}
    for part in parts:
        target = end
        for low, high in part:
            key = (target, low, high)
            value = (_FNV_START ^ target) * _FNV_PRIME & _MASK
            value = (value ^ low) * _FNV_PRIME & _MASK
            value = (value ^ high) * _FNV_PRIME & _MASK
            slot = value % _REVERSE_SLOTS
            cached = slots.get(slot)
            if cached is not None and cached[0] == key:
                target = cached[1]
                continue
            target = first + states
            states += 1
            slots[slot] = (key, target)
    return states, states * _STATE_BYTES + len(parts) * _ALTERNATE_BYTES
