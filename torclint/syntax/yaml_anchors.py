"""Anchors and aliases of one YAML document, resolved the way serde_yaml does."""

from __future__ import annotations

from torclint.record import Record
from torclint.syntax.node import Mapping, Node, ParseError, Scalar, Sequence

MAX_DEPTH = 128
MAX_REPEATS = 100  # alias visits per event, serde_yaml de.rs:478
MAX_EXPANDED = 20_000_000  # values after all aliases are written out


class _Anchored(Record):
    node: Node | ParseError  # the error is for those that use it as a value
    raw: str | None  # the text of a scalar, which is what it means as a key


class _Weight(Record):
    """What a node amounts to with its aliases written out."""

    height: int
    values: int
    jumps: int


class Anchors:
    """The anchors seen so far and the aliases that point to them.

    serde_yaml numbers an anchor by how many names there are, so a redefined name shares its number with the next
    new one, and the later of the two wins for both. Torc inherits that.
    """

    __slots__ = ("_anchored", "_numbers", "_uses")

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._anchored: dict[int, _Anchored] = {}
        self._uses: dict[int, int] = {}

    def __len__(self) -> int:
        return len(self._anchored)

    def define(self, name: str, node: Node | ParseError, raw: str | None) -> None:
        number = len(self._numbers)
        self._numbers[name] = number
        self._anchored[number] = _Anchored(node, raw)

    def use(self, name: str, alias: Scalar) -> bool:
        """Note that `alias` stands for the anchor `name`; false if there is no such anchor."""
        number = self._numbers.get(name)
        if number is None:
            return False
        self._uses[id(alias)] = number
        return True

    def resolve(self, root: Node, events: int, text: str) -> None:
        """Put what they stand for in the place of all aliases below `root`. Raises ParseError past serde_yaml's limits."""
        if not self._uses:
            return
        self._fill(root, text)
        weight = _weigh(root, {}, set(), 0, text)
        if weight.jumps > MAX_REPEATS * events:
            raise ParseError("aliases repeat more than Torc's YAML reader allows", text, root.start)
        if weight.values > MAX_EXPANDED:
            raise ParseError(f"aliases expand to {weight.values:,} values", text, root.start)

    def _fill(self, root: Node, text: str) -> None:
        pending: list[Node] = [root]
        while pending:
            node = pending.pop()
            if isinstance(node, Sequence):
                node.items[:] = [self._stand_in(item) for item in node.items]
                pending.extend(item for item in node.items if not item.alias)
            elif isinstance(node, Mapping):
                node.entries[:] = [(self._key(key, text), self._stand_in(value)) for key, value in node.entries]
                pending.extend(value for _, value in node.entries if not value.alias)

    def _stand_in(self, node: Node) -> Node:
        number = self._uses.get(id(node))
        if number is None:
            return node
        target = self._anchored[number].node
        if isinstance(target, ParseError):
            raise target
        if isinstance(target, Scalar):
            return Scalar(target.value, node.start, node.end, True)
        if isinstance(target, Sequence):
            return Sequence(target.items, node.start, node.end, target.flow, True)
        return Mapping(target.entries, node.start, node.end, target.flow, True)

    def _key(self, key: Scalar, text: str) -> Scalar:
        number = self._uses.get(id(key))
        if number is None:
            return key
        raw = self._anchored[number].raw
        if raw is None:
            raise ParseError("a mapping key must be a scalar, not a list or mapping", text, key.start)
        return Scalar(raw, key.start, key.end, True)


def _weigh(node: Node, known: dict[int, _Weight], above: set[int], depth: int, text: str) -> _Weight:
    if isinstance(node, Scalar):
        return _Weight(0, 1, int(node.alias))
    body = node.items if isinstance(node, Sequence) else node.entries
    found = known.get(id(body))
    if found is None:
        if id(body) in above or depth >= MAX_DEPTH:
            raise ParseError(f"nested deeper than {MAX_DEPTH} levels", text, node.start)
        above.add(id(body))
        children = node.items if isinstance(node, Sequence) else [value for _, value in node.entries]
        keys = 0 if isinstance(node, Sequence) else sum(key.alias for key, _ in node.entries)
        parts = [_weigh(child, known, above, depth + 1, text) for child in children]
        above.discard(id(body))
        found = known[id(body)] = _Weight(
            1 + max((part.height for part in parts), default=0),
            1 + sum(part.values for part in parts),
            keys + sum(part.jumps for part in parts),
        )
    if depth + found.height > MAX_DEPTH:
        raise ParseError(f"nested deeper than {MAX_DEPTH} levels", text, node.start)
    return found._replace(jumps=found.jumps + node.alias)
