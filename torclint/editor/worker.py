"""One thread for all that takes time: what is read of a document has one owner, and messages are heard meanwhile."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar, TypeVarTuple

    Given = TypeVarTuple("Given")
    Found = TypeVar("Found")

_STACK = 64 << 20  # bytes; threads other than the first have too little of it on some systems


class Worker:
    def __init__(self) -> None:
        threading.stack_size(_STACK)
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="torclint")

    async def do(self, task: Callable[[*Given], Found], *given: *Given) -> Found:
        """What `task` gives, once those are done that were asked for before."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, task, *given)

    def stop(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)
