"""TL501: edges that a barrier would do away with."""

from textwrap import dedent

import pytest

import torclint
from torclint.rules.thresholds import Thresholds


def test_the_naive_workflow(check):
    (finding,) = check("""
        name: w
        jobs:
          - {name: "preprocess_{i:03d}", command: "true", parameters: {i: "0:999"}}
          - name: "analyze_{i:03d}"
            command: "true"
            parameters: {i: "0:999"}
            depends_on_regexes: ["^preprocess_.*"]
                                 ^^^^^^^^^^^^^^^^ TL501 1,000 jobs each wait for 1,000 jobs: 1,000,000 dependencies
          - {name: final_report, command: "true", depends_on_regexes: ["^analyze_.*"]}
    """)
    assert finding.fix.applicability == "safe"
    assert any("makes it 2,000" in text for text in finding.help)


def test_with_barriers(clean):
    clean("""
        name: w
        jobs:
          - {name: "preprocess_{i:03d}", command: "true", parameters: {i: "0:999"}}
          - {name: barrier_stage1_complete, command: "echo 'Stage 1 complete' && date", depends_on_regexes: ["^preprocess_.*"]}
          - {name: "analyze_{i:03d}", command: "true", parameters: {i: "0:999"}, depends_on: [barrier_stage1_complete]}
          - {name: final_report, command: "true", depends_on_regexes: ["^analyze_.*"]}
    """)


def test_one_to_one_by_files(clean):
    clean("""
        name: w
        jobs:
          - {name: "preprocess_{i}", command: "true", output_files: ["data_{i}"], parameters: {i: "0:999999"}}
          - {name: "analyze_{i}", command: "true", input_files: ["data_{i}"], parameters: {i: "0:999999"}}
        files: [{name: "data_{i}", path: "data_{i}.json", parameters: {i: "0:999999"}}]
    """)


def test_one_to_one_by_name_and_by_pattern(clean):
    clean("""
        name: w
        jobs:
          - {name: "p_{i}", command: "true", parameters: {i: "0:999999"}}
          - {name: "q_{i}", command: "true", parameters: {i: "0:999999"}, depends_on: ["p_{i}"]}
          - {name: "r_{i}", command: "true", parameters: {i: "0:999999"}, depends_on_regexes: ["^q_{i}$"]}
    """)


def test_a_diamond(clean):
    clean("""
        name: w
        jobs:
          - {name: fetch_data, command: "fetch.py"}
          - {name: process_weather, command: "process_weather.py", depends_on: [fetch_data]}
          - {name: process_traffic, command: "process_traffic.py", depends_on: [fetch_data]}
          - {name: generate_report, command: "report.py", depends_on: [process_weather, process_traffic]}
    """)


def test_ten_jobs(clean):
    clean("""
        name: w
        jobs:
          - {name: "prepare_{i}", command: "true", parameters: {i: "0:9"}}
          - {name: "job_{i}", command: "process.py {i}", parameters: {i: "0:9"}, depends_on_regexes: ["^prepare_.*"]}
    """)


@pytest.mark.parametrize(("jobs", "flagged"), [(99, False), (100, True)])
def test_from_a_hundred_jobs_on(jobs, flagged, check, clean):
    spec = f"""
        name: w
        jobs:
          - {{name: "p_{{i}}", command: "true", parameters: {{i: "1:{jobs}"}}}}
          - {{name: "q_{{i}}", command: "true", parameters: {{i: "1:{jobs}"}}, depends_on_regexes: ["^p_"]}}
    """
    if not flagged:
        clean(spec)
        return
    carets = " " * spec.splitlines()[4].index('"^p_"') + "^^^^^ TL501\n"
    check(spec.rstrip(" ") + carets)


TEN = """
        name: w
        jobs:
          - {name: "p_{i}", command: "true", parameters: {i: "1:10"}}
          - {name: "q_{i}", command: "true", parameters: {i: "1:10"}, depends_on_regexes: ["^p_"]}
"""


def test_thresholds_can_be_lowered(check):
    carets = " " * TEN.splitlines()[4].index('"^p_"') + "^^^^^ TL501 100 dependencies\n"
    check(TEN + carets, thresholds=Thresholds(min_jobs=10, min_saving=80))


@pytest.mark.parametrize("thresholds", [Thresholds(11, 80), Thresholds(10, 81)])
def test_either_threshold_keeps_it_quiet(thresholds, clean):
    clean(TEN, thresholds=thresholds)


def test_a_trillion(check):
    check("""
        name: w
        jobs:
          - {name: "p_{i}", command: "true", parameters: {i: "1:1000000"}}
          - {name: "q_{i}", command: "true", parameters: {i: "1:1000000"}, depends_on_regexes: ["^p_"]}
                                                                                                ^^^^^ TL501 1,000,000,000,000
    """)


def test_many_plain_jobs_with_the_same_list(check):
    names = [f"p{number}" for number in range(120)]
    producers = "\n".join(f"  - {{name: {name}, command: t}}" for name in names)
    listed = ", ".join(names)
    consumers = [f"  - {{name: q{number}, command: t, depends_on: [{listed}]}}" for number in range(120)]
    carets = " " * consumers[0].index(listed) + "^" * len(listed) + " TL501 120 jobs each wait for 120 jobs: 14,400"
    check(f"\nname: w\njobs:\n{producers}\n{consumers[0]}\n{carets}\n" + "\n".join(consumers[1:]) + "\n")


def test_groups_of_different_size_that_share_a_pattern(check):
    check("""
        name: w
        jobs:
          - {name: "p_{i}", command: "true", parameters: {i: "1:200"}}
          - {name: "q_{i}", command: "true", parameters: {i: "1:30"}, depends_on_regexes: ["^p_"]}
                                                                                           ^^^^^ TL501 50 jobs each wait for 200
          - {name: "r_{i}", command: "true", parameters: {i: "1:20"}, depends_on_regexes: ["^p_"]}
    """)


def test_a_share_for_each_value(check):
    (finding,) = check("""
        name: w
        jobs:
          - {name: "p_{s}_{i}", command: "true", parameters: {s: [a, b], i: "1:500"}}
          - name: "q_{s}_{i}"
            command: "true"
            parameters: {s: [a, b], i: "1:500"}
            depends_on_regexes: ["^p_{s}_"]
                                 ^^^^^^^^^ TL501 500,000
    """)
    assert finding.fix is None
    assert "each wait" not in finding.message


def test_one_side_is_a_single_job(clean):
    clean(
        """
        name: w
        jobs:
          - {name: "p_{i}", command: "true", parameters: {i: "1:1000000"}}
          - {name: report, command: "true", depends_on_regexes: ["^p_"]}
          - {name: "q_{i}", command: "true", parameters: {i: "1:1000000"}, depends_on: [report]}
        """,
        "TL501",
    )


def quadratic(text):
    """The one TL501 of a spec, whatever else is found."""
    (file,) = torclint.check(torclint.Source("w.yaml", dedent(text))).files
    (found,) = (each for each in file.findings if each.code == "TL501")
    return found


@pytest.mark.parametrize(
    ("of_a", "of_b", "reason"),
    [
        ("[gpu]", "[]", "the jobs around the barrier have different labels"),
        ('["x{i}"]', '["x{i}"]', "labels with parameters in them"),
        ("[gpu]", "[gpu]", ""),
    ],
)
def test_what_labels_make_impossible_is_not_offered(of_a, of_b, reason):
    text = f"""
        name: w
        jobs:
          - {{name: "a_{{i}}", command: ls, parameters: {{i: "1:200"}}, labels: {of_a}}}
          - {{name: "b_{{i}}", command: ls, parameters: {{i: "1:200"}}, labels: {of_b}, depends_on_regexes: [^a_]}}
    """
    found = quadratic(text)
    assert (found.fix is None) == bool(reason)
    assert not reason or f"torclint fix puts none in: {reason}" in found.help[-1]
    fixed = torclint.fix(torclint.Source("w.yaml", dedent(text)))
    assert (fixed.after is None) == bool(reason)
    assert [each.reason.startswith(reason) for each in fixed.withheld] == [True] * bool(reason)


def test_no_barrier_is_offered_for_a_spec_that_torc_refuses():
    text = """
        name: w
        jobs:
          - {name: "a_{i}", command: ls, parameters: {i: "1:200"}}
          - {name: "b_{i}", command: ls, parameters: {i: "1:200"}, depends_on_regexes: [^a_]}
    """
    assert quadratic(text).fix is not None
    found = quadratic(text + "      - {name: c, command: ls, depends_on: [nobody]}\n")
    assert found.fix is None
    assert found.help[-1] == "torclint fix puts it in once the errors are mended"
