"""From where on a rule speaks: the numbers that users may set, with their defaults."""

from __future__ import annotations

from torclint.record import Record


class Thresholds(Record):
    """Every threshold of every rule; a configuration file may set each by its name with dashes (`min-jobs`)."""

    min_jobs: int = 100
    min_saving: int = 1000
    monitored_jobs: int = 2000


MEANINGS = {
    "min_jobs": "jobs on the larger side from which on a block of dependencies is worth a barrier",
    "min_saving": "dependencies that a barrier must save, its own taken off",
    "monitored_jobs": "short jobs from which on the cost of the resource monitor is told",
}
