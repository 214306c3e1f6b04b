"""Sentences that several checks say."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING
from torclint.spec.texts import full_name

if TYPE_CHECKING:
    from torclint.spec.model import Action, Item, Workflow
    from torclint.syntax.node import Mapping, Span

DRY_RUN = "`torc create --dry-run` does not catch this"


def example(item: Item, point: tuple[int, ...]) -> str:
    """For a message: which of the jobs it is, where the item has several."""
    return f" (for {full_name(item, point)})" if item.domain.size > 1 else ""


def action_subject(workflow: Workflow, action: Action) -> str:
    """The action as Torc numbers it in its own messages."""
    items = workflow.fields.get("actions", ())
    number = next((one.index + 1 for one in items if one.node is action.node), 0)
    return f"action #{number}"


def value_span(node: Mapping, field: str) -> Span:
    """Where the value of `field` stands, or else the whole."""
    value = node.get(field)
    return node.span if value is None else value.span


def key_span(node: Mapping, field: str) -> Span:
    """Where the name of `field` stands, or else the whole."""
    key = node.key(field)
    return node.span if key is None else key.span
