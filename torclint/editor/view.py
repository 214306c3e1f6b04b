"""What a question about a document is answered from: the last text that could be read, seen from the one there is now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from torclint.editor.positions import Places
from torclint.editor.reading import Drift

if TYPE_CHECKING:
    from collections.abc import Iterable

    from torclint.config.settings import Settings
    from torclint.editor.client import Client
    from torclint.editor.reading import Reading
    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.base import Finding
    from torclint.syntax.node import Document, Span
    from torclint.text.edits import Edit


class View:
    """One version of a document. Offsets are those of `graph`; `offset` and `range` lead from and to what the client has.

    `graph` is None where no text could be read yet. `findings` are those of the text that there is now.
    """

    def __init__(
        self,
        reading: Reading,
        version: int | None,
        settings: Settings,
        client: Client,
        findings: tuple[Finding, ...] = (),
    ) -> None:
        self.reading = reading
        self.source = reading.source
        self.version = version
        self.settings = settings
        self.client = client
        self.findings = findings
        self.places = Places(reading.lines, client.encoding)
        shown = reading.shown
        self.graph: WorkflowGraph | None = None if shown is None else shown.graph
        self._drift = None if shown is None or shown is reading else Drift(shown.text, reading.text)

    @property
    def is_current(self) -> bool:
        """Whether the graph is that of the text that there is now."""
        return self.reading.graph is not None

    @property
    def document(self) -> Document | None:
        return None if self.graph is None else self.graph.workflow.document

    def offset(self, position: types.Position) -> int | None:
        """Where in the text of the graph a position is; None where that was edited since."""
        offset = self.places.offset(position)
        if self._drift is None:
            return offset
        before = self._drift.before(offset, offset)
        return None if before is None else before[0]

    def range(self, span: Span | tuple[int, int]) -> types.Range | None:
        """The range of a span of the graph; None where that was edited since."""
        start, end = span
        if self._drift is not None:
            now = self._drift.now(start, end)
            if now is None:
                return None
            start, end = now
        return self.places.range(start, end)

    def changes(self, edits: Iterable[Edit]) -> types.WorkspaceEdit:
        """Edits on the current text as the client takes them."""
        found = [self.places.edit(edit) for edit in edits]
        uri = self.source.uri
        if not self.client.takes_versions:
            return types.WorkspaceEdit(changes={uri: found})
        identifier = types.OptionalVersionedTextDocumentIdentifier(uri, self.version)
        return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(identifier, list(found))])
