"""Two levels for a huge fan-in: only where they are asked for, and where they save more time than a level costs."""

from __future__ import annotations

import pytest

from tests.fix.conftest import sides
from torclint.api import Source, load
from torclint.fix.barriers import insert_barriers
from torclint.rules.thresholds import Thresholds


def fixed(text, path="spec.yaml", two_levels=True):
    return insert_barriers(load(Source(path, text)), Thresholds(), two_levels=two_levels)


DIFF = r"""
          name: w
          jobs:
            - {name: "work_{i}", command: "true", parameters: {i: "1:100000"}}
        +   - {name: "barrier_work_{part}_complete", command: "echo 'work: part {part} complete' && date", depends_on_regexes: ["^work_\\d*{part}$"], parameters: {part: "0:9"}}
        -   - {name: report, command: ls, depends_on_regexes: ["^work_"]}
        +   - {name: report, command: ls, depends_on_regexes: ["^barrier_work_[0-9]_complete$"]}
"""  # noqa: E501


def test_a_tenth_for_each_barrier():
    before, after = sides(DIFF)
    found = fixed(before)
    assert found.text == after
    assert (found.before.counts.total, found.after.counts.total) == (100_000, 100_010)
    assert fixed(after).after is None


def test_only_where_it_is_asked_for():
    before, _ = sides(DIFF)
    assert fixed(before, two_levels=False).after is None


def test_behind_a_barrier_that_saves_dependencies():
    before, _ = sides(DIFF)
    found = fixed(before.replace('command: ls, depends', 'command: ls, parameters: {k: "1:50"}, depends').replace(
        "name: report", 'name: "report_{k}"'
    ))  # fmt: skip
    assert [barrier.name for barrier in found.barriers] == ["barrier_work_complete", "barrier_work_{part}_complete"]
    assert found.after.counts.total == 100_000 + 10 + 50


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("1:100000", "1:40000"),  # a minute in the creation is not worth a level
        ('["^work_"]', '["^work_.*[1-9]$"]'),  # not all of the group
        ("work_{i}", "work_{i}_x"),  # no number at the end
        ("command: ls", "command: ls, labels: [gpu]"),
    ],
)
def test_where_it_is_no_gain_or_cannot_be_had(old, new):
    before, _ = sides(DIFF)
    assert old in before
    assert fixed(before.replace(old, new)).after is None
