"""Whatever is typed into a spec, every question has an answer, and every answer has its place in the text; what is found
is what a check of the text alone finds."""

from __future__ import annotations

import contextlib

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lsprotocol import types

from tests.test_fuzz import JSON, JSON5, KDL, TOKENS, YAML
from torclint.checking.files import Source
from torclint.checking.one import check_one
from torclint.config.discovery import Configurations
from torclint.editor import actions, completion, hints, hover, lenses, references, rename, symbols
from torclint.editor.client import Client
from torclint.editor.documents import OpenDocument
from torclint.editor.view import View

SPECS = {"yaml": YAML, "json": JSON, "json5": JSON5, "kdl": KDL}
WHOLE = types.Range(types.Position(0, 0), types.Position(10_000, 0))

places = st.builds(types.Position, st.integers(0, 60), st.integers(0, 80))
edits = st.builds(
    lambda start, gone, text: types.TextDocumentContentChangePartial(
        types.Range(start, types.Position(start.line, start.character + gone)), text
    ),
    places,
    st.integers(0, 20) | st.just(0),
    st.sampled_from(TOKENS) | st.text(st.characters(), max_size=3),
)
cuts = st.builds(lambda share: share, st.floats(0, 1))
clients = st.builds(
    Client,
    encoding=st.sampled_from(["utf-8", "utf-16", "utf-32"]),
    shows_related=st.booleans(),
    takes_versions=st.booleans(),
    resolves_edits=st.booleans(),
    takes_links=st.booleans(),
    takes_snippets=st.booleans(),
    takes_symbol_trees=st.booleans(),
)


def configurations() -> Configurations:
    return Configurations(lambda settings: settings, isolated=True)


def ask_all(view: View, document: OpenDocument, place: types.Position) -> list[types.Range]:
    """Ask everything about a place; the ranges in the answers."""
    found = [location.range for location in references.references(view, place, True)]
    found += [each.range for each in references.highlights(view, place)]
    for each in references.definition(view, place):
        found.append(each.target_range if isinstance(each, types.LocationLink) else each.range)
    told = hover.hover(view, place)
    found += [told.range] if told is not None and told.range is not None else []
    offered = completion.completions(view, place)
    found += [item.text_edit.range for item in offered.items] if offered is not None else []
    found += [types.Range(hint.position, hint.position) for hint in hints.hints(view, WHOLE)]
    found += [lens.range for lens in lenses.lenses(view)]
    for branch in symbols.symbols(view):
        found.append(branch.range if isinstance(branch, types.DocumentSymbol) else branch.location.range)
    around = types.CodeActionParams(
        types.TextDocumentIdentifier("x"), types.Range(place, place), types.CodeActionContext([])
    )
    for action in actions.actions(view, document.findings(view), around):
        assert action.edit is not None or action.data is not None
    if rename.place_to_rename(view, place) is not None:
        with contextlib.suppress(rename.CannotRename):
            rename.rename(view, place, "a_new_name")
    return found


@given(st.sampled_from(sorted(SPECS)), st.lists(edits, max_size=5), cuts, places, clients)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text(
    format: str,
    steps: list[types.TextDocumentContentChangePartial],
    cut: float,
    place: types.Position,
    client: Client,
) -> None:
    spec = SPECS[format]
    document = OpenDocument(f"file:///spec.{format}", format, spec, 1)
    document.check(document.now, client, configurations)
    whole = types.TextDocumentContentChangeWholeDocument(spec[: int(cut * len(spec) * 2)])
    for change in (whole, *steps):
        document.change([change], None, client.encoding)
        for told in document.check(document.now, client, configurations):
            assert told.message
        view = document.view(document.now, client, configurations)
        fresh = check_one(Source(document.source.path, view.reading.text), found=False)
        assert fresh is not None
        assert not view.findings or view.findings == fresh.findings
        assert view.findings or not fresh.findings or not view.reading.is_spec
        for range in ask_all(view, document, place):
            start, end = view.places.offset(range.start), view.places.offset(range.end)
            assert 0 <= start <= end <= len(view.reading.text)
            assert view.places.range(start, end) == range
