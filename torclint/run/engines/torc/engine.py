"""Running a workflow with Torc: created on a server, initialised, run here or submitted, followed to its end."""

from __future__ import annotations

import contextlib
import os
import select
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from torclint.run.engines.errors import EngineError
from torclint.run.engines.mirror import Teller, endless
from torclint.run.engines.torc import programs
from torclint.run.engines.torc.advice import advice
from torclint.run.engines.torc.carrying import carry
from torclint.run.engines.torc.following import Follower
from torclint.run.engines.torc.rest import DEFAULT_URL, Server
from torclint.run.interrupts import END, NOTHING, Interrupts
from torclint.run.plan import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from torclint.run.listen import Listener
    from torclint.run.outcome import Outcome
    from torclint.run.plan import Plan
    from torclint.spec.model import Workflow

HERE, SUBMITTED, CREATED = "here", "submitted", "created"  # what is done with a workflow once it is on the server
_DESERTED = 600.0  # seconds after which a submitted workflow that no node works on is given up
_SLICE = 0.5  # seconds after which it is seen that a runner has ended
_WINDING_UP = 30.0  # seconds that a runner has to end after its workflow was cancelled


class Request(NamedTuple):
    """What to do: `purpose` is HERE, SUBMITTED or CREATED; `url` that of the server, None for the one that `torc` takes;
    with `standalone` a server is started for this run. `completed`: the seconds of jobs that are not to run again."""

    workflow: Workflow
    text: str  # of the spec
    suffix: str  # of its file name, by which Torc tells the format
    plan: Plan
    purpose: str
    url: str | None
    standalone: bool
    output_dir: str
    resources: dict[str, int | None]
    completed: Mapping[int, float] = {}


def run(request: Request, listeners: Sequence[Listener]) -> Outcome | None:
    """Hand the workflow over, and follow it to its end; None if it was only to be created.

    Raises EngineError where Torc is not there, of another version, or refuses the workflow; nothing is sent before that
    is known.
    """
    torc = programs.find("torc", "which creates the workflow")
    programs.version_of(torc)
    with contextlib.ExitStack() as stack:
        if request.standalone:
            own = programs.StandaloneServer(request.output_dir)
            stack.callback(own.close)
            server = Server(own.url)
        else:
            server = Server(request.url or os.environ.get("TORC_API_URL") or DEFAULT_URL)
        programs.check_version(_version(server), f"the Torc server at {server.url}")
        teller = Teller(request.plan, endless(request.plan), listeners, request.output_dir)
        teller.begin()
        submitted = request.purpose == SUBMITTED
        for text in advice(request.workflow, request.plan, own_server=request.standalone, submitted=submitted):
            teller.note(f"in Torc: {text}")
        workflow = programs.create(torc, server.url, _spec_file(request))
        teller.note(f"workflow {workflow} was created on {server.url}")
        if request.purpose == CREATED and not request.completed:
            teller.note(_how_to_go_on(server, workflow))
            return None
        return _run(torc, server, workflow, teller, request)


def _version(server: Server) -> str:
    try:
        return str(server.get("/version").get("version"))
    except EngineError as error:
        raise EngineError(
            f"{error}; start torc-server run, name one by --url or TORC_API_URL, or use --standalone"
        ) from None


def _spec_file(request: Request) -> str:
    """The text that was checked, as a file for Torc: the same one, even if the spec is changed meanwhile."""
    folder = Path(request.output_dir)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"torclint_handover{request.suffix}"
        path.write_bytes(request.text.encode("utf-8"))
    except OSError as error:
        raise Refused([f"cannot write to the output folder {request.output_dir}: {error.strerror}"]) from error
    return str(path)


def _run(torc: str, server: Server, workflow: int, teller: Teller, request: Request) -> Outcome | None:
    with Interrupts() as interrupts:
        programs.initialize(torc, server.url, workflow)
        follower = Follower(server, workflow, teller, request.output_dir)
        if request.completed:
            carry(server, workflow, follower.ids, request.completed)
            follower.know(request.completed)
            teller.note(f"{len(request.completed):,} jobs that completed here are carried over")
        if request.purpose == CREATED:
            teller.note(_how_to_go_on(server, workflow))
            return None
        runner = None
        if request.purpose == SUBMITTED:
            programs.submit(torc, server.url, workflow, request.output_dir)
        else:
            runner = programs.Runner(torc, server.url, workflow, request.output_dir, request.resources)
        try:
            _follow(follower, teller, runner, interrupts)
            if interrupts.level != NOTHING:
                follower.tells_cancellations = False
                _cancel(server, workflow, teller, runner, interrupts)
            follower.look()
        finally:
            if runner is not None:
                runner.end()
        return teller.outcome(interrupted=interrupts.level != NOTHING)


def _how_to_go_on(server: Server, workflow: int) -> str:
    return f"to go on: torc --url {server.url} run {workflow}  (or: submit {workflow})"


def _follow(follower: Follower, teller: Teller, runner: programs.Runner | None, interrupts: Interrupts) -> None:
    """Until the workflow is complete, or nobody works on it any more, or we are interrupted."""
    deserted_since: float | None = None
    while interrupts.level == NOTHING:
        follower.look()
        teller.turn()
        if follower.complete:
            return
        if runner is not None and runner.code is not None:
            if runner.code:
                teller.note(f"torc run ended with {runner.code}; see {runner.log}")
            return
        if runner is None:
            if follower.nodes:
                deserted_since = None
            elif deserted_since is None:
                deserted_since = time.monotonic()
            elif time.monotonic() - deserted_since > _DESERTED:
                teller.note(f"no node has worked on it for {_DESERTED:.0f} s, and none is asked for: it is left there")
                return
        while interrupts.level == NOTHING and time.monotonic() < follower.next:
            if runner is not None and runner.code is not None:
                break
            _sleep(interrupts, min(_SLICE, follower.next - time.monotonic()))


def _cancel(
    server: Server, workflow: int, teller: Teller, runner: programs.Runner | None, interrupts: Interrupts
) -> None:
    """Cancel the workflow; its runner has a while to end with its jobs."""
    teller.note(f"interrupted: workflow {workflow} is cancelled")
    server.put(f"/workflows/{workflow}/cancel")
    until = time.monotonic() + _WINDING_UP
    while runner is not None and runner.code is None and interrupts.level < END and time.monotonic() < until:
        _sleep(interrupts, 0.5)


def _sleep(interrupts: Interrupts, seconds: float) -> None:
    """Up to so long; a signal wakes us."""
    if select.select([interrupts.wakeup], [], [], max(0.0, seconds))[0]:
        with contextlib.suppress(BlockingIOError):
            os.read(interrupts.wakeup, 512)
