"""Making, opening and checking the SQLite file of a store."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any

from torclint.run.store.schema import APPLICATION, SCHEMA, VERSION, About

if TYPE_CHECKING:
    from collections.abc import Iterator

_PATIENCE = 5.0  # seconds to wait for another program that writes to the file
_CHECKPOINT = 4000  # pages in the log that are put into their place together
_FILES = ("", "-wal", "-shm", "-journal")


class StoreError(Exception):
    """A store cannot be used. `str()` is one line: the path, what is wrong, and what to do."""

    def __init__(self, path: str, text: str) -> None:
        super().__init__(f"{path}: {text}")


class NeverBegun(StoreError):
    """The file is empty: the runner died before it wrote anything down."""

    def __init__(self, path: str) -> None:
        super().__init__(path, "holds no run: nothing was ever written to it")


def create(path: str, about: About) -> sqlite3.Connection:
    """A new store in the file at `path`, which is missing or empty. Raises StoreError."""
    with understood(path):
        database = _connect(path)
        # Until something is in it there is nothing to lose, and an fsync takes longer than all the rest.
        database.execute("PRAGMA synchronous = OFF")
        database.execute("PRAGMA journal_mode = WAL")
        database.executescript(
            f"BEGIN; {SCHEMA} PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION};"
        )
        write_about(database, about)
        database.execute("COMMIT")
        _set_up(database)
        return database


def open_store(path: str, *, check: bool = False) -> sqlite3.Connection:
    """The store at `path`; with `check`, all of it is read for damage. Raises StoreError."""
    if not os.path.exists(path):  # noqa: PTH110
        raise StoreError(path, "no such store")
    if not os.path.getsize(path):  # noqa: PTH202
        raise NeverBegun(path)
    if check and _is_torn(path):
        raise _damaged(path, "its last page is not complete")
    with understood(path):
        database = _connect(path)
        try:
            _check_version(path, database)
            if check:
                _check_pages(path, database)
            _set_up(database)
        except BaseException:
            database.close()
            raise
        return database


def read_about(path: str, database: sqlite3.Connection) -> About:
    """Raises StoreError where something is missing or not what it should be."""
    with understood(path):
        found: dict[str, Any] = {
            name: os.fsdecode(value) if isinstance(value, bytes) else value
            for name, value in database.execute("SELECT name, value FROM about")
        }
    wanted = {name: type(default) for name, default in About("", "", "", "", "", "", "")._asdict().items()}
    if any(not isinstance(found.get(name), kind) for name, kind in wanted.items()) or not _is_object(found["options"]):
        raise _damaged(path, "it does not say what it is about")
    return About(**{name: found[name] for name in wanted})


def _is_object(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False


def write_about(database: sqlite3.Connection, about: About) -> None:
    database.executemany(
        "INSERT OR REPLACE INTO about VALUES (?, ?)",
        ((name, storable(value)) for name, value in about._asdict().items()),
    )


def storable(value: str | int) -> str | int | bytes:
    """`value` as SQLite takes it: text that is no UTF-8, such as a path may be, as bytes."""
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError:
            return os.fsencode(value)
    return value


def discard(path: str) -> None:
    """Remove a store with what lies beside it."""
    for ending in _FILES:
        with contextlib.suppress(OSError):
            os.unlink(path + ending)  # noqa: PTH108


@contextlib.contextmanager
def understood(path: str) -> Iterator[None]:
    """Errors of SQLite as StoreError, with what to do about them."""
    try:
        yield
    except sqlite3.Error as error:
        raise _refusal(path, error) from error


def trouble_of(error: sqlite3.Error) -> str:
    """What keeps a store from being written, in a few words."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_FULL:
        return "the disk is full"
    return f"{error}"


def _refusal(path: str, error: sqlite3.Error) -> StoreError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT) or code == sqlite3.SQLITE_ERROR:
        return _damaged(path, str(error))
    return StoreError(path, f"cannot be used: {trouble_of(error)}")


def _damaged(path: str, what: str) -> StoreError:
    return StoreError(path, f"is damaged, or not a store of torclint: {what}; torclint run --fresh starts a new run")


def _connect(path: str) -> sqlite3.Connection:
    uri = f"{Path(path).absolute().as_uri()}?mode=rwc"
    return sqlite3.connect(uri, uri=True, isolation_level=None, timeout=_PATIENCE)


def _set_up(database: sqlite3.Connection) -> None:
    # With the log, this loses nothing when a program dies; only after a power cut the last moments may be missing.
    database.execute("PRAGMA synchronous = NORMAL")
    database.execute(f"PRAGMA wal_autocheckpoint = {_CHECKPOINT}")


def _check_version(path: str, database: sqlite3.Connection) -> None:
    (application,) = database.execute("PRAGMA application_id").fetchone()
    (version,) = database.execute("PRAGMA user_version").fetchone()
    (tables,) = database.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if not (application or version or tables):
        raise NeverBegun(path)
    if application != APPLICATION:
        raise StoreError(path, "is a database of another program, not a store of torclint")
    if version > VERSION:
        raise StoreError(path, f"was written by a newer torclint (version {version}; this one knows {VERSION})")
    if version < VERSION:
        raise StoreError(path, f"has version {version}, which is too old (this torclint needs {VERSION})")


def _is_torn(path: str) -> bool:
    """Whether the file ends within a page. SQLite would take the rest for zeros; where there is a log, it has the page."""
    if os.path.exists(f"{path}-wal"):  # noqa: PTH110
        return False
    with open(path, "rb") as file:
        page = int.from_bytes(file.read(18)[16:], "big")
        return bool(file.seek(0, os.SEEK_END) % (page or 512))


def _check_pages(path: str, database: sqlite3.Connection) -> None:
    (verdict,) = database.execute("PRAGMA quick_check(1)").fetchone()
    if verdict != "ok":
        raise _damaged(path, str(verdict).splitlines()[-1])
