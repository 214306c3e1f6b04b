"""How a run deals with order, failures and time, where whoever starts it has a choice."""

from __future__ import annotations

from typing import NamedTuple

from torclint.run.ranks import CRITICAL_PATH


class Policy(NamedTuple):
    """`fails_fast`: the first job that does not complete ends the run. `timeout`: seconds for each attempt of a job;
    `enforces_runtime`: no attempt may take longer than its declared runtime. `order`: one of `ranks.ORDERS`."""

    fails_fast: bool = False
    timeout: float | None = None
    enforces_runtime: bool = False
    order: str = CRITICAL_PATH


AS_TORC = Policy()
