"""Numbers by which it can be told whether a job is still what it was: 64 bits, as SQLite holds them."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from torclint.run.plan import Action, Job


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


def _digest(texts: Iterable[str]) -> int:
    data = "\0".join(texts).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "little", signed=True)
