"""`torclint retry`: run again what failed, with what was cancelled because of it."""

from __future__ import annotations

from torclint.cli.resume import Options, go_on

__all__ = ["Options", "run"]


def run(options: Options) -> int:
    return go_on(options, retry=True)
