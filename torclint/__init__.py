"""torclint: static linter and optimizer for Torc workflow specs."""

from __future__ import annotations

TYPE_CHECKING = False  # typing is a costly import for a name that type checkers know anyway
if TYPE_CHECKING:
    from typing import Any

    from torclint.api import Source as Source
    from torclint.api import check as check
    from torclint.api import count as count
    from torclint.api import resume as resume
    from torclint.api import verify as verify
    from torclint.version import __version__ as __version__

_PACKAGES = ("fix", "run")  # these can be called themselves
_HOMES = {
    "Source": "torclint.api",
    "check": "torclint.api",
    "count": "torclint.api",
    "resume": "torclint.api",
    "verify": "torclint.api",
    "__version__": "torclint.version",
}


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
