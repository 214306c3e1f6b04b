"""The programs `torc` and `torc-server`: finding them, their versions, and running them."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from torclint.run.engines.errors import EngineError

if TYPE_CHECKING:
    from typing import IO

SUPPORTED = 1  # the major version
RELEASES = 1.0  # seconds between the rounds in which a server of our own releases jobs
_VERSION = re.compile(r"(\d+)\.(\d+)\.(\d+)")
_STARTING = 20.0  # seconds
_PORT = "TORC_SERVER_PORT="
INSTALL = (
    "install Torc 1.x: cargo install torc --version 1.0.0 --no-default-features --features "
    "client,tui,server-bin,plot_resources (with SQLX_OFFLINE=true), or a release of NatLabRockies/torc"
)


def find(name: str, why: str) -> str:
    """The path of `torc` or `torc-server`. Raises EngineError."""
    path = shutil.which(name)
    if path is None:
        raise EngineError(f"there is no program {name} on the PATH, {why}; {INSTALL}")
    return path


def check_version(text: str, what: str) -> str:
    """The version in `text`, such as `torc 1.0.0 (abc1234)`. Raises EngineError where it is not 1.x."""
    found = _VERSION.search(text)
    if found is None:
        raise EngineError(f"{what} does not tell its version, but {text.strip()[:80]!r}")
    if int(found[1]) != SUPPORTED:
        raise EngineError(f"{what} is version {found[0]}; torclint knows Torc {SUPPORTED}.x; {INSTALL}")
    return found[0]


def version_of(program: str) -> str:
    """The version of a program, which must be 1.x. Raises EngineError."""
    try:
        done = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise EngineError(f"{program} --version: {error}") from None
    return check_version(done.stdout or done.stderr, program)


def create(torc: str, url: str, spec: str) -> int:
    """Create the workflow of the spec at the path `spec` on the server; its id. Raises EngineError with what Torc says."""
    done = _ask([torc, "--url", url, "--format", "json", "create", spec])
    try:
        found = json.loads(done)["workflow_id"]
    except (ValueError, KeyError, TypeError):
        raise EngineError(f"torc create does not tell the workflow's id, but: {done[:200]}") from None
    return int(found)


def initialize(torc: str, url: str, workflow: int) -> None:
    """Make the workflow ready to run. Raises EngineError with what Torc says."""
    _ask([torc, "--url", url, "workflows", "init", str(workflow), "--no-prompts"])


def submit(torc: str, url: str, workflow: int, output_dir: str) -> None:
    """Hand the workflow to Slurm, as its actions say. Raises EngineError with what Torc says."""
    _ask([torc, "--url", url, "submit", str(workflow), "--no-prompts", "--output-dir", output_dir])


def _ask(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
    if done.returncode:
        said = " ".join((done.stderr or done.stdout).split())[-1000:]
        raise EngineError(f"torc {command[-1] if len(command) < 2 else ' '.join(command[3:])} failed: {said}")
    return done.stdout


class Runner:
    """`torc run ID` in the background, with all that it starts in one process group. What it says goes to a file."""

    def __init__(self, torc: str, url: str, workflow: int, output_dir: str, resources: dict[str, int | None]) -> None:
        """`resources`: cpus, memory (bytes) and gpus that jobs may use; None for all there are."""
        Path(output_dir).mkdir(parents=True, exist_ok=True)
        self.log = f"{output_dir}/torc_run_wf{workflow}.log"
        command = [torc, "--url", url, "run", str(workflow), "--output-dir", output_dir, "--poll-interval", "1"]
        command += ["--claim-backoff-max-secs", "1"]  # it would look after up to five minutes whether there are jobs
        if resources["cpus"] is not None:
            command += ["--num-cpus", str(resources["cpus"])]
        if resources["memory"] is not None:
            command += ["--memory-gb", f"{resources['memory'] / (1 << 30):.6f}"]
        if resources["gpus"] is not None:
            command += ["--num-gpus", str(resources["gpus"])]
        with open(self.log, "wb") as log:
            self._process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
            )

    @property
    def code(self) -> int | None:
        """Its exit code; None while it runs."""
        return self._process.poll()

    def end(self, grace: float = 5.0) -> None:
        """End it with its jobs: SIGTERM to the group, and SIGKILL after `grace` seconds."""
        for number in (signal.SIGTERM, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(grace)
        # the leader may be gone before its jobs are
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)


class StandaloneServer:
    """A Torc server for one user and one run, on the loopback interface; it ends with us, however we end.

    It is what `torc --standalone` starts (main.rs:246), but releases jobs every second. Raises EngineError.
    """

    def __init__(self, output_dir: str) -> None:
        program = find("torc-server", "which --standalone needs")
        Path(output_dir).mkdir(parents=True, exist_ok=True)
        command = [program, "run", "--host", "127.0.0.1", "--port", "0", "--database", f"{output_dir}/torc.db"]
        command += ["--shutdown-on-stdin-eof"]
        if "TORC_COMPLETION_CHECK_INTERVAL_SECS" not in os.environ:
            command += ["--completion-check-interval-secs", str(RELEASES)]
        with open(f"{output_dir}/torc_server.log", "wb") as log:
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, start_new_session=True, text=True
            )
        self._ports: list[int] = []
        self._told = threading.Event()
        assert self._process.stdout is not None
        self._listener = threading.Thread(target=self._listen, args=(self._process.stdout,), daemon=True)
        self._listener.start()
        self._told.wait(_STARTING)
        if not self._ports:
            self.close()
            raise EngineError(f"torc-server does not start; see {output_dir}/torc_server.log")
        self.url = f"http://127.0.0.1:{self._ports[0]}/torc-service/v1"

    def _listen(self, stdout: IO[str]) -> None:
        """Read on to the end, for a full pipe would stop the server."""
        with stdout:
            for line in stdout:
                if line.strip().startswith(_PORT):
                    self._ports.append(int(line.strip()[len(_PORT) :]))
                    self._told.set()
        self._told.set()

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._listener.join()
