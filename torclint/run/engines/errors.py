"""Why an engine cannot be used."""

from __future__ import annotations

from torclint.run.plan import Refused


class EngineError(Refused):
    """The engine is not there, or refuses the workflow. `str()` says what is wrong and what to do."""

    def __init__(self, text: str) -> None:
        super().__init__((text,))
