"""The documents that are open: their texts, and what was read and found in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pygls.uris import to_fs_path

from torclint.checking.one import findings_in, refused
from torclint.config.settings import ConfigError, Settings
from torclint.editor.diagnostics import diagnostics_of
from torclint.editor.positions import Places
from torclint.editor.reading import Reading, Source
from torclint.editor.view import View
from torclint.text.edits import Edit
from torclint.text.lines import LineIndex

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lsprotocol import types

    from torclint.config.discovery import Configurations
    from torclint.editor.client import Client
    from torclint.rules.base import Finding


class Stale(Exception):
    """The text changed while it was checked: nobody wants to know any more."""


class Snapshot:
    """A text at one moment. `edition` counts the changes, whatever versions the client counts."""

    __slots__ = ("edition", "lines", "version")

    def __init__(self, lines: LineIndex, version: int | None, edition: int) -> None:
        self.lines = lines
        self.version = version
        self.edition = edition


class OpenDocument:
    """An open document. What is read of it belongs to the worker; only `now` is changed by the client."""

    def __init__(self, uri: str, language: str, text: str, version: int | None) -> None:
        self.source = Source(uri, to_fs_path(uri) or uri.rpartition(":")[2], language)
        self.now = Snapshot(LineIndex(text), version, 0)
        self.changed_at = 0.0  # by time.monotonic
        self.problem = ""  # what is wrong with the configuration, as it was told last
        self.failure = ""  # the rule that broke down, as it was told last
        self._aged = False  # files beside the text may have changed since it was read
        self._reading: Reading | None = None
        self._settings: Settings | None = None
        self._findings: tuple[Reading, tuple[Finding, ...]] | None = None

    def change(
        self, changes: Sequence[types.TextDocumentContentChangeEvent], version: int | None, encoding: str
    ) -> None:
        """Make the edits of one notification, one after the other."""
        lines = self.now.lines
        for change in changes:
            place: types.Range | None = getattr(change, "range", None)
            if place is None:
                lines = LineIndex(change.text)
                continue
            places = Places(lines, encoding)
            start = places.offset(place.start)
            lines = lines.edited(Edit(start, max(start, places.offset(place.end)), change.text))
        self.now = Snapshot(lines, version, self.now.edition + 1)

    def age(self) -> None:
        """Read it anew, though the text is the same: it may name tables, which somebody saved."""
        self._aged = True

    def close(self) -> None:
        """No check that is under way has anybody to tell."""
        self.now = Snapshot(self.now.lines, None, self.now.edition + 1)

    def view(self, snapshot: Snapshot, client: Client, configurations: Callable[[], Configurations]) -> View:
        """What there is to say about a text; for the worker."""
        if self._settings is None:
            self._settings = self._settings_from(configurations)
        reading = self._read(snapshot)
        known = self._findings
        found = known[1] if known is not None and known[0] is reading else ()
        return View(reading, snapshot.version, self._settings, client, found)

    def glance(self, snapshot: Snapshot, client: Client, configurations: Callable[[], Configurations]) -> View:
        """The same as far as it was read before: for questions about what is being typed, which must not wait."""
        known = self._reading
        if known is None or self._settings is None or known.text == snapshot.lines.text:
            return self.view(snapshot, client, configurations)
        return View(known.followed_by(snapshot.lines), snapshot.version, self._settings, client)

    def check(
        self, snapshot: Snapshot, client: Client, configurations: Callable[[], Configurations]
    ) -> list[types.Diagnostic]:
        """The diagnostics of a text; for the worker. Raises Stale where there is another one by then, and RuleFailure."""

        def pause() -> None:
            if self.now.edition != snapshot.edition:
                raise Stale

        pause()
        self._settings = self._settings_from(configurations)
        view = View(self._read(snapshot), snapshot.version, self._settings, client)
        found = self._found(view, pause)
        return diagnostics_of(found, view.places, self.source.uri, client.shows_related)

    def findings(self, view: View) -> tuple[Finding, ...]:
        """What is found in the text of a view, whoever asked for it first. Raises RuleFailure."""
        return self._found(view, lambda: None)

    def _read(self, snapshot: Snapshot) -> Reading:
        assert self._settings is not None
        torc = self._settings.torc
        known = self._reading
        if known is None or known.torc != torc:
            known = self._reading = Reading(self.source, snapshot.lines, torc, None)
        elif self._aged or known.text != snapshot.lines.text:
            known = self._reading = Reading(self.source, snapshot.lines, torc, known)
        self._aged = False
        return known

    def _found(self, view: View, pause: Callable[[], None]) -> tuple[Finding, ...]:
        reading, settings, path = view.reading, view.settings, self.source.path
        if not reading.is_spec or settings.excludes(path):
            found: tuple[Finding, ...] = ()
        elif reading.error is not None:
            found = refused(reading.error, reading.text, settings)
        else:
            pause()
            assert reading.graph is not None
            found = findings_in(reading.graph, path, settings, pause)
        self._findings = reading, found
        return found

    def _settings_from(self, configurations: Callable[[], Configurations]) -> Settings:
        try:
            settings = configurations().of(self.source.path)
            self.problem = ""
        except ConfigError as error:
            self.problem = str(error)
            settings = self._settings or Settings()
        return settings
