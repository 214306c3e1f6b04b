"""What is told about the place under the pointer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from torclint.editor.mentions import mention_at
from torclint.editor.names_told import about_mention
from torclint.editor.spot import spot_at
from torclint.editor.values_told import about_value
from torclint.editor.wording import field_documentation, rule_explanation
from torclint.rules.documentation import documentation
from torclint.rules.registry import find, load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.editor.view import View
    from torclint.syntax.node import Span

_RULES = 3


def hover(view: View, position: types.Position) -> types.Hover | None:
    """Names and patterns: what they stand for; fields: what they do; findings: why they matter."""
    told = list(_told(view, position))
    texts = [text for text, _ in told] + list(_rules_at(view, position))
    if not texts:
        return None
    range = view.range(told[0][1]) if told else None
    return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, "\n\n---\n\n".join(texts)), range)


def _told(view: View, position: types.Position) -> Iterator[tuple[str, Span]]:
    offset = view.offset(position)
    if view.graph is None or offset is None or not view.reading.is_spec:
        return
    workflow = view.graph.workflow
    mention = mention_at(workflow, offset)
    spot = spot_at(workflow.document, offset, workflow.torc)
    if mention is not None and not (spot is not None and spot.on_key and workflow.document.format != "kdl"):
        yield about_mention(view.graph, mention, view.settings.thresholds), mention.span
        return
    if spot is None:
        return
    if not spot.on_key:
        value = about_value(spot, workflow)
        if value:
            yield value, spot.node.span
            return
    if not spot.inside:
        yield field_documentation(spot.field), spot.key.span if spot.on_key else spot.node.span


def _rules_at(view: View, position: types.Position) -> Iterator[str]:
    if not view.is_current:
        return
    offset = view.places.offset(position)
    codes = [each.code for each in view.findings if each.span.start <= offset <= max(each.span.end, each.span.start)]
    for code in list(dict.fromkeys(codes))[:_RULES]:
        yield rule_explanation(documentation(load(find(code))))
