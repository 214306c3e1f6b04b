"""Which message is answered by what."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.exceptions import JsonRpcContentModified, JsonRpcException
from pygls.uris import to_fs_path

from torclint.config.discovery import OWN_FILE, PROJECT_FILE
from torclint.editor import actions, barriers, completion, hints, hover, lenses, references, rename, symbols
from torclint.editor.commands import BARRIERS_KIND, FIX_ALL_KIND, INSERT_BARRIERS
from torclint.editor.server import TorclintServer

if TYPE_CHECKING:
    from collections.abc import Callable

    from torclint.config.discovery import Configurations

_ACTION_KINDS = [types.CodeActionKind.QuickFix, FIX_ALL_KIND, BARRIERS_KIND]


def make_server(configurations: Callable[[], Configurations]) -> TorclintServer:
    """A server with all features, ready to be started."""
    server = TorclintServer(configurations)
    _about_the_session(server)
    _about_places(server)
    _about_texts(server)
    _about_changes(server)
    return server


def _about_the_session(server: TorclintServer) -> None:
    @server.feature(types.INITIALIZE)
    def initialize(params: types.InitializeParams) -> None:
        server.met(params)
        root = to_fs_path(params.root_uri) if params.root_uri else params.root_path
        if root is not None:
            with contextlib.suppress(OSError):  # paths in specs are taken from where Torc is started
                os.chdir(root)

    @server.feature(types.INITIALIZED)
    def initialized(_params: types.InitializedParams) -> None:
        if server.client.watches_files:
            watched = [types.FileSystemWatcher(f"**/{name}") for name in (OWN_FILE, PROJECT_FILE)]
            options = types.DidChangeWatchedFilesRegistrationOptions(watched)
            registration = types.Registration("torclint-settings", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
            server.client_register_capability(types.RegistrationParams([registration]))

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def files_changed(_params: types.DidChangeWatchedFilesParams) -> None:
        server.check_all()

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(_params: types.DidSaveTextDocumentParams) -> None:
        server.check_all()  # a configuration, or a table that a spec reads

    @server.feature(types.SHUTDOWN)
    def shutdown(_params: None = None) -> None:
        server.worker.stop()


def _about_places(server: TorclintServer) -> None:
    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def on_hover(params: types.HoverParams) -> types.Hover | None:
        return await server.ask(params.text_document.uri, lambda _, view: hover.hover(view, params.position), None)

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    async def on_definition(params: types.DefinitionParams) -> Any:
        return await server.ask(
            params.text_document.uri, lambda _, view: references.definition(view, params.position), None
        )

    @server.feature(types.TEXT_DOCUMENT_REFERENCES)
    async def on_references(params: types.ReferenceParams) -> list[types.Location] | None:
        with_definitions = params.context.include_declaration
        return await server.ask(
            params.text_document.uri,
            lambda _, view: references.references(view, params.position, with_definitions),
            None,
        )

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT)
    async def on_highlight(params: types.DocumentHighlightParams) -> list[types.DocumentHighlight] | None:
        return await server.ask(
            params.text_document.uri, lambda _, view: references.highlights(view, params.position), None
        )

    @server.feature(types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=list("{\"'[.")))
    async def on_completion(params: types.CompletionParams) -> types.CompletionList | None:
        return await server.ask_at_once(
            params.text_document.uri, lambda _, view: completion.completions(view, params.position), None
        )


def _about_texts(server: TorclintServer) -> None:
    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    async def on_symbols(params: types.DocumentSymbolParams) -> Any:
        return await server.ask(params.text_document.uri, lambda _, view: symbols.symbols(view), None)

    @server.feature(types.TEXT_DOCUMENT_INLAY_HINT)
    async def on_hints(params: types.InlayHintParams) -> list[types.InlayHint] | None:
        return await server.ask(params.text_document.uri, lambda _, view: hints.hints(view, params.range), None)

    @server.feature(types.TEXT_DOCUMENT_CODE_LENS)
    async def on_lenses(params: types.CodeLensParams) -> list[types.CodeLens] | None:
        return await server.ask(params.text_document.uri, lambda _, view: lenses.lenses(view), None)


def _about_changes(server: TorclintServer) -> None:
    @server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(code_action_kinds=_ACTION_KINDS, resolve_provider=True)
    )
    async def on_actions(params: types.CodeActionParams) -> list[types.CodeAction] | None:
        return await server.ask(
            params.text_document.uri,
            lambda document, view: actions.actions(view, document.findings(view), params),
            None,
        )

    @server.feature(types.CODE_ACTION_RESOLVE)
    async def on_resolve(action: types.CodeAction) -> types.CodeAction:
        about: Any = action.data
        document = server.documents.get(about["uri"])
        if document is None or document.now.version != about["version"]:
            raise JsonRpcContentModified("the text was changed since")
        resolved = await server.ask(about["uri"], lambda _, view: actions.resolve(view, action), action)
        if resolved.edit is None:
            server.window_show_message(
                types.ShowMessageParams(types.MessageType.Info, "torclint: nothing to change here")
            )
        return resolved

    @server.feature(types.TEXT_DOCUMENT_PREPARE_RENAME)
    async def on_prepare(params: types.PrepareRenameParams) -> types.PrepareRenamePlaceholder | None:
        return await server.ask(
            params.text_document.uri, lambda _, view: rename.place_to_rename(view, params.position), None
        )

    @server.feature(types.TEXT_DOCUMENT_RENAME, types.RenameOptions(prepare_provider=True))
    async def on_rename(params: types.RenameParams) -> types.WorkspaceEdit | None:
        try:
            return await server.ask(
                params.text_document.uri, lambda _, view: rename.rename(view, params.position, params.new_name), None
            )
        except rename.CannotRename as error:
            raise JsonRpcException(f"not renamed: {error}", types.LSPErrorCodes.RequestFailed.value) from None

    @server.command(INSERT_BARRIERS)
    async def on_insert(uri: str, offset: int) -> None:
        def planned(_: Any, view: Any) -> tuple[types.WorkspaceEdit | None, str]:
            if view.graph is None or not view.is_current:
                return None, "the spec cannot be read as it is now"
            block = barriers.block_at(view.graph, offset, view.settings)
            inserted = barriers.insert(view.graph, view.source.path, view.settings, block)
            return (view.changes(inserted.edits) if inserted.edits else None), inserted.reason

        nothing: tuple[types.WorkspaceEdit | None, str] = (None, "the document is not open")
        edit, reason = await server.ask(uri, planned, nothing)
        if edit is None:
            message = f"torclint: no barrier was inserted: {reason}"
            server.window_show_message(types.ShowMessageParams(types.MessageType.Info, message))
            return
        server.workspace_apply_edit(types.ApplyWorkspaceEditParams(edit, "insert barriers"))
