"""The protocol with texts of our own: pygls splits lines at characters that the protocol knows nothing of, and finds
every place of a large text by going through all its lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from lsprotocol import types
from pygls.protocol import LanguageServerProtocol, lsp_method

if TYPE_CHECKING:
    from torclint.editor.server import TorclintServer


class Protocol(LanguageServerProtocol):
    """Hands what happens to texts on to the server, in order and at once."""

    @property
    def _ours(self) -> TorclintServer:
        return cast("TorclintServer", self._server)

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: types.DidOpenTextDocumentParams) -> None:
        self._ours.opened(params.text_document)

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: types.DidChangeTextDocumentParams) -> None:
        self._ours.changed(params)

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: types.DidCloseTextDocumentParams) -> None:
        self._ours.closed(params.text_document.uri)
