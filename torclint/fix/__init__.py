"""Fixes: which barriers to insert, the edits that write them, and the proof that nothing else changed.

The package is a door as well: `torclint.fix(spec)` is `torclint.api.fix`.
"""

from __future__ import annotations

import sys
from types import ModuleType

from torclint.record import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

    from torclint.fix.barriers import Fixed


class _Door(ModuleType):
    """A package that can be called: its name is that of the function, too."""

    def __call__(self, *arguments: Any, **options: Any) -> Fixed:
        from torclint.api import fix

        return fix(*arguments, **options)


sys.modules[__name__].__class__ = _Door
