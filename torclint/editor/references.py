"""Where what is named at a place is defined, and where else it is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from torclint.editor.declared import Declared
from torclint.editor.mentions import mention_at

if TYPE_CHECKING:
    from torclint.editor.mentions import Mention
    from torclint.editor.view import View
    from torclint.syntax.node import Span

MOST = 2000  # places: a pattern may match every job of a large spec


def definition(view: View, position: types.Position) -> list[types.LocationLink] | list[types.Location]:
    """The parts that a name or pattern stands for."""
    mention, declared = _asked(view, position)
    if mention is None or declared is None:
        return []
    groups = declared.meant_by(mention)[:MOST]
    if not view.client.takes_links:
        return _locations(view, [group.item.name.node.span for group in groups])
    origin = view.range(mention.span)
    links = []
    for group in groups:
        whole, name = view.range(group.item.node.span), view.range(group.item.name.node.span)
        if whole is not None and name is not None:
            links.append(types.LocationLink(view.source.uri, _around(whole, name), name, origin))
    return links


def references(view: View, position: types.Position, with_definitions: bool) -> list[types.Location]:
    """Every place that stands for what the name or pattern at `position` does, or for some of it."""
    mention, declared = _asked(view, position)
    if mention is None or declared is None:
        return []
    groups = declared.meant_by(mention)
    spans = [group.item.name.node.span for group in groups] if with_definitions else []
    spans += [use.span for use in declared.uses_of(groups, mention.kind)]
    return _locations(view, sorted(spans)[:MOST])


def highlights(view: View, position: types.Position) -> list[types.DocumentHighlight]:
    """The same places, to be shown in the text."""
    mention, declared = _asked(view, position)
    if mention is None or declared is None:
        return []
    groups = declared.meant_by(mention)
    read, write = types.DocumentHighlightKind.Read, types.DocumentHighlightKind.Write
    found = [(group.item.name.node.span, write) for group in groups]
    found += [(use.span, read) for use in declared.uses_of(groups, mention.kind)]
    ranges = ((view.range(span), kind) for span, kind in found[:MOST])
    return [types.DocumentHighlight(range, kind) for range, kind in ranges if range is not None]


def _asked(view: View, position: types.Position) -> tuple[Mention | None, Declared | None]:
    offset = view.offset(position)
    if view.graph is None or offset is None:
        return None, None
    mention = mention_at(view.graph.workflow, offset)
    return mention, None if mention is None else Declared(view.graph)


def _locations(view: View, spans: list[Span]) -> list[types.Location]:
    ranges = map(view.range, spans)
    return [types.Location(view.source.uri, range) for range in ranges if range is not None]


def _around(whole: types.Range, name: types.Range) -> types.Range:
    """The range of a part, which clients want to hold that of its name."""
    start = min(whole.start, name.start, key=_key)
    return types.Range(start, max(whole.end, name.end, key=_key))


def _key(position: types.Position) -> tuple[int, int]:
    return position.line, position.character
