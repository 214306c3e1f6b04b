"""The server: hears messages at once, and has one worker answer them in order."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from torclint.editor.client import Client, client_of
from torclint.editor.documents import OpenDocument, Stale
from torclint.editor.protocol import Protocol
from torclint.editor.worker import Worker
from torclint.rules.apply import RuleFailure
from torclint.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    from torclint.config.discovery import Configurations
    from torclint.editor.documents import Snapshot
    from torclint.editor.view import View

    Answer = TypeVar("Answer")

# seconds without a change after which a text is checked: while somebody goes on typing, and after a single edit, whose
# check is given up if another one follows
TYPING, ALONE = 0.15, 0.02
_PAUSE = 1.0  # seconds without a change after which one is a single edit


class TorclintServer(LanguageServer):
    """`configurations` finds the settings that are in force, anew each time: their files may have changed."""

    def __init__(self, configurations: Callable[[], Configurations]) -> None:
        super().__init__("torclint", __version__, protocol_cls=Protocol)
        self.client = Client()
        self.documents: dict[str, OpenDocument] = {}
        self.worker = Worker()
        self._configurations = configurations
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._checks: set[asyncio.Task[None]] = set()

    def met(self, params: types.InitializeParams) -> None:
        """Note what the client can do."""
        encoding = self.protocol.workspace.position_encoding
        self.client = client_of(params.capabilities, str(getattr(encoding, "value", encoding)))

    def opened(self, item: types.TextDocumentItem) -> None:
        self.documents[item.uri] = OpenDocument(item.uri, item.language_id, item.text, item.version)
        self.check_soon(item.uri, 0)

    def changed(self, params: types.DidChangeTextDocumentParams) -> None:
        document = self.documents.get(params.text_document.uri)
        if document is not None:
            document.change(params.content_changes, params.text_document.version, self.client.encoding)
            now = time.monotonic()
            alone = now - document.changed_at > _PAUSE
            document.changed_at = now
            self.check_soon(params.text_document.uri, ALONE if alone else TYPING)

    def closed(self, uri: str) -> None:
        document = self.documents.pop(uri, None)
        if document is not None:
            document.close()
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))

    def check_soon(self, uri: str, seconds: float) -> None:
        """Check a document once it was left alone for so many seconds."""
        timer = self._timers.pop(uri, None)
        if timer is not None:
            timer.cancel()
        self._timers[uri] = asyncio.get_running_loop().call_later(seconds, self._start_check, uri)

    def check_all(self) -> None:
        """Check all open documents: something beside them may have changed."""
        for uri, document in self.documents.items():
            document.age()
            self.check_soon(uri, 0)

    def _start_check(self, uri: str) -> None:
        self._timers.pop(uri, None)
        document = self.documents.get(uri)
        if document is not None:
            task = asyncio.get_running_loop().create_task(self._check(document))
            self._checks.add(task)
            task.add_done_callback(self._checks.discard)

    async def _check(self, document: OpenDocument) -> None:
        snapshot, told = document.now, document.problem
        try:
            found = await self.worker.do(document.check, snapshot, self.client, self._configurations)
        except Stale:
            return
        except RuleFailure as error:
            if str(error) != document.failure:  # once, and not at every key
                self._say(types.MessageType.Error, f"torclint could not check this spec: {error}")
            document.failure = str(error)
            return
        document.failure = ""
        if document.now.edition != snapshot.edition:
            return
        if document.problem and document.problem != told:
            self._say(types.MessageType.Warning, document.problem)
        uri = document.source.uri
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, found, snapshot.version))

    def _say(self, kind: types.MessageType, message: str) -> None:
        self.window_show_message(types.ShowMessageParams(kind, message))

    async def ask(self, uri: str, question: Callable[[OpenDocument, View], Answer], if_unknown: Answer) -> Answer:
        """What `question` finds in a document as it is now; the worker answers."""
        document = self.documents.get(uri)
        if document is None:
            return if_unknown
        return await self.worker.do(self._answer, document, document.now, question)

    async def ask_at_once(
        self, uri: str, question: Callable[[OpenDocument, View], Answer], if_unknown: Answer
    ) -> Answer:
        """The same from what was read before, for what is asked at every key."""
        document = self.documents.get(uri)
        if document is None:
            return if_unknown
        snapshot = document.now
        return await self.worker.do(
            lambda: question(document, document.glance(snapshot, self.client, self._configurations))
        )

    def _answer(
        self, document: OpenDocument, snapshot: Snapshot, question: Callable[[OpenDocument, View], Answer]
    ) -> Answer:
        return question(document, document.view(snapshot, self.client, self._configurations))
