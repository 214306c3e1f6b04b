"""An editor as the tests see it: a real client that starts `torclint server` and talks to it over stdin and stdout."""

from __future__ import annotations

import asyncio
import sys
from itertools import pairwise
from typing import Any

from lsprotocol import types
from pygls.lsp.client import LanguageClient

SECONDS = 60  # after which an answer is taken never to come

_CLIENT = types.ClientCapabilities(
    text_document=types.TextDocumentClientCapabilities(
        publish_diagnostics=types.PublishDiagnosticsClientCapabilities(related_information=True),
        code_action=types.CodeActionClientCapabilities(
            data_support=True, resolve_support=types.ClientCodeActionResolveOptions(["edit"])
        ),
        completion=types.CompletionClientCapabilities(
            completion_item=types.ClientCompletionItemOptions(snippet_support=False)
        ),
        definition=types.DefinitionClientCapabilities(link_support=False),
        document_symbol=types.DocumentSymbolClientCapabilities(hierarchical_document_symbol_support=True),
    ),
    workspace=types.WorkspaceClientCapabilities(workspace_edit=types.WorkspaceEditClientCapabilities()),
)


class Editor:
    """One server and its client. Every method waits for what it asks for."""

    def __init__(self, root: str, *options: str, encoding: str = "utf-16") -> None:
        self._loop = asyncio.new_event_loop()
        self._client = LanguageClient("tests", "1")
        self._published: dict[tuple[str, int | None], list[types.Diagnostic]] = {}
        self._log: list[tuple[str, int | None]] = []
        self._news = asyncio.Event()
        self._versions: dict[str, int] = {}
        self.applied: list[types.WorkspaceEdit] = []
        self.told: list[str] = []
        self.texts: dict[str, str] = {}
        self._listen()
        self._run(self._client.start_io(sys.executable, "-m", "torclint", "server", *options))
        _CLIENT.general = types.GeneralClientCapabilities(position_encodings=[types.PositionEncodingKind(encoding)])
        self.capabilities = self._run(
            self._client.initialize_async(types.InitializeParams(_CLIENT, root_uri=f"file://{root}"))
        ).capabilities
        self._client.initialized(types.InitializedParams())

    def _listen(self) -> None:
        @self._client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def published(params: types.PublishDiagnosticsParams) -> None:
            self._published[params.uri, params.version] = list(params.diagnostics)
            self._log.append((params.uri, params.version))
            self._news.set()

        @self._client.feature(types.WORKSPACE_APPLY_EDIT)
        def applied(params: types.ApplyWorkspaceEditParams) -> types.ApplyWorkspaceEditResult:
            self.applied.append(params.edit)
            self._news.set()
            return types.ApplyWorkspaceEditResult(applied=True)

        @self._client.feature(types.WINDOW_SHOW_MESSAGE)
        def told(params: types.ShowMessageParams) -> None:
            self.told.append(params.message)
            self._news.set()

        @self._client.feature(types.CLIENT_REGISTER_CAPABILITY)
        def registered(_params: types.RegistrationParams) -> None: ...

    def _run(self, task: Any) -> Any:
        return self._loop.run_until_complete(asyncio.wait_for(task, SECONDS))

    async def _until(self, there: Any) -> None:
        while not there():
            self._news.clear()
            await self._news.wait()

    @property
    def process(self) -> int:
        """The server's process."""
        assert self._client._server is not None
        return self._client._server.pid

    def close(self) -> None:
        self._run(self._client.shutdown_async(None))
        self._client.exit(None)
        self._run(self._client.stop())
        self._loop.close()

    def open(self, uri: str, text: str, language: str = "yaml") -> list[types.Diagnostic]:
        """Open a text; its diagnostics."""
        self._versions[uri] = self._versions.get(uri, 0) + 1
        self.texts[uri] = text
        item = types.TextDocumentItem(uri, language, self._versions[uri], text)
        self._client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        return self.diagnostics(uri)

    def change(self, uri: str, *changes: types.TextDocumentContentChangeEvent) -> None:
        """Send edits, and wait for nothing."""
        self._versions[uri] += 1
        identifier = types.VersionedTextDocumentIdentifier(self._versions[uri], uri)
        self._client.text_document_did_change(types.DidChangeTextDocumentParams(identifier, list(changes)))

    def type(self, uri: str, line: int, column: int, text: str, gone: int = 0) -> None:
        """Put `text` where `gone` characters stand at a place that is counted from 0."""
        start, end = types.Position(line, column), types.Position(line, column + gone)
        self.change(uri, types.TextDocumentContentChangePartial(types.Range(start, end), text))

    def replace(self, uri: str, text: str) -> None:
        """Put another text in the place of the whole."""
        self.texts[uri] = text
        self.change(uri, types.TextDocumentContentChangeWholeDocument(text))

    def diagnostics(self, uri: str) -> list[types.Diagnostic]:
        """The diagnostics of the text as it is now."""
        key = uri, self._versions[uri]
        self._run(self._until(lambda: key in self._published))
        return self._published[key]

    def versions_told(self, uri: str) -> list[int | None]:
        """The versions of a text whose diagnostics came, in order."""
        return [version for known, version in self._log if known == uri]

    def forget(self, uri: str) -> None:
        """Have `diagnostics` wait for those that come from now on."""
        del self._published[uri, self._versions[uri]]

    def close_text(self, uri: str) -> None:
        identifier = types.TextDocumentIdentifier(uri)
        self._client.text_document_did_close(types.DidCloseTextDocumentParams(identifier))

    def told_last(self, uri: str) -> list[types.Diagnostic]:
        """The diagnostics without a version: those after a text was closed."""
        self.wait(lambda: (uri, None) in self._published)
        return self._published[uri, None]

    def ask(self, method: str, uri: str, **more: Any) -> Any:
        """The answer to a request about a text."""
        wanted = types.METHOD_TO_TYPES[method][2]
        params = wanted(text_document=types.TextDocumentIdentifier(uri), **more)
        return self.request(method, params)

    def request(self, method: str, params: Any) -> Any:
        return self._run(self._request(method, params))

    async def _request(self, method: str, params: Any) -> Any:
        return await self._client.protocol.send_request_async(method, params)

    def notify(self, method: str, params: Any) -> None:
        self._client.protocol.notify(method, params)

    def wait(self, there: Any) -> None:
        """Wait until news make `there()` true."""
        self._run(self._until(there))


def edited(text: str, edits: Any) -> str:
    """A text with edits made as an editor makes them; places are in UTF-16, and no two edits overlap."""
    lines = text.splitlines(keepends=True)

    def offset(position: types.Position) -> int:
        line = lines[position.line] if position.line < len(lines) else ""
        before = line.encode("utf-16-le")[: 2 * position.character].decode("utf-16-le")
        return sum(map(len, lines[: position.line])) + len(before)

    placed = sorted((offset(edit.range.start), offset(edit.range.end), edit.new_text) for edit in edits)
    assert all(one[1] <= other[0] for one, other in pairwise(placed))
    for start, end, new in reversed(placed):
        text = text[:start] + new + text[end:]
    return text
