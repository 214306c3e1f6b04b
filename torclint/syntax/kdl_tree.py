"""What a KDL text consists of: nodes with their entries and children, each with its place."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING

if TYPE_CHECKING:
    KdlValue = str | int | float | bool | None


class Entry:
    """An argument, or a property with its `key`; `start` and `end` span the value without key and type."""

    __slots__ = ("annotation", "end", "key", "key_end", "key_start", "start", "value")

    def __init__(
        self,
        value: KdlValue,
        start: int,
        end: int,
        annotation: str | None = None,
        key: str | None = None,
        key_start: int = -1,
        key_end: int = -1,
    ) -> None:
        self.value = value
        self.start = start
        self.end = end
        self.annotation = annotation
        self.key = key
        self.key_start = key_start
        self.key_end = key_end


class KdlNode:
    """A node from its type or name to its last entry or the brace that closes its children."""

    __slots__ = ("annotation", "children", "end", "entries", "name", "name_end", "name_start", "start")

    def __init__(self, name: str, annotation: str | None, start: int, name_start: int, name_end: int) -> None:
        self.name = name
        self.annotation = annotation
        self.start = start
        self.name_start = name_start
        self.name_end = self.end = name_end
        self.entries: list[Entry] = []
        self.children: list[KdlNode] | None = None
