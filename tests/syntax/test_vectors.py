"""Every reader against what the Rust crates inside Torc 1.0.0 made of the same texts."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from torclint import syntax
from torclint.syntax import kdl
from torclint.syntax.kdl_nodes import NodeReader

VECTORS = Path(__file__).parent.parent / "data" / "vectors"


def rows(kind):
    with open(VECTORS / f"{kind}.jsonl", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def same(left, right):
    """Equal in type and value; 0.0 and -0.0 differ, NaN equals NaN."""
    if type(left) is not type(right):
        return False
    if isinstance(left, dict):
        return left.keys() == right.keys() and all(same(left[key], right[key]) for key in left)
    if isinstance(left, list):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, float):
        both_nan = math.isnan(left) and math.isnan(right)
        return both_nan or (left == right and math.copysign(1, left) == math.copysign(1, right))
    return left == right


def recorded_value(cell):
    ((kind, value),) = cell.items()
    if kind == "i":
        return int(value)
    if kind == "f":
        return float(value)
    return value


def recorded_nodes(nodes):
    return [
        {
            "name": node["name"],
            "type": node["ty"],
            "entries": [[entry[0], recorded_value(entry[1]), entry[2]] for entry in node["entries"]],
            "children": recorded_nodes(node["ch"] or []),
        }
        for node in nodes
    ]


@pytest.mark.parametrize("kind", ["json", "json5", "yaml"])
def test_values_are_those_of_the_crate(kind):
    differing = []
    for row in rows(kind):
        try:
            value, valid = syntax.parse(row["text"], kind).value, True
        except syntax.ParseError:
            value, valid = None, False
        if valid != row["valid"] or (valid and not same(value, row["value"])):
            differing.append(row["text"])
    assert differing == []


def test_kdl_nodes_are_those_of_the_crate():
    differing = []
    for row in rows("kdl"):
        try:
            nodes, valid = kdl.load_nodes(row["text"]), True
        except syntax.ParseError:
            nodes, valid = None, False
        if valid != row["valid"] or (valid and not same(nodes, recorded_nodes(row["value"]))):
            differing.append(row["text"])
    assert differing == []


def test_kdl_places_are_those_of_the_crate():
    """The crate counts bytes, and takes key and type into an entry's place; a node's is recorded from its name on."""
    for row in rows("kdl"):
        if not row["valid"]:
            continue
        pending = list(zip(NodeReader(row["text"]), row["value"], strict=True))
        while pending:
            node, recorded = pending.pop()
            assert in_bytes(row["text"], node.name_start) == recorded["o"]
            for entry, (_, _, annotation, start, length) in zip(node.entries, recorded["entries"], strict=True):
                if annotation is None:
                    first = entry.start if entry.key is None else entry.key_start
                    assert in_bytes(row["text"], first) == start
                assert in_bytes(row["text"], entry.end) == start + length
            pending += zip(node.children or [], recorded["ch"] or [], strict=True)


def in_bytes(text, offset):
    return len(text[:offset].encode())
