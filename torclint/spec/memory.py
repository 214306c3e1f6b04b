"""What was decoded of a spec before, for a spec that is decoded again after an edit: items that stayed are not read again."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING

if TYPE_CHECKING:
    from torclint.spec.reader import Decoded
    from torclint.syntax.node import Node


class Memory:
    """Items without any problem, by the identity of their nodes, which it keeps alive. They hold for the same variables and
    the same Torc release."""

    __slots__ = ("_items", "_key")

    def __init__(self) -> None:
        self._items: dict[int, Decoded] = {}
        self._key: object = None

    def of(self, version: str, variables: dict[str, str]) -> dict[int, Decoded]:
        """What is known under these circumstances, and forgotten with this question."""
        items, key = self._items, (version, variables)
        known = items if self._key == key else {}
        self._items, self._key = {}, key
        return known

    def keep(self, node: Node, decoded: Decoded) -> None:
        self._items[id(node)] = decoded
