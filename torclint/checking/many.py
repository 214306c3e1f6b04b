"""Checking many files: what is remembered is not checked again, and the others are shared out among processes."""

from __future__ import annotations

import os
import sys
from marshal import dumps, loads

from torclint.checking.codec import decode, encode
from torclint.checking.files import Found, Source
from torclint.checking.one import check_one, read
from torclint.record import TYPE_CHECKING, Record
from torclint.rules.apply import RuleFailure
from torclint.text.outside import Seen, forget, seen

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from torclint.checking.cache import Cache
    from torclint.checking.files import Input
    from torclint.checking.one import Outcome
    from torclint.config.discovery import Configurations
    from torclint.config.settings import Settings

FEW = 10  # files for a process; for fewer it takes longer to start than to check them

_FAILED, _NO_SPEC, _CHECKED = 0, 1, 2


class _Task(Record):
    """A text to check; its outcome goes to `place`."""

    place: int
    source: Source
    found: bool
    settings: Settings


def check_many(
    inputs: Sequence[Input], settings: Settings | Configurations, processes: int, folder: str
) -> list[Outcome]:
    """The outcomes for `inputs`, in their order. `folder` is where the cache lies, "" for none.

    Raises RuleFailure, and ConfigError for a configuration file of theirs.
    """
    outcomes: list[Outcome] = [None] * len(inputs)
    cache = _cache_in(folder)
    tasks: list[_Task] = []
    for place, one in enumerate(inputs):
        text = read(one)
        if not isinstance(text, Source):
            outcomes[place] = text
            continue
        task = _Task(place, text, isinstance(one, Found), settings.of(text.path))
        outcomes[place] = cache.get(text, task.found, task.settings) if cache else None
        if outcomes[place] is None:
            tasks.append(task)
    for task, (kind, plain) in zip(tasks, _all(tasks, processes), strict=True):
        if kind == _FAILED:
            raise RuleFailure(plain)
        if kind == _NO_SPEC:
            continue
        encoded, looked_at = plain
        report = outcomes[task.place] = decode(encoded, *task.source)
        if cache:
            cache.put(task.source, task.found, task.settings, report, Seen(*looked_at))
    if cache:
        cache.save()
    return outcomes


def _cache_in(folder: str) -> Cache | None:
    if not folder:
        return None
    from torclint.checking.cache import Cache

    return Cache(folder)


def _all(tasks: list[_Task], processes: int) -> list[tuple[int, Any]]:
    processes = min(processes, len(tasks) // FEW)
    if processes < 2 or not hasattr(os, "fork"):
        return list(map(_outcome, tasks))
    sys.stdout.flush()
    sys.stderr.flush()
    workers = [_start(tasks[first::processes]) for first in range(1, processes)]
    answers = [list(map(_outcome, tasks[::processes]))]
    for first, (pid, pipe) in enumerate(workers, 1):
        answers.append(_answer(pid, pipe) or list(map(_outcome, tasks[first::processes])))
    return [answers[place % processes][place // processes] for place in range(len(tasks))]


def _start(tasks: list[_Task]) -> tuple[int, int]:
    """A process that checks `tasks`, and the pipe that its answer comes through."""
    pipe, end = os.pipe()
    pid = os.fork()
    if pid:
        os.close(end)
        return pid, pipe
    try:
        with os.fdopen(end, "wb") as stream:
            stream.write(dumps(list(map(_outcome, tasks))))
    finally:
        os._exit(0)  # nothing of what the parent has begun is to be ended twice


def _answer(pid: int, pipe: int) -> list[tuple[int, Any]]:
    """What a process found; nothing if it did not live to tell."""
    with os.fdopen(pipe, "rb") as stream:
        told = stream.read()
    os.waitpid(pid, 0)
    try:
        answer: list[tuple[int, Any]] = loads(told)
    except (EOFError, ValueError, TypeError):
        return []
    return answer


def _outcome(task: _Task) -> tuple[int, Any]:
    """The report, encoded, with what it depends on besides the text."""
    forget()
    try:
        report = check_one(task.source, task.found, task.settings)
    except RuleFailure as error:
        return _FAILED, str(error)
    return (_NO_SPEC, None) if report is None else (_CHECKED, (encode(report), tuple(seen())))
