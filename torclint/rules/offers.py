"""The fixes that rules offer for entries of a job's lists: to drop one, or to write it otherwise. None where that would
touch anything else."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING
from torclint.rules.base import SAFE, FixOffer
from torclint.syntax.insertion import CannotEdit, remove_items, replace_string, with_anchors
from torclint.syntax.node import Sequence

if TYPE_CHECKING:
    from torclint.spec.model import Written
    from torclint.syntax.node import Document, Mapping


def command_for(code: str, applicability: str) -> str:
    """What to type for the fix of a rule."""
    return f"torclint fix --select {code}" + ("" if applicability == SAFE else " --unsafe-fixes")


def dropping(
    document: Document, owner: Mapping, field: str, entry: Written, code: str, applicability: str
) -> FixOffer | None:
    """Take `entry` out of the list `field` of `owner`."""
    try:
        edits = with_anchors(document, remove_items(document, owner, field, [entry.node]), (field,))
    except CannotEdit:
        return None
    title = f"remove `{entry.text}`"
    return FixOffer(applicability, title, command_for(code, applicability), tuple(edits))


def rewriting(
    document: Document, owner: Mapping, field: str, entry: Written, new: str, code: str, applicability: str
) -> FixOffer | None:
    """Write `new` in the place of `entry`, which stands in the list `field` of `owner` and holds no variables."""
    items = owner.get(field)
    if not isinstance(items, Sequence) or items.alias or all(item is not entry.node for item in items.items):
        return None
    if entry.node.value != entry.text:
        return None
    try:
        edits = with_anchors(document, [replace_string(document, entry.node, new)], (field,))
    except CannotEdit:
        return None
    return FixOffer(applicability, f"write `{new}`", command_for(code, applicability), tuple(edits))
