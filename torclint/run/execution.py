"""From a spec to the outcome of its run, with or without a store."""

# os.path keeps the words of the user, which pathlib would tidy up
# ruff: noqa: PTH100, PTH113
from __future__ import annotations

import json
import os
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from torclint.run.keeper import Keeper
from torclint.run.machine import capacity
from torclint.run.policy import Policy
from torclint.run.prepare import prepare
from torclint.run.ranks import CRITICAL_PATH
from torclint.run.runner import Runner
from torclint.text.source import SourceError, read_file
from torclint.version import __version__

LOCAL = "local"  # the engine that is this machine

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from torclint.checking.files import Source
    from torclint.graph.workflow import WorkflowGraph
    from torclint.run.listen import Listener
    from torclint.run.outcome import Outcome
    from torclint.run.plan import Plan
    from torclint.run.scheduler import Capacity
    from torclint.run.store.session import Session

    Load = Callable[[Source, str], WorkflowGraph]


def begin(
    source: Source, load: Load, options: Mapping[str, Any], listeners: Sequence[Listener], store: str | None
) -> Outcome:
    """Run `source` with the options of `torclint.run`, which see."""
    source = _to_be_run(source, load, options)
    if store is None:
        return _run(source, plan_of(source, load, options), options, listeners, Keeper())
    from torclint.run.store.database import understood
    from torclint.run.store.schema import About
    from torclint.run.store.session import Session

    about = About(
        uid=os.urandom(8).hex(),
        spec=os.path.abspath(source.path) if os.path.isfile(source.path) else "",
        path=source.path,
        text=source.text,
        folder=os.getcwd(),  # noqa: PTH109
        options=json.dumps(options),
        torclint=__version__,
    )
    with Session(store, about) as session, understood(store):
        plan = timed_plan_of(source, load, options)
        return _run(source, plan, options, listeners, session.first_keeper())


def go_on(
    store: str, load: Load, options: Mapping[str, Any], listeners: Sequence[Listener], *, retry: bool, changed: str
) -> Outcome:
    """Go on with the run in `store`, with the options of `torclint.resume`, which see."""
    from torclint.run.store.database import StoreError, understood
    from torclint.run.store.session import Session

    with Session(store) as session, understood(store):
        if not _is_here(session.folder):
            raise StoreError(store, f"its jobs run in {session.folder}: go on from there")
        chosen = {**session.options, **options}
        source = _to_be_run(_spec_of(session), load, chosen)
        plan = timed_plan_of(source, load, chosen)
        keeper = session.keeper(plan, source.text, retry=retry, changed=changed)
        over = session.outcome_if_over(plan, _capacity(chosen), keeper)
        if over is None:
            return _run(source, plan, chosen, listeners, keeper)
    for listener in listeners:
        listener.begin(plan, over.scheduler, over.ledger)
        listener.close()
        listener.finish(over)
    return over


def _is_here(folder: str) -> bool:
    try:
        return os.path.samefile(folder, os.curdir)  # noqa: PTH121
    except OSError:
        return False


def _spec_of(session: Session) -> Source:
    """The spec as it is now; as it was when the run began if it came from stdin, or is gone."""
    from torclint.checking.files import Source

    about = session.about
    if about.spec:
        try:
            return Source(about.path, read_file(os.path.join(session.folder, about.path)))  # noqa: PTH118
        except SourceError as error:
            session.note(f"{error}; going on with the spec as it was")
    return Source(about.path, about.text)


def _to_be_run(source: Source, load: Load, options: Mapping[str, Any]) -> Source:
    """What is run of a spec of which the file stays as it is, now and when the run goes on."""
    if not options.get("with_barriers"):  # stores from before there was this option say nothing
        return source
    return with_barriers(source, load, options["torc"]).source


class WithBarriers(NamedTuple):
    """A spec as it is run, and the names of the barriers that the file does not have."""

    source: Source
    barriers: tuple[str, ...]


@lru_cache(maxsize=1)  # the same is asked for to tell of it, to check it, and to run it
def with_barriers(source: Source, load: Load, torc: str) -> WithBarriers:
    """A spec with the barriers that it gains by. Raises SpecRefused."""
    from torclint.fix.barriers import insert_barriers
    from torclint.rules.thresholds import Thresholds

    fixed = insert_barriers(load(source, torc), Thresholds())
    names = tuple(barrier.name for barrier in fixed.barriers) if fixed.after is not None else ()
    return WithBarriers(source._replace(text=fixed.text), names)


def plan_of(source: Source, load: Load, options: Mapping[str, Any]) -> Plan:
    """What is to be run of `source`."""
    return prepare(load(source, options["torc"]), options["only"], options["until"])


def timed_plan_of(source: Source, load: Load, options: Mapping[str, Any]) -> Plan:
    """The same with what earlier runs, if their state was kept, tell about the times of the jobs."""
    plan = plan_of(source, load, options)
    if options["order"] != CRITICAL_PATH:
        return plan
    from torclint.run.store.times import with_times

    return with_times(plan, source.path)


def _run(
    source: Source, plan: Plan, options: Mapping[str, Any], listeners: Sequence[Listener], keeper: Keeper
) -> Outcome:
    policy = Policy(options["fail_fast"], options["timeout"], options["enforce_runtime"], options["order"])
    if options.get("engine", LOCAL) == LOCAL:  # stores from before there were engines say nothing
        return Runner(plan, _capacity(options), options["output_dir"], listeners, keeper, policy).run()
    from torclint.run.engines.hyperqueue.engine import Request, run

    request = Request(
        source.text,
        plan,
        policy,
        options["server_dir"],
        options["workers"] or 1,
        _capacity(options),
        options["output_dir"],
        options["insist"],
    )
    return run(request, listeners, keeper)


def _capacity(options: Mapping[str, Any]) -> Capacity:
    return capacity(options["cpus"], options["memory"], options["gpus"], options["jobs"])
