"""Which store is meant: by its own path, by the spec that it ran, or the newest one here."""

# os.path, since what users write stays what it is
# ruff: noqa: PTH110, PTH118, PTH121
from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from torclint.run.store.database import NeverBegun, StoreError
from torclint.run.store.places import RUNS, is_store, numbered, stem_of, stores
from torclint.run.store.summary import Summary, summary_of

if TYPE_CHECKING:
    from collections.abc import Sequence


class NoRun(Exception):
    """There is no run to speak of. `str()` is one line."""


def find(word: str | None) -> Summary:
    """The run in the store at the path `word` or with that number, the newest run of the spec there, or the newest of all.

    Raises NoRun, and StoreError where it cannot be read.
    """
    if word is not None and is_store(word):
        return summary_of(word)
    is_number = word is not None and word.isascii() and word.isdigit() and not os.path.exists(word)
    if word is not None and is_number:
        store = numbered(int(word))
        if store is not None:
            return summary_of(str(store))
    found = newest_of(word) if word is not None else _newest()
    if found is None:
        which = "" if word is None else f" {word}" if is_number else f" of {word}"
        raise NoRun(f"there is no run{which} in {RUNS}")
    return found


def newest_of(spec: str, only: Sequence[str] | None = None, until: Sequence[str] = ()) -> Summary | None:
    """The newest run here of the spec at this path; if `only` is given, of these jobs of it and what the jobs in `until`
    need. Raises StoreError where that cannot be read."""
    stem = stem_of(spec)
    for path in stores():
        if path.stem.partition("-")[2] != stem:
            continue
        try:
            found = summary_of(str(path))
        except NeverBegun:
            continue
        if is_run_of(found, spec) and (only is None or _is_of_jobs(found, only, until)):
            return found
    return None


def history() -> list[Summary | StoreError]:
    """All runs here, the newest first; for one that cannot be read, why."""
    found: list[Summary | StoreError] = []
    for path in stores():
        try:
            found.append(summary_of(str(path)))
        except NeverBegun:
            continue
        except StoreError as error:
            found.append(error)
    return found


def _newest() -> Summary | None:
    for path in stores():
        try:
            return summary_of(str(path))
        except NeverBegun:
            continue
    return None


def _is_of_jobs(found: Summary, only: Sequence[str], until: Sequence[str]) -> bool:
    options = json.loads(found.options)
    return [options.get("only"), options.get("until")] == [list(only), list(until)]


def is_run_of(found: Summary, spec: str) -> bool:
    """Whether it is the spec at this path that was run."""
    ran = os.path.join(found.folder, found.path)
    try:
        return os.path.samefile(ran, spec)
    except OSError:
        return os.path.abspath(ran) == os.path.abspath(spec)  # noqa: PTH100
