"""The texts that a string of an item takes over its jobs, without going through more of them than a question needs."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING, Record
from torclint.spec.domain import Domain
from torclint.spec.formatting import substitute

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.spec.domain import Value
    from torclint.spec.model import Item

LIMIT = 10_000  # combinations of values that are looked at for one question


class Text(Record):
    """What some strings of an item become at one combination of the values that occur in them.

    `point`: the first item of the domain for which this holds.
    """

    texts: tuple[str, ...]
    point: tuple[int, ...]


def mentions(text: str, name: str) -> bool:
    """Whether parameter `name` is put into `text`."""
    return "{" + name + "}" in text or "{" + name + ":" in text


def texts(item: Item, *written: str) -> Iterator[Text]:
    """What the strings become together, each combination of the values that occur in them once, at most LIMIT.

    Nothing where the item expands to nothing.
    """
    domain = item.domain
    if not domain.axes:
        yield Text(written, ())
        return
    if domain.size == 0:
        return
    occurring = [
        number
        for number, axis in enumerate(domain.axes)
        if any(mentions(text, name) for name in axis.names for text in written)
    ]
    part = Domain(tuple(domain.axes[number] for number in occurring))
    for count, some in enumerate(part.points()):
        if count == LIMIT:
            return
        values = part.values(some)
        point = [0] * len(domain.axes)
        for number, index in zip(occurring, some, strict=True):
            point[number] = index
        yield Text(tuple(substitute(text, values) for text in written), tuple(point))


def full_name(item: Item, point: tuple[int, ...]) -> str:
    """The name of the item's job, file or user data at `point`."""
    values: dict[str, Value] = item.domain.values(point)
    return substitute(item.name.text, values)
