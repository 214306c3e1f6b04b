"""The output folder of a run: names of the files as Torc gives them, and what is read back from them."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from torclint.run.plan import Refused
from torclint.run.process import Streams

if TYPE_CHECKING:
    from torclint.spec.model import Stdio

_TAIL_BYTES = 8192


class OutputFolder:
    """Where a run writes. Every workflow in one folder has a number of its own, so that no log is overwritten; one that
    goes on keeps it, and `run` counts how often it was started.

    Raises Refused where the folder cannot be made or written.
    """

    def __init__(self, path: str, workflow: int = 0, run: int = 1) -> None:
        """`workflow`: its number, 0 for the next one that is free."""
        self.path = path or "."
        self.run = run
        self._scripts = 0
        try:
            self.make()
            self.workflow, self.log_path = self._take_number(workflow)
        except OSError as error:
            raise Refused([f"cannot write to the output folder {path}: {error.strerror}"]) from error

    def _take_number(self, known: int) -> tuple[int, str]:
        number = known or 1
        while True:
            path = f"{self.path}/torclint_wf{number}_r{self.run}.log"
            if known:
                return number, path
            try:
                os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
            except FileExistsError:
                number += 1
                continue
            return number, path

    def make(self) -> None:
        """Make the folder for job output again, should it be gone."""
        Path(self.path, "job_stdio").mkdir(parents=True, exist_ok=True)

    def streams(self, stdio: Stdio, id: int, attempt: int) -> Streams:
        """Where one attempt of a job writes (Torc 1.0.0, log_paths.rs:38, async_cli_command.rs:257)."""
        base = base_of(self.path, self.workflow, id, self.run, attempt)
        if stdio.mode == "combined":
            return Streams(base + ".log", None, combined=True)
        if stdio.mode == "no_stdout":
            return Streams(None, base + ".e")
        if stdio.mode == "no_stderr":
            return Streams(base + ".o", None)
        if stdio.mode == "none":
            return Streams()
        return Streams(base + ".o", base + ".e")

    def write_script(self, text: str) -> str:
        """The path of a new file with `text`, which is too long for an argument. Raises OSError."""
        self._scripts += 1
        path = f"{self.path}/job_stdio/script_wf{self.workflow}_r{self.run}_{self._scripts}.sh"
        Path(path).write_bytes(os.fsencode(text))
        return path

    @property
    def commands(self) -> Streams:
        """Where the commands of actions and recovery scripts write, one after the other."""
        return Streams(f"{self.path}/commands_wf{self.workflow}_r{self.run}.log", None, combined=True, append=True)

    def environment(self) -> dict[str, str]:
        """The variables that are the same for everything that this run starts (async_cli_command.rs:351)."""
        return {
            "TORC_WORKFLOW_ID": str(self.workflow),
            "TORC_RUN_ID": str(self.run),
            "TORC_OUTPUT_DIR": self.path,
            "TORC_WORKFLOW_SUBMISSION_DIR": str(Path.cwd()),
        }


def base_of(folder: str, workflow: int, id: int, run: int, attempt: int) -> str:
    """The path of what an attempt of a job wrote, without `.o`, `.e` or `.log`."""
    return f"{folder}/job_stdio/job_wf{workflow}_j{id}_r{run}_a{attempt}"


def is_full(*paths: str) -> bool:
    """Whether the disk of one of these folders has no room left."""
    for path in paths:
        with contextlib.suppress(OSError):
            room = os.statvfs(path)
            if room.f_blocks and not (room.f_bavail if os.geteuid() else room.f_bfree):
                return True
    return False


def is_there(path: str) -> bool:
    """Whether something is at `path`; what cannot be looked at is not there."""
    return os.path.exists(path)  # noqa: PTH110  Path.exists raises for names that are too long, or not allowed


def remove(streams: Streams) -> None:
    """Delete what a job wrote; a file that is not there is no error."""
    for path in (streams.stdout, streams.stderr):
        if path is not None:
            with contextlib.suppress(OSError):
                Path(path).unlink()


def tail(streams: Streams, lines: int) -> tuple[str, list[str]]:
    """The last lines of what a job wrote, of stderr before stdout: (path, lines); ("", []) where it wrote nothing."""
    for path in (streams.stderr, streams.stdout):
        if path is None:
            continue
        try:
            with open(path, "rb") as file:
                size = file.seek(0, os.SEEK_END)
                file.seek(max(0, size - _TAIL_BYTES))
                text = file.read().decode("utf-8", "replace")
        except OSError:
            continue
        if text.strip():
            return path, text.rstrip().splitlines()[-lines:]
    return "", []
