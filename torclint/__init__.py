"""torclint: static linter and optimizer for Torc workflow specs."""

from __future__ import annotations

TYPE_CHECKING = False  # typing is a costly import for a name that type checkers know anyway
if TYPE_CHECKING:
    from typing import Any

    from torclint.api import Source as Source
    from torclint.api import check as check

__version__ = "0.1.0"

_PACKAGES = ("fix", "run")  # these can be called themselves
_HOMES = {"Source": "torclint.api", "check": "torclint.api"}


def __getattr__(name: str) -> Any:
    """The doors are imported when they are first used, so that the command line starts fast."""
    if name in _PACKAGES:
        __import__(f"torclint.{name}")
        return globals()[name]
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'torclint' has no attribute {name!r}")
    value = getattr(__import__(home, fromlist=[name]), name)
    globals()[name] = value
    return value
