"""What the client can do, as far as answers depend on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pygls.capabilities import get_capability

if TYPE_CHECKING:
    from typing import Any

    from lsprotocol import types


class Client(NamedTuple):
    """`encoding`: the units in which positions count characters."""

    encoding: str = "utf-16"
    shows_related: bool = False
    takes_versions: bool = False  # edits that say which version of a text they are for
    resolves_edits: bool = False  # asks for the edits of a code action when it is chosen
    takes_links: bool = False  # of a definition: with the place that it was asked for
    takes_snippets: bool = False
    takes_symbol_trees: bool = False
    watches_files: bool = False


def client_of(capabilities: types.ClientCapabilities, encoding: str) -> Client:
    def can(path: str) -> bool:
        return bool(get_capability(capabilities, path))

    resolved: Any = get_capability(capabilities, "text_document.code_action.resolve_support")
    return Client(
        encoding=encoding,
        shows_related=can("text_document.publish_diagnostics.related_information"),
        takes_versions=can("workspace.workspace_edit.document_changes"),
        resolves_edits=resolved is not None
        and "edit" in resolved.properties
        and can("text_document.code_action.data_support"),
        takes_links=can("text_document.definition.link_support"),
        takes_snippets=can("text_document.completion.completion_item.snippet_support"),
        takes_symbol_trees=can("text_document.document_symbol.hierarchical_document_symbol_support"),
        watches_files=can("workspace.did_change_watched_files.dynamic_registration"),
    )
