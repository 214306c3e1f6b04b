"""What a store holds: its tables, the statuses in them, and its version."""

from __future__ import annotations

from typing import NamedTuple

from torclint.run.scheduler import NAMES

APPLICATION = 0x746F7263  # "torc", in the header of the file: another program's database is none of ours
VERSION = 1

# What the scheduler does not know: jobs between two attempts, whose recovery script runs, and jobs that were ended with
# the run and are to run again when it goes on.
RECOVERING, STOPPED = 16, 17
SHOWN = {**dict(enumerate(NAMES)), RECOVERING: "recovering", STOPPED: "terminated"}

# One row for each job of which something is known, the newest attempt: blocked jobs have none. What it replaces goes to
# `past`. `booted` is the time since the machine started (CLOCK_BOOTTIME) right after the process was: whoever has the
# same number and started later is somebody else.
_ATTEMPT = """
    number INTEGER {key},
    name TEXT NOT NULL,
    id INTEGER NOT NULL,
    status INTEGER NOT NULL,
    code INTEGER,
    attempts INTEGER NOT NULL,
    run INTEGER NOT NULL,
    seconds REAL,
    started REAL,
    pid INTEGER,
    booted REAL,
    command INTEGER,
    inputs INTEGER,
    reason TEXT
"""
SCHEMA = f"""
CREATE TABLE about (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE run (
    id INTEGER PRIMARY KEY,
    pid INTEGER NOT NULL,
    boot TEXT NOT NULL,
    started REAL NOT NULL,
    ended REAL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL DEFAULT '',
    environment TEXT NOT NULL
);
CREATE TABLE job ({_ATTEMPT.format(key="PRIMARY KEY")});
CREATE TABLE past ({_ATTEMPT.format(key="NOT NULL")});
CREATE INDEX past_name ON past (name);
CREATE TABLE action (
    key INTEGER PRIMARY KEY,
    trigger TEXT NOT NULL,
    done INTEGER NOT NULL,
    run INTEGER NOT NULL,
    pid INTEGER,
    booted REAL
);
"""

# What the machine had to give each time the run was started; None is without limit. By itself, since stores from before
# it was kept have no such table.
MACHINE = """
CREATE TABLE IF NOT EXISTS machine (run INTEGER PRIMARY KEY, cpus INTEGER, memory INTEGER, gpus INTEGER, jobs INTEGER)
"""
ENDLESS = 1 << 60  # from which on a number means that there is no limit


class Row(NamedTuple):
    """A row of the table `job` or `past`. `command` and `inputs` are digests."""

    number: int
    name: str
    id: int  # as files are named after it
    status: int
    code: int | None
    attempts: int
    run: int
    seconds: float | None
    started: float | None  # seconds since 1970
    pid: int | None
    booted: float | None
    command: int | None
    inputs: int | None
    reason: str | None


COLUMNS = ", ".join(Row._fields)
PLACES = ", ".join("?" * len(Row._fields))


class About(NamedTuple):
    """What a store says about its run. `spec` is the path of the spec, "" for one that came from stdin; `path` is what
    messages call it; `folder` is where the jobs run; `options` is JSON; `size` is 0 before the run has begun."""

    uid: str
    spec: str
    path: str
    text: str
    folder: str
    options: str
    torclint: str
    workflow: str = ""
    size: int = 0
    output_dir: str = ""
    place: int = 0  # the number of the workflow in the output folder
