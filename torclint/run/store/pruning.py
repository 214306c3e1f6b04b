"""Removing the state of old runs, of which nobody will go on with any."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from torclint.run.store.database import discard
from torclint.run.store.lock import Lock, Locked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from torclint.run.store.summary import Summary


class Removal(NamedTuple):
    """A store that was to be removed; `trouble` says why it is still there."""

    store: str
    trouble: str = ""


def prune(runs: Sequence[Summary], keep: int) -> Iterator[Removal]:
    """Remove the stores of `runs`, which begin with the newest, but for the first `keep` and those that are not over: a run
    that can go on is somebody's work."""
    for run in runs[keep:]:
        if not run.is_over:
            continue
        try:
            with Lock(run.store):  # nobody begins to go on with it meanwhile
                discard(run.store)
        except Locked as error:
            yield Removal(run.store, str(error))
        except OSError as error:
            yield Removal(run.store, error.strerror or str(error))
        else:
            yield Removal(run.store, "it is still there" if Path(run.store).exists() else "")
