"""From where on a rule speaks: the numbers that users may set, with their defaults."""

from __future__ import annotations

from torclint.record import Record


class Thresholds(Record):
    """Every threshold of every rule; a configuration file may set each by its name with dashes (`min-jobs`)."""

    min_jobs: int = 100
    min_saving: int = 1000
    small_workflow: int = 100
    fan_in: int = 30_000
    chain_length: int = 20
    monitored_jobs: int = 2000


MEANINGS = {
    "min_jobs": "jobs on the larger side from which on a block of dependencies is worth a barrier",
    "min_saving": "dependencies that a barrier must save, net of its own",
    "small_workflow": "jobs below which a workflow is too small for barriers that save little",
    "fan_in": "matches of one pattern from which on a single job that waits for them is told",
    "chain_length": "jobs one after the other from which on the wait for Torc's release timer is told",
    "monitored_jobs": "short jobs from which on the cost of the resource monitor is told",
}
