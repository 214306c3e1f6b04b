"""Running a workflow on this machine. The package is a door as well: `torclint.run(spec)` is `torclint.api.run`."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

    from torclint.run.outcome import Outcome


class _Door(ModuleType):
    """A package that can be called: its name is that of the function, too."""

    def __call__(self, *arguments: Any, **options: Any) -> Outcome:
        from torclint.api import run

        return run(*arguments, **options)


sys.modules[__name__].__class__ = _Door
