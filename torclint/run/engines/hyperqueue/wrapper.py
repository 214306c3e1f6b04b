"""The program that a HyperQueue task runs: one job of a workflow, with its attempts, as Torc's runner would run it.

usage: python -I -S wrapper.py FOLDER NUMBER

It reads what to do from FOLDER (see handover.py), and writes what came of it to a file of its host there (see records.py).
It imports nothing that is not built into Python: 100,000 jobs start it 100,000 times. Its process group is its own and that
of all it starts; SIGTERM and SIGINT, which a lost worker or a cancelled task sends, end everything in it.
"""

from __future__ import annotations

import _signal as signal  # type: ignore[import-not-found]  # the public module takes longer to import than all the rest
import marshal
import os
import sys
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Streams = tuple[str | None, str | None]
    Rule = tuple[tuple[int, ...], bool, str | None, int]

GRACE = 2.0  # seconds from SIGTERM to SIGKILL
LOOK = 1.0  # seconds between two looks at memory, and at whether the run is to stop
TIMED_OUT = 152  # job_runner.rs:1932-2070
COMPLETED, FAILED, PENDING_FAILED = "completed", "failed", "pending_failed"
_VISIBLE = ("CUDA_VISIBLE_DEVICES", "HIP_VISIBLE_DEVICES", "ROCR_VISIBLE_DEVICES", "TORC_GPU_VISIBLE_DEVICES")
_DEVICES = "HQ_RESOURCE_VALUES_gpus/nvidia"
_STOPPING = {signal.SIGTERM, signal.SIGINT}
_PAGE = os.sysconf("SC_PAGE_SIZE")
_PLAIN = [signal.SIGPIPE, signal.SIGXFSZ, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM, signal.SIGCHLD]


class Stopped(Exception):
    """Everything is to end now."""


class Wrapper:
    """One job. `folder` is that of the run."""

    def __init__(self, folder: str, number: int) -> None:
        self.folder = folder
        self.number = number
        with open(folder + "/common", "rb") as file:
            self.common: dict[str, Any] = marshal.load(file)
        with open(folder + "/index", "rb") as file:
            start, end = (
                int.from_bytes(os.pread(file.fileno(), 8, 8 * place), "little") for place in (number, number + 1)
            )
        with open(folder + "/jobs", "rb") as file:
            self.job: dict[str, Any] = marshal.loads(os.pread(file.fileno(), end - start, start))
        self.kind: dict[str, Any] = self.common["kinds"][self.job["kind"]]
        self.host = os.uname().nodename

    def run(self) -> int:
        """The exit code for HyperQueue: 0 where what waits for this job may go on."""
        os.chdir(self.common["cwd"])
        if os.path.exists(self.folder + "/drain"):
            return 0
        if os.environ.get("HQ_INSTANCE_ID", "0") != "0":
            done = self.earlier()
            if done is not None:
                return 0
        # A task that fails would keep its dependents back as well, but can break down the server (HyperQueue 0.27).
        if any(self.is_marked("pending", gate) for gate in self.job["waits"]):
            self.mark("pending")
            return 0
        if self.kind["cancel"] and any(self.is_marked("bad", gate) for gate in self.job["waits"]):
            self.mark("bad")
            self.write("C")
            return 0
        attempt = self.job["attempt"]
        while True:
            status = self.attempt(attempt)
            if status is not None:
                return 0
            attempt += 1

    def attempt(self, attempt: int) -> str | None:
        """Run it once; its final status, None where another attempt is to follow."""
        self.write("S", attempt, f"{time.time():.3f}")
        started = time.monotonic()
        streams = self.streams(attempt)
        try:
            code, reason = self.execute(self.job["command"], self.environment(attempt), streams)
        except Stopped:
            self.write("X", attempt, "%.3f" % (time.monotonic() - started))
            raise
        if code == 0:
            missing = [path for path in self.job["outputs"] if not os.path.exists(path)]
            if missing:
                code, reason = 1, "ended with 0, but its output is missing: " + ", ".join(missing)
        seconds = "%.3f" % (time.monotonic() - started)
        if code == 0:
            if self.kind["delete"]:
                for path in streams:
                    if path is not None and os.path.exists(path):
                        os.unlink(path)
            return self.end(COMPLETED, code, attempt, seconds, reason)
        rules = self.kind["rules"]
        rule = None if rules is None else matching(rules, code)
        if rule is None:
            return self.end(PENDING_FAILED if self.common["pending"] else FAILED, code, attempt, seconds, reason)
        if attempt >= rule[3]:
            return self.end(FAILED, code, attempt, seconds, reason)
        self.write("R", code, attempt, seconds, reason)
        if rule[2] is not None:
            self.recover(rule[2], attempt, code)
        return None

    def end(self, status: str, code: int, attempt: int, seconds: str, reason: str) -> str:
        if status != COMPLETED:
            self.mark("pending" if status == PENDING_FAILED else "bad")
        self.write("E", status, code, attempt, seconds, reason)
        return status

    def recover(self, script: str, attempt: int, code: int) -> None:
        env = {**os.environ, **self.variables(attempt), "TORC_RETURN_CODE": str(code)}
        self.execute(script, env, (self.common["commands"], None), append=True, unlimited=True)

    def execute(
        self, text: str, env: dict[str, str], streams: Streams, append: bool = False, unlimited: bool = False
    ) -> tuple[int, str]:
        """The code that `bash -c TEXT` ends with, and the reason if it was made to end. Raises Stopped."""
        how = os.O_WRONLY | os.O_CREAT | (os.O_APPEND if append else os.O_TRUNC)
        out, err = streams
        actions: list[Any] = [(os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0)]
        actions.append((os.POSIX_SPAWN_OPEN, 1, out or os.devnull, how, 0o666))
        if err == out or append:
            actions.append((os.POSIX_SPAWN_DUP2, 1, 2))
        else:
            actions.append((os.POSIX_SPAWN_OPEN, 2, err or os.devnull, how, 0o666))
        try:
            os.makedirs(self.common["stdio"], exist_ok=True)
            arguments = ("bash", "-c", text)
            pid = os.posix_spawnp("bash", arguments, env, file_actions=actions, setsigmask=(), setsigdef=_PLAIN)
        except (OSError, ValueError) as error:
            return 1, "could not be started: %s" % (getattr(error, "strerror", None) or error)
        if unlimited:
            return self.wait(pid, 0, None)
        return self.wait(pid, self.kind["memory"], self.kind["limit"])

    def wait(self, pid: int, memory: int, limit: float | None) -> tuple[int, str]:
        until = None if limit is None else time.monotonic() + limit
        reason = ""
        code: int | None = None
        while True:
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended:
                found = os.waitstatus_to_exitcode(status)
                found = found if found >= 0 else 128 - found
                return (code if code is not None and found else found), reason if found else ""
            patience = LOOK if until is None else max(0.0, min(LOOK, until - time.monotonic()))
            got = signal.sigtimedwait(_STOPPING | {signal.SIGCHLD}, patience)
            if (got is not None and got.si_signo in _STOPPING) or os.path.exists(self.folder + "/stop"):
                self.end_all()
                raise Stopped
            if until is not None and time.monotonic() >= until:
                kill_tree(pid, signal.SIGTERM if code is None else signal.SIGKILL)
                code, reason = TIMED_OUT, f"took longer than its limit of {limit:g} s"
                until = time.monotonic() + GRACE  # then once more, with SIGKILL
            elif memory and resident(tree(pid)) > memory:
                code, reason = self.common["oom"], "used more memory than its limit"
                kill_tree(pid, signal.SIGKILL)

    def end_all(self) -> None:
        """End all that is in our process group but us; what does not listen is killed, and we with it."""
        own = os.getpgid(0)
        os.killpg(own, signal.SIGTERM)  # blocked here
        until = time.monotonic() + GRACE
        while time.monotonic() < until:
            try:
                if not os.waitpid(-1, os.WNOHANG)[0]:
                    time.sleep(0.02)
            except ChildProcessError:
                if not others(own):
                    return
                time.sleep(0.02)
        for pid in others(own):
            try:
                os.kill(pid, signal.SIGKILL)
            except OSError:
                pass

    def streams(self, attempt: int) -> Streams:
        """Where an attempt writes: stdout, stderr; the same path for both together, None for nowhere."""
        workflow, run = self.common["workflow"], self.common["run"]
        base = f"{self.common['stdio']}/job_wf{workflow}_j{self.job['id']}_r{run}_a{attempt}"
        mode = self.kind["mode"]
        if mode == "combined":
            return base + ".log", base + ".log"
        out = base + ".o" if mode not in ("no_stdout", "none") else None
        err = base + ".e" if mode not in ("no_stderr", "none") else None
        return out, err

    def environment(self, attempt: int) -> dict[str, str]:
        env = {**os.environ, **self.job["env"]}
        devices = os.environ.get(_DEVICES)
        if devices is not None:
            env.update(dict.fromkeys(_VISIBLE, devices))
        return {**env, **self.variables(attempt)}

    def variables(self, attempt: int) -> dict[str, str]:
        return {
            **self.common["env"],
            "TORC_JOB_ID": str(self.job["id"]),
            "TORC_JOB_NAME": self.job["name"],
            "TORC_ATTEMPT_ID": str(attempt),
        }

    def is_marked(self, what: str, gate: int) -> bool:
        """`what`: "bad" if one of a gate did not complete, "pending" if one is yet to be dealt with or waits for such a job."""
        return os.path.exists(f"{self.folder}/{what}/{gate}")

    def mark(self, what: str) -> None:
        """Tell those that wait for this job; before the record is written, for they may start then."""
        for gate in self.job["gates"]:
            os.close(os.open(f"{self.folder}/{what}/{gate}", os.O_WRONLY | os.O_CREAT, 0o666))

    def earlier(self) -> str | None:
        """The status that this job came to on a worker that was lost right after; None if it did not."""
        mine = str(self.number)
        status = None
        for name in os.listdir(self.folder + "/records"):
            with open(self.folder + "/records/" + name, encoding="utf-8") as file:
                for line in file:
                    parts = line.split("\t")
                    if parts[1] != mine:
                        continue
                    if parts[0] == "E":
                        status = parts[2]
                    elif parts[0] == "R":
                        self.job["attempt"] = max(self.job["attempt"], int(parts[3]) + 1)
        return status

    def write(self, what: str, *values: object) -> None:
        """One record, by one write, so that those of several jobs on a host do not mix."""
        line = "\t".join(
            (what, str(self.number), *(str(value).replace("\t", " ").replace("\n", " ") for value in values))
        )
        path = f"{self.folder}/records/{self.host}"
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666)
        try:
            os.write(file, (line + "\n").encode("utf-8", "surrogateescape"))
        finally:
            os.close(file)


def matching(rules: list[Rule], code: int) -> Rule | None:
    """The rule that deals with a code: the first that lists it, else the first for all (job_runner.rs:2822)."""
    for rule in rules:
        if code in rule[0]:
            return rule
    for rule in rules:
        if rule[1]:
            return rule
    return None


def tree(pid: int) -> list[int]:
    """A process and all that come from it."""
    found = [pid]
    for each in found:
        try:
            with open(f"/proc/{each}/task/{each}/children") as file:
                found.extend(map(int, file.read().split()))
        except OSError:
            continue
    return found


def resident(pids: list[int]) -> int:
    """Bytes of memory of these processes together."""
    pages = 0
    for pid in pids:
        try:
            with open(f"/proc/{pid}/statm") as file:
                pages += int(file.read().split()[1])
        except (OSError, IndexError):
            continue
    return pages * _PAGE


def kill_tree(pid: int, number: int) -> None:
    for each in tree(pid):
        try:
            os.kill(each, number)
        except OSError:
            continue


def others(group: int) -> list[int]:
    """The processes of a group but for this one."""
    found = []
    for name in os.listdir("/proc"):
        if name.isdigit() and int(name) != os.getpid():
            try:
                if os.getpgid(int(name)) == group:
                    found.append(int(name))
            except OSError:
                continue
    return found


def main() -> int:
    signal.pthread_sigmask(signal.SIG_BLOCK, _STOPPING | {signal.SIGCHLD})
    try:
        return Wrapper(sys.argv[1], int(sys.argv[2])).run()
    except Stopped:
        return 130


if __name__ == "__main__":
    sys.exit(main())
