"""Tasks that do nothing, sent ahead to see which needs a server has workers for: its Python package does not tell."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from torclint.run.engines.hyperqueue.tasks import NOBODY
from torclint.run.engines.hyperqueue.works import Work

if TYPE_CHECKING:
    from pathlib import Path

    from torclint.run.engines.hyperqueue.cluster import Cluster

_FIRST = 1 << 20  # a priority above that of all jobs


class Probe:
    """One task for each different need, which leaves a file in `folder` when it runs. `job` is their number."""

    def __init__(self, cluster: Cluster, folder: Path, wanted: list[dict[str, int | float]]) -> None:
        folder.mkdir(exist_ok=True)
        self._folder = folder
        self._wanted = list({json.dumps(each): each for each in wanted}.values())
        work = (
            Work(NOBODY, ["touch", str(folder / str(place))], (), each, _FIRST)
            for place, each in enumerate(self._wanted)
        )
        self.job = cluster.submit("torclint probe", work, str(folder))

    def missing(self) -> list[dict[str, int | float]]:
        """The needs that no worker has met yet."""
        return [each for place, each in enumerate(self._wanted) if not (self._folder / str(place)).exists()]
