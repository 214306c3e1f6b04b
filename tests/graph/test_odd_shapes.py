"""Shapes of specs that are easily taken wrongly, each as small as it can be."""

from __future__ import annotations

from tests.graph.specs import graph_of, report_of
from torclint.graph.cycles import find_cycle

NINE = {"i": "1:9"}


def rejected(spec):
    return [finding.code for finding in report_of(spec).findings if finding.effect == "rejected"]


def test_tokens_that_are_known_for_some_jobs_only():
    spec = {
        "name": "w",
        "jobs": [
            {"name": "make_{i}", "command": "x > ${files.output.f_{i}}", "parameters": {"i": "0:9"}},
            {"name": "read_{i}", "command": "true", "parameters": NINE, "input_file_regexes": ["^f_{i}$"]},
            {"name": "all", "command": "true", "input_file_regexes": ["^f_"]},
        ],
        "files": [{"name": "f_{i}", "path": "f_{i}", "parameters": NINE}],
    }
    assert rejected(spec) == []
    counts = graph_of(spec).counts
    assert (counts.explicit, counts.total) == (0, 18)


def test_a_writer_by_pattern_of_a_file_that_is_read_by_name():
    spec = {
        "name": "w",
        "jobs": [
            {"name": "make_{i}", "command": "true", "parameters": NINE, "output_file_regexes": ["^g_{i:03d}\\b"]},
            {"name": "read_{i}", "command": "true", "parameters": NINE, "input_files": ["g_{i:03d}"]},
        ],
        "files": [{"name": "g_{i:03d}", "path": "g", "parameters": NINE}],
    }
    assert rejected(spec) == []
    assert graph_of(spec).counts.total == 9


def test_a_group_without_jobs_waits_for_nothing():
    empty = {"name": "a_{i}", "command": "true", "parameters": {"i": "3:1"}, "depends_on_regexes": ["^a_"]}
    spec = {"name": "w", "jobs": [empty]}
    assert rejected(spec) == []
    assert find_cycle(graph_of(spec), explicit_only=True) is None
    assert graph_of(spec).counts[1:] == (0, 0, 0, 0)


def test_blocks_of_consumers_of_different_size():
    spec = {
        "name": "w",
        "jobs": [
            {"name": "p_{i}", "command": "true", "parameters": NINE},
            {"name": "q_{i}", "command": "true", "parameters": {"i": "1:4"}, "depends_on_regexes": ["^p_"]},
            {"name": "r", "command": "true", "depends_on_regexes": ["^p_"]},
        ],
    }
    (block,) = graph_of(spec).blocks
    assert (block.consumer_jobs, block.producer_jobs, block.edges, block.everyone) == (5, 9, 45, True)


def test_a_share_for_each_value_is_no_block_of_everyone():
    both = {"s": ["a", "b"], "i": "1:5"}
    spec = {
        "name": "w",
        "jobs": [
            {"name": "p_{s}_{i}", "command": "true", "parameters": both},
            {"name": "q_{s}_{i}", "command": "true", "parameters": both, "depends_on_regexes": ["^p_{s}_"]},
        ],
    }
    (block,) = graph_of(spec).blocks
    assert (block.consumer_jobs, block.producer_jobs, block.edges, block.everyone) == (10, 10, 50, False)
