"""How the commands of a run are started: environment, output files, process group."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING

from torclint.run.faults import crash_point
from torclint.run.machine import gpu_names
from torclint.run.process import Streams, find_bash, inherits_stdin, spawn
from torclint.run.watchdog import MARK

if TYPE_CHECKING:
    from torclint.run.outputs import OutputFolder
    from torclint.run.plan import Job
    from torclint.spec.model import Stdio

_LONGEST = 1 << 17  # bytes from which on Linux takes no single argument (MAX_ARG_STRLEN)
_OF_THE_FOLDER = (
    errno.ENOENT, errno.ENOTDIR, errno.EACCES, errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.ESTALE,
)  # fmt: skip
_VISIBLE = ("CUDA_VISIBLE_DEVICES", "HIP_VISIBLE_DEVICES", "ROCR_VISIBLE_DEVICES", "TORC_GPU_VISIBLE_DEVICES")


class Lacking(OSError):
    """Something is missing that every job needs: none can be started. `str()` says what."""

    def __str__(self) -> str:
        return str(self.strerror)


class Starter:
    """Starts jobs, recovery scripts and the commands of actions; each call gives the new process group.

    All raise OSError where the system refuses, ValueError where a text cannot be passed on (it holds a NUL, say).
    """

    def __init__(self, folder: OutputFolder, gpus: int, mark: str) -> None:
        """`mark` tells what this run started from everything else. Raises ShellMissing without bash."""
        self._bash = find_bash()
        self._folder = folder
        self._own = {**folder.environment(), MARK: mark}
        self._outer = {**os.environ, **self._own}
        self._outer.pop("TORC_API_URL", None)  # there is no server that knows this workflow
        self._stdin = inherits_stdin()
        names = gpu_names()
        self._gpus = [*names[:gpus], *map(str, range(len(names), gpus))]

    def job(self, id: int, job: Job, attempt: int, gpus: tuple[int, ...], stdio: Stdio) -> tuple[int, Streams]:
        """An attempt of the job with this id, and where it writes."""
        # A spec cannot override what Torc sets (Torc 1.0.0, async_cli_command.rs:344).
        env = {**self._outer, **job.env, **self._gpu_variables(gpus), **self._variables(id, job.name, attempt)}
        streams = self._folder.streams(stdio, id, attempt)
        return self._spawn(job.command, env, streams), streams

    def recovery(self, id: int, name: str, attempt: int, script: str, code: int) -> int:
        """A recovery script: in the runner's folder, without the spec's `env` (job_runner.rs:2720)."""
        env = {**self._outer, **self._variables(id, name, attempt), "TORC_RETURN_CODE": str(code)}
        return self._spawn(script, env, self._folder.commands)

    def command(self, text: str) -> int:
        """A command of an action: in the output folder, without the spec's `env` (job_runner.rs:3702)."""
        return self._spawn(text, self._outer, self._folder.commands, self._folder.path)

    def _spawn(self, text: str, env: dict[str, str], streams: Streams, folder: str = "") -> int:
        """Start `text` in `folder`, or where the runner is."""
        try:
            return self._spawn_once(_arguments(text, folder), env, streams)
        except OSError as error:
            if error.errno == errno.E2BIG and len(os.fsencode(text)) >= _LONGEST:
                return self._spawn_once(_from_file(self._folder.write_script(text), folder), env, streams)
            if error.errno not in _OF_THE_FOLDER:
                raise
            self._mend(error)
        return self._spawn_once(_arguments(text, folder), env, streams)

    def _spawn_once(self, arguments: tuple[str, ...], env: dict[str, str], streams: Streams) -> int:
        crash_point()
        group = spawn(self._bash, arguments, env, streams, stdin=self._stdin)
        crash_point()
        return group

    def _mend(self, error: OSError) -> None:
        """Make the output folder again, should somebody have removed it. Raises Lacking if that is not what is wrong."""
        if error.errno != errno.ENOENT:
            raise Lacking(error.errno, f"cannot write to {self._folder.path}: {error.strerror}") from error
        if not os.access(self._bash, os.X_OK):
            raise Lacking(error.errno, f"{self._bash} is gone") from error
        try:
            os.getcwd()  # noqa: PTH109
        except OSError:
            raise Lacking(error.errno, "the folder in which the jobs run is gone") from error
        try:
            self._folder.make()
        except OSError as second:
            raise Lacking(second.errno, f"cannot write to {self._folder.path}: {second.strerror}") from second

    def _variables(self, id: int, name: str, attempt: int) -> dict[str, str]:
        return {
            **self._own,
            "TORC_JOB_ID": str(id),
            "TORC_JOB_NAME": name,
            "TORC_ATTEMPT_ID": str(attempt),
        }

    def _gpu_variables(self, gpus: tuple[int, ...]) -> dict[str, str]:
        if not gpus:
            return {}
        devices = ",".join(self._gpus[gpu] for gpu in gpus)
        return dict.fromkeys(_VISIBLE, devices)


def _arguments(text: str, folder: str) -> tuple[str, ...]:
    """What follows `bash -c`."""
    return ('cd -- "$1" && exec bash -c "$2"', "bash", folder, text) if folder else (text,)


def _from_file(path: str, folder: str) -> tuple[str, ...]:
    """The same for a text in a file: bash is to see what it would see after `-c`, no arguments among it."""
    run = 'eval "set --; $(<"$1")"'
    return (f'cd -- "$2" && {run}', "bash", str(Path(path).absolute()), folder) if folder else (run, "bash", path)
