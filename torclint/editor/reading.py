"""One text of an open document, read as far as it goes; where it is broken, with the last one that was not."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from torclint.checking.one import graph_of
from torclint.collecting import NotCollecting
from torclint.spec.memory import Memory
from torclint.syntax.detect import read
from torclint.syntax.find import is_spec_document, speaks_of_commands, speaks_of_jobs
from torclint.syntax.node import Mapping, ParseError
from torclint.syntax.yaml_again import read_again
from torclint.text.change import change_between

if TYPE_CHECKING:
    from torclint.graph.workflow import WorkflowGraph
    from torclint.syntax.node import Document
    from torclint.text.lines import LineIndex


class Source:
    """What stays the same of a document while it is edited. `name` tells its format, `path` its place in the file system."""

    def __init__(self, uri: str, path: str, language: str) -> None:
        self.uri = uri
        self.path = path
        self.name = path if "." in os.path.split(path)[1] else f"{path or 'untitled'}.{_ending(language)}"
        self.is_declared = language == "torc"  # an editor that has a word for specs says that this is one


def _ending(language: str) -> str:
    return language if language in ("json", "json5", "kdl") else "yaml"


class Reading:
    """A text and what it says. `graph` is None where it cannot be read; then `error` says why.

    `shown` is what there is to show instead: this reading, or the last one that had a graph.
    """

    def __init__(self, source: Source, lines: LineIndex, torc: str, before: Reading | None) -> None:
        self.source = source
        self.lines = lines
        self.text = lines.text
        self.torc = torc
        self.memory: Memory = before.memory if before is not None else Memory()
        self.error: ParseError | None = None
        self.graph: WorkflowGraph | None = None
        self.is_spec: bool = source.is_declared or (before is not None and before.is_spec)
        document = self._document(before.shown if before is not None else None)
        if document is not None:
            self.graph = graph_of(document, torc, self.memory)
            self.is_spec = self.is_spec or is_spec_document(document)
        else:
            speaks = speaks_of_jobs(self.text, source.name) and speaks_of_commands(self.text, source.name)
            self.is_spec = self.is_spec or speaks
        self.shown: Reading | None = self if self.graph is not None else None
        if self.shown is None and before is not None:
            self.shown = before.shown

    def followed_by(self, lines: LineIndex) -> Reading:
        """A later text of which nothing was read."""
        later = Reading.__new__(Reading)
        later.__dict__ |= self.__dict__ | {"lines": lines, "text": lines.text, "graph": None, "error": None}
        return later

    def _document(self, shown: Reading | None) -> Document | None:
        """The document of this text: that of the reading `shown`, brought up to date, or a new one."""
        known = shown.graph.workflow.document if shown is not None and shown.graph is not None else None
        try:
            with NotCollecting():
                if known is not None and read_again(known, self.text):
                    assert shown is not None
                    shown.graph = shown.shown = None  # its places are now those of this text
                    known.use(self.lines)
                    return known
                document = read(self.text, self.source.name)
        except ParseError as error:
            self.error = error
            return None
        document.use(self.lines)
        return document

    @property
    def document(self) -> Document | None:
        return None if self.graph is None else self.graph.workflow.document

    @property
    def is_mapping(self) -> bool:
        document = self.document
        return document is not None and isinstance(document.root, Mapping)


class Drift:
    """Where places of an old text are in a new one, and the other way round; what was edited has no place."""

    def __init__(self, old: str, new: str) -> None:
        change = change_between(old, new)
        self._start, self._old_end = change.start, change.end
        self._new_end = change.start + len(change.replacement)

    def now(self, start: int, end: int) -> tuple[int, int] | None:
        """What text[start:end] of the old text is in the new one."""
        return _moved(start, end, self._start, self._old_end, self._new_end)

    def before(self, start: int, end: int) -> tuple[int, int] | None:
        """What text[start:end] of the new text was in the old one."""
        return _moved(start, end, self._start, self._new_end, self._old_end)


def _moved(start: int, end: int, first: int, last: int, other: int) -> tuple[int, int] | None:
    if end <= first:
        return start, end
    shift = other - last
    if start >= last:
        return start + shift, end + shift
    if start <= first and end >= last:
        return start, end + shift  # the edit lies within
    return None
