"""Specs of a million jobs and more: the right numbers, and no job written out for them."""

from __future__ import annotations

import pytest

from tests.graph.specs import graph_of, report_of

MILLION = 10**6
ALL = f"0:{MILLION - 1}"

pytestmark = pytest.mark.usefixtures("no_listing")


def group(name, *waits, patterns=(), parameters=ALL, **fields):
    """A job spec over i, or over the parameters given."""
    named = parameters if isinstance(parameters, dict) else {"i": parameters}
    job = {"name": name, "command": "true", "parameters": named, **fields}
    if waits:
        job["depends_on"] = list(waits)
    if patterns:
        job["depends_on_regexes"] = list(patterns)
    return job


def single(name, *waits, patterns=()):
    job = {"name": name, "command": "true"}
    if waits:
        job["depends_on"] = list(waits)
    if patterns:
        job["depends_on_regexes"] = list(patterns)
    return job


ZIP = {"parameter_mode": "zip"}
PREP = group("prep_{i:06d}")
DIGITS = {"i": "0:9", "s": "0:999"}

CASES = {
    "everyone for everyone": ([PREP, group("a_{i}", patterns=["^prep_"])], 10**12),
    "the same number by name": ([PREP, group("a_{i}", "prep_{i:06d}")], 10**6),
    "the same number by pattern": ([PREP, group("a_{i}", patterns=["^prep_{i:06d}$"])], 10**6),
    "by name and by pattern, which share them": (
        [PREP, group("a_{i}", "prep_{i:06d}", patterns=["^prep_00000"])],
        10 * 10**6 + 10**6 - 10,
    ),
    "two patterns that overlap": ([PREP, single("a", patterns=["^prep_1", "^prep_.*1$"])], 10**5 + 10**5 - 10**4),
    "numbers whose text begins alike": (
        [group("prep_{i}"), single("a", patterns=["^prep_1"])],
        111_111,
    ),
    "a barrier": (
        [PREP, single("barrier", patterns=["^prep_"]), group("a_{i}", "barrier")],
        2 * 10**6,
    ),
    "a chain": (
        [single("step_0"), group("step_{i}", "step_{before}", parameters={"i": f"1:{MILLION}", "before": ALL}, **ZIP)],
        10**6,
    ),
    "three slots": (
        [
            group("p_{i:06d}_{j:06d}_{k:06d}", parameters={"i": ALL, "j": ALL, "k": ALL}),
            group("a_{i}", patterns=["^p_{i:06d}_"]),
        ],
        10**18,
    ),
    "three slots, one pattern for the last": (
        [group("p_{i}_{j}_{k}", parameters={"i": ALL, "j": ALL, "k": ALL}), single("a", patterns=["_7$"])],
        10**12,
    ),
    "a long step": (
        [group("p_{i}", parameters="0:1008999991:1009"), single("a", patterns=["^p_.*0$"])],
        10**5,
    ),
    "each tenth for ten groups": (
        [group("p_{s}_{i}", parameters=DIGITS), group("a_{s}_{i}", patterns=["^p_{s}_"], parameters=DIGITS)],
        1000 * 10 * 10,
    ),
    "ranges that overlap in part": ([group("p_{i}"), group("a_{i}", "p_{i}", parameters="500000:999999")], 500_000),
}


@pytest.mark.parametrize(("jobs", "edges"), CASES.values(), ids=list(CASES))
def test_counted(jobs, edges):
    spec = {"name": "w", "jobs": jobs}
    report = report_of(spec)
    assert [finding for finding in report.findings if finding.effect in ("rejected", "stuck")] == []
    assert (report.counts.explicit, report.counts.implicit, report.counts.total) == (edges, 0, edges)


def test_files_one_to_one():
    jobs = [
        group("make_{i}", output_files=["f_{i:07d}"]),
        group("read_{i}", input_files=["f_{i:07d}"]),
        group("also_{i}", "make_{i}", input_files=["f_{i:07d}"]),
    ]
    files = [{"name": "f_{i:07d}", "path": "f_{i}", "parameters": {"i": ALL}}]
    counts = graph_of({"name": "w", "jobs": jobs, "files": files}).counts
    assert (counts.explicit, counts.implicit, counts.total) == (10**6, 10**6, 2 * 10**6)


def test_files_named_in_commands():
    jobs = [
        {"name": "make_{i}", "command": "x > ${files.output.f_{i}}", "parameters": {"i": ALL}},
        {"name": "read_{i}", "command": "x < ${files.input.f_{i}}", "parameters": {"i": ALL}},
    ]
    files = [{"name": "f_{i}", "path": "f_{i}", "parameters": {"i": ALL}}]
    counts = graph_of({"name": "w", "jobs": jobs, "files": files}).counts
    assert (counts.explicit, counts.total) == (0, 10**6)


def test_files_read_by_pattern():
    jobs = [group("make_{i}", output_files=["f_{i}"]), group("read_{i}", input_file_regexes=["^f_1"])]
    files = [{"name": "f_{i}", "path": "f_{i}", "parameters": {"i": ALL}}]
    counts = graph_of({"name": "w", "jobs": jobs, "files": files}).counts
    assert (counts.explicit, counts.total) == (0, 111_111 * 10**6)


def test_the_first_job_that_has_no_partner():
    jobs = [group("p_{i}", parameters="0:999998"), group("a_{i}", "p_{i}")]
    (finding,) = (each for each in report_of({"name": "w", "jobs": jobs}).findings if each.code == "TL201")
    assert "p_999999" in finding.message
