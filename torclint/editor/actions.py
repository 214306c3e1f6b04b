"""What can be done about the findings at a place: fixes, barriers, and comments that ignore them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lsprotocol import types

from torclint.editor.barriers import block_at, insert
from torclint.editor.commands import BARRIERS_KIND, FIX_ALL_KIND
from torclint.editor.diagnostics import diagnostic_of
from torclint.fix.both import mend
from torclint.fix.repairs.passes import Wishes
from torclint.rules.base import SAFE
from torclint.rules.registry import RULES
from torclint.suppression.addition import with_ignore

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from torclint.editor.view import View
    from torclint.rules.base import Finding

_QUICK = types.CodeActionKind.QuickFix
# about the text as a whole, or about comments that ignore: there is nothing to ignore them with
_NOT_IGNORED = frozenset(("TL001", "TL005", "TL006"))
BLOCK, FILE, ALL, IGNORE = "block", "file", "all", "ignore"


def actions(view: View, findings: Iterable[Finding], params: types.CodeActionParams) -> list[types.CodeAction]:
    """The actions for a range. The edits of those that take planning are left to `resolve`, if the client asks for them."""
    if not view.is_current:
        return []
    findings = list(findings)
    first, last = view.places.offset(params.range.start), view.places.offset(params.range.end)
    here = [finding for finding in findings if finding.span.start <= last and first <= finding.span.end]
    found = [action for finding in here for action in _for(view, finding)]
    found += _for_all(view, findings, any(finding.code == "TL501" for finding in here))
    wanted = params.context.only
    found = [action for action in found if wanted is None or any(_is_kind(action.kind, kind) for kind in wanted)]
    if view.client.resolves_edits:
        return found
    resolved = (action if action.data is None else resolve(view, action) for action in found)
    return [action for action in resolved if action.edit is not None]


def resolve(view: View, action: types.CodeAction) -> types.CodeAction:
    """The action with its edits, if it can be had."""
    about: Any = action.data
    edits = _edits(view, about["what"], about.get("start", 0), about.get("code", "")) if view.is_current else ()
    if edits:
        action.edit = view.changes(edits)
    return action


def _edits(view: View, what: str, start: int, code: str) -> Any:
    graph, path, settings = view.graph, view.source.path, view.settings
    assert graph is not None
    if what == BLOCK:
        block = block_at(graph, start, settings)
        return () if block is None else insert(graph, path, settings, block).edits
    if what == FILE:
        return insert(graph, path, settings).edits
    if what == IGNORE:
        return with_ignore(graph.workflow.document, code, start)
    everything = Wishes(frozenset(entry.code for entry in RULES))
    return mend(graph.workflow.document, path, settings, everything, with_barriers=False).edits


def _for(view: View, finding: Finding) -> Iterator[types.CodeAction]:
    told = [diagnostic_of(finding, view.places, view.source.uri, view.client.shows_related)]
    fix = finding.fix
    if fix is not None and fix.edits:
        is_safe = fix.applicability == SAFE
        title = f"torclint ({finding.code}): {fix.title}" + (
            "" if is_safe else " (unsafe: other jobs may be waited for)"
        )
        yield types.CodeAction(title, _QUICK, told, is_preferred=is_safe, edit=view.changes(fix.edits))
    if finding.code == "TL501":
        yield _deferred(
            view, "torclint: insert a barrier for these dependencies", _QUICK, told, BLOCK, finding, is_preferred=True
        )
    if finding.code not in _NOT_IGNORED and view.document is not None and view.document.format != "json":
        yield _deferred(view, f"torclint: ignore {finding.code} ({finding.name}) here", _QUICK, told, IGNORE, finding)


def _deferred(
    view: View,
    title: str,
    kind: str,
    told: list[types.Diagnostic],
    what: str,
    finding: Finding,
    is_preferred: bool = False,
) -> types.CodeAction:
    about = {
        "uri": view.source.uri,
        "version": view.version,
        "what": what,
        "start": finding.span.start,
        "code": finding.code,
    }
    return types.CodeAction(title, kind, told, is_preferred=is_preferred or None, data=about)


def _for_all(view: View, findings: list[Finding], at_block: bool) -> Iterator[types.CodeAction]:
    about = {"uri": view.source.uri, "version": view.version}
    number = sum(finding.code == "TL501" for finding in findings)
    if number:
        title = "torclint: insert all barriers that save dependencies"
        yield types.CodeAction(title, BARRIERS_KIND, data={**about, "what": FILE})
        if at_block and number > 1:
            yield types.CodeAction(title, _QUICK, data={**about, "what": FILE})
    if any(finding.fix is not None and finding.fix.edits and finding.fix.applicability == SAFE for finding in findings):
        yield types.CodeAction("torclint: make all safe fixes", FIX_ALL_KIND, data={**about, "what": ALL})


def _is_kind(kind: str | None, wanted: str) -> bool:
    return kind is not None and (kind == wanted or kind.startswith(f"{wanted}."))
