"""A HyperQueue server, or a worker for one, as a process of its own, which tests can kill.

usage: hq_process.py server FILE WORKERS | hq_process.py worker FILE SERVER_DIR

It writes its server folder to FILE when it is ready, and then sleeps. The Python package offers no worker apart from a server:
the one made here has a server that nobody talks to, and reads the address of the other one in its place.
"""

from __future__ import annotations

import shutil
import sys
import time
from pathlib import Path

from hyperqueue import LocalCluster
from hyperqueue.cluster import WorkerConfig

role, told, given = sys.argv[1:]
cluster = LocalCluster()
own = Path(cluster.cluster.server_dir)
if role == "worker":
    address = own / "hq-current" / "access.json"
    address.unlink()
    shutil.copy(Path(given) / "hq-current" / "access.json", address)
for _ in range(int(given) if role == "server" else 1):
    cluster.start_worker(WorkerConfig(cores=1))
Path(told).write_text(str(own), encoding="utf-8")
time.sleep(600)
