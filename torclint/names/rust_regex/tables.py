"""The Unicode 16.0.0 tables of regex-syntax 0.8.11, read from `tables.bin` when one is first needed.

`scripts/make_unicode_tables.py` makes the file and describes its format.
"""

from __future__ import annotations

from bisect import bisect_left

from torclint.record import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.names.rust_regex.ranges import Ranges


class _Tables:
    """The decompressed file: names at once, range tables one by one on demand."""

    __slots__ = ("_decoded", "_folding", "_offsets", "_packed", "property_names", "property_values")

    def __init__(self) -> None:
        import zlib

        with open(__file__.rpartition("tables")[0] + "tables.bin", "rb") as file:
            content = zlib.decompress(file.read())
        head, _, rest = content.partition(b"\n")
        size = int(head)
        self._packed = rest[size:]
        self._offsets: dict[tuple[str, str], tuple[int, int]] = {}
        self._decoded: dict[tuple[str, str], Ranges] = {}
        self._folding: tuple[list[int], list[tuple[int, ...]]] | None = None
        self.property_names: dict[str, str] = {}
        self.property_values: dict[str, dict[str, str]] = {}
        for line in rest[:size].decode("ascii").split("\n"):
            tag, *cells = line.split("\t")
            if tag == "T":
                self._offsets[cells[0], cells[1]] = (int(cells[2]), int(cells[3]))
            elif tag == "N":
                self.property_names[cells[0]] = cells[1]
            elif tag == "V":
                self.property_values.setdefault(cells[0], {})[cells[1]] = cells[2]
            else:
                self._offsets["", "folding"] = (int(cells[0]), int(cells[1]))

    def ranges(self, group: str, name: str) -> Ranges | None:
        key = (group, name)
        found = self._decoded.get(key)
        if found is None and key in self._offsets:
            found = self._decoded[key] = self._decode_ranges(*self._offsets[key])
        return found

    def folding(self) -> tuple[list[int], list[tuple[int, ...]]]:
        if self._folding is None:
            self._folding = self._decode_folding(*self._offsets["", "folding"])
        return self._folding

    def _decode_ranges(self, offset: int, count: int) -> Ranges:
        numbers = self._numbers(offset)
        result = []
        high = 0
        for _ in range(count):
            low = high + next(numbers)
            high = low + next(numbers)
            result.append((low, high))
        return tuple(result)

    def _decode_folding(self, offset: int, count: int) -> tuple[list[int], list[tuple[int, ...]]]:
        numbers = self._numbers(offset)
        keys, targets = [], []
        key = 0
        for _ in range(count):
            key += next(numbers)
            zigzags = [next(numbers) for _ in range(next(numbers))]
            keys.append(key)
            targets.append(tuple(key + (z >> 1 if z & 1 == 0 else -(z >> 1) - 1) for z in zigzags))
        return keys, targets

    def _numbers(self, offset: int) -> Iterator[int]:
        packed = self._packed
        while True:
            number = shift = 0
            while packed[offset] & 0x80:
                number |= (packed[offset] & 0x7F) << shift
                shift += 7
                offset += 1
            yield number | packed[offset] << shift
            offset += 1


_loaded: _Tables | None = None


def _tables() -> _Tables:
    global _loaded
    if _loaded is None:
        _loaded = _Tables()
    return _loaded


def ranges(group: str, name: str) -> Ranges | None:
    """The table `name` of a group (age, gc, bool, sc, scx, gcb, wb, sb, perl), or None where there is none."""
    return _tables().ranges(group, name)


def property_name(alias: str) -> str | None:
    """The canonical name of a property for its normalised alias."""
    return _tables().property_names.get(alias)


def property_values(canonical: str) -> dict[str, str] | None:
    """Normalised alias to canonical value, for a property that has named values."""
    return _tables().property_values.get(canonical)


def perl_ranges(letter: str) -> Ranges:
    r"""What `\d`, `\s` or `\w` holds."""
    group, name = {"d": ("gc", "Decimal_Number"), "s": ("bool", "White_Space"), "w": ("perl", "PERL_WORD")}[letter]
    found = ranges(group, name)
    assert found is not None
    return found


def folded(low: int, high: int) -> list[int]:
    """Every code point that is equal to one of low..high when case is ignored (simple case folding), save itself."""
    keys, targets = _tables().folding()
    result: list[int] = []
    for index in range(bisect_left(keys, low), len(keys)):
        if keys[index] > high:
            break
        result += targets[index]
    return result
