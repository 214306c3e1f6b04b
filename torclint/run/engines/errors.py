"""Why an engine cannot be used."""

from __future__ import annotations


class EngineError(Exception):
    """The engine is not there, or refuses the workflow. `str()` says what is wrong and what to do."""
