"""The Torc releases that a spec can be judged by. What differs between them is data: `since` and `until` of fields and rules."""

from __future__ import annotations

VERSIONS = ("1.0",)  # oldest first
CURRENT = VERSIONS[-1]


def in_force(since: str, until: str, version: str) -> bool:
    """Whether something that came with release `since` and went with `until` ("" for never) is there in `version`.

    Raises ValueError for a release that is not in VERSIONS.
    """
    if version not in VERSIONS:
        raise ValueError(f"no Torc release {version}; one of {', '.join(VERSIONS)}")
    place = VERSIONS.index(version)
    return VERSIONS.index(since) <= place and (not until or place < VERSIONS.index(until))
