"""Numbers by which it can be told whether a job is still what it was: 64 bits, as SQLite holds them."""

from __future__ import annotations

import os
from hashlib import blake2b, file_digest
from stat import S_ISREG
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from torclint.run.plan import Action, Job

MOST_READ = 16 << 20  # bytes of a file that are read to tell whether it is the same


def command_digest(job: Job) -> int:
    """Of the command of a job as bash gets it, and of its `env`."""
    return _digest((job.command, *(text for pair in job.env.items() for text in pair)))


def action_keys(actions: Iterable[Action]) -> list[int]:
    """A key for each action that stays the same when others come or go: trigger, commands, and which one of equals."""
    seen: dict[int, int] = {}
    keys = []
    for action in actions:
        digest = _digest((action.trigger, *action.commands))
        seen[digest] = seen.get(digest, 0) + 1
        keys.append(_digest((str(digest), str(seen[digest]))))
    return keys


class Contents:
    """What files hold. A file that has not been touched since it was looked at is not read again."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[tuple[int, ...], bytes]] = {}

    def digest(self, paths: Sequence[str]) -> int | None:
        """Of all these files with their paths; None where there are none."""
        if not paths:
            return None
        parts = blake2b(digest_size=8)
        for path in paths:
            parts.update(os.fsencode(path) + b"\0" + self._of(path))
        return int.from_bytes(parts.digest(), "little", signed=True)

    def _of(self, path: str) -> bytes:
        try:
            found = os.stat(path)  # noqa: PTH116
        except (OSError, ValueError):
            return b"missing"
        stamp = (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
        known = self._known.get(path)
        if known is not None and known[0] == stamp:
            return known[1]
        content = _content(path, found)
        self._known[path] = (stamp, content)
        return content


def _content(path: str, found: os.stat_result) -> bytes:
    """The digest of a file; large ones, and what is no file, go by size and time."""
    if S_ISREG(found.st_mode) and found.st_size <= MOST_READ:
        try:
            with open(path, "rb") as file:
                return file_digest(file, lambda: blake2b(digest_size=16)).digest()
        except OSError:
            return b"unreadable"
    return f"{found.st_size} {found.st_mtime_ns}".encode()


def _digest(texts: Iterable[str]) -> int:
    data = "\0".join(texts).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "little", signed=True)
