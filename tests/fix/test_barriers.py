"""Which barriers are inserted, what they are called and what they carry; and which blocks get none."""

# ruff: noqa: E501  a job on one line is easier to compare
from __future__ import annotations

import pytest

import torclint
from torclint import Source
from torclint.rules.thresholds import Thresholds

ANY_GAIN = Thresholds(2, 1)


def test_a_consumer_that_also_waits_by_name_and_by_other_patterns(rewrites):
    rewrites("""
          name: w
          jobs:
            - {name: setup, command: ls}
            - {name: "check_{i}", command: ls, parameters: {i: "1:3"}}
            - {name: "prep_{i}", command: ls, parameters: {i: "1:1000"}}
        +   - name: barrier_prep_complete
        +     command: "echo 'prep: 1004 jobs complete' && date"
        +     depends_on: [setup]
        +     depends_on_regexes: ["^check_", "^prep_"]
            - name: work_{i}
              command: ls
        -     depends_on: [setup]
        -     depends_on_regexes: ["^check_", "^prep_"] # both
        +     depends_on: [barrier_prep_complete]
        +     # both
              parameters: {i: "1:100"}
    """)


def test_one_barrier_for_all_that_wait_for_the_same_jobs_in_other_words(rewrites):
    fixed = rewrites(r"""
          name: w
          jobs:
            - {name: "prep_{i}", command: ls, parameters: {i: "1:100"}}
            - {name: "other_{i}", command: ls, parameters: {i: "1:100"}}
        +   - {name: "barrier_prep_complete", command: "echo 'prep: 100 jobs complete' && date", depends_on_regexes: [^prep_]}
        -   - {name: "a_{i}", command: ls, depends_on_regexes: [^prep_], parameters: {i: "1:100"}}
        +   - {name: "a_{i}", command: ls, depends_on: [barrier_prep_complete], parameters: {i: "1:100"}}
        -   - {name: "b_{i}", command: ls, depends_on_regexes: ['^prep_\d+$'], parameters: {i: "1:100"}}
        +   - {name: "b_{i}", command: ls, depends_on: ['barrier_prep_complete'], parameters: {i: "1:100"}}
        -   - {name: last, command: ls, depends_on_regexes: ["^(prep)_"]}
        +   - {name: last, command: ls, depends_on: ["barrier_prep_complete"]}
    """)
    assert fixed.after.counts.total == 100 + 100 + 100 + 1


def test_one_barrier_for_two_patterns(rewrites):
    rewrites("""
          name: w
          jobs:
            - {name: "a_{i}", command: ls, parameters: {i: "1:100"}}
            - {name: "b_{i}", command: ls, parameters: {i: "1:200"}}

        +   - {name: "barrier_a_and_b_complete", command: "echo 'a_and_b: 300 jobs complete' && date", depends_on_regexes: [^a_, ^b_]}
        +
            # both
        -   - {name: "c_{i}", command: ls, depends_on_regexes: [^a_, ^b_], parameters: {i: "1:100"}}
        +   - {name: "c_{i}", command: ls, depends_on: [barrier_a_and_b_complete], parameters: {i: "1:100"}}
    """)


def names_of(text: str, thresholds: Thresholds = ANY_GAIN, path: str = "spec.yaml") -> list[str]:
    fixed = torclint.fix(Source(path, text), thresholds=thresholds)
    assert not fixed.failed
    return [barrier.name for barrier in fixed.barriers]


STAGES = """\
name: w
jobs:
  - {{name: "prep_{{i}}", command: ls, parameters: {{i: "1:9"}}}}
  - {{name: "work_{{i}}", command: ls, depends_on_regexes: ["{pattern}"], parameters: {{i: "1:9"}}}}
{more}"""


@pytest.mark.parametrize(
    ("pattern", "more", "name"),
    [
        ("^prep_", "", "barrier_prep_complete"),
        ("prep_", "", "barrier_before_work"),
        ("^prep_", '  - {name: last, command: ls, depends_on_regexes: ["complete|^work"]}\n', "barrier_before_work"),
        ("^prep_", '  - {name: last, command: ls, depends_on_regexes: ["barrier|^work"]}\n', "before_work"),
        ("^prep_", '  - {name: last, command: ls, depends_on_regexes: ["^[a-z]+_"]}\n', "G1"),
        ("^prep_", "  - {name: barrier_prep_complete, command: ls}\n", "barrier_before_work"),
        ("^prep_", '  - {name: "barrier_{s}_complete", command: ls, parameters: {s: [prep]}}\n', "barrier_before_work"),
        (
            "^prep_",
            "actions:\n  - {trigger_type: on_jobs_complete, action_type: run_commands, commands: [ls],"
            ' job_name_regexes: ["prep"]}\n',
            "barrier_before_work",
        ),
    ],
)
def test_no_pattern_matches_the_name(pattern, more, name):
    assert names_of(STAGES.format(pattern=pattern, more=more)) == [name]


def test_a_name_for_every_barrier():
    text = """
        name: w
        jobs:
          - {name: "a_{i}", command: ls, parameters: {i: "1:9"}}
          - {name: "b_{i}", command: ls, depends_on_regexes: ["^a_[1-4]"], parameters: {i: "1:9"}}
          - {name: "c_{i}", command: ls, depends_on_regexes: ["^a_[5-9]"], parameters: {i: "1:9"}}
          - {name: "d_{i}", command: ls, depends_on_regexes: ["^a_[4-7]"], parameters: {i: "1:9"}}
    """
    assert names_of(text) == ["barrier_a_complete", "barrier_before_c", "barrier_before_d"]


def test_patterns_that_leave_no_name(stays):
    stays(
        STAGES.format(pattern="^prep_", more='  - {name: last, command: ls, depends_on_regexes: ["^[^l]"]}\n'),
        "every name for the barrier would match a pattern of this spec",
        thresholds=ANY_GAIN,
    )


def test_labels_that_all_share(rewrites):
    rewrites("""
          name: w
          jobs:
            - {name: "a_{i}", command: ls, labels: ["y z", x], parameters: {i: "1:100"}}
        +   - name: barrier_a_complete
        +     command: "echo 'a: 100 jobs complete' && date"
        +     depends_on_regexes: ["^a_"]
        +     labels:
        +       - x
        +       - "y z"
            - name: b_{i}
              command: ls
              labels:
                - x
                - y z
        -     depends_on_regexes: ["^a_"]
        +     depends_on: ["barrier_a_complete"]
              parameters: {i: "1:100"}
    """)


def test_labels_that_differ(stays):
    stays(
        """
        name: w
        jobs:
          - {name: "a_{i}", command: ls, labels: [x], parameters: {i: "1:100"}}
          - {name: "b_{i}", command: ls, depends_on_regexes: [^a_], parameters: {i: "1:100"}}
        """,
        "the jobs around the barrier have different labels, so no one runner would take them all",
    )


def test_the_highest_priority_of_the_consumers(rewrites):
    rewrites("""
          name: w
          jobs:
            - {name: "a_{i}", command: ls, priority: 9, parameters: {i: "1:100"}}
        +   - {name: "barrier_a_complete", command: "echo 'a: 100 jobs complete' && date", depends_on_regexes: [^a_], priority: 7}
        -   - {name: "b_{i}", command: ls, priority: 3, depends_on_regexes: [^a_], parameters: {i: "1:100"}}
        +   - {name: "b_{i}", command: ls, priority: 3, depends_on: [barrier_a_complete], parameters: {i: "1:100"}}
        -   - {name: "c_{i}", command: ls, priority: 7, depends_on_regexes: [^a_], parameters: {i: "1:100"}}
        +   - {name: "c_{i}", command: ls, priority: 7, depends_on: [barrier_a_complete], parameters: {i: "1:100"}}
    """)


def test_the_smallest_class_of_the_spec(rewrites):
    rewrites("""
          name: w
          resource_requirements:
            - {name: large, num_cpus: 64, memory: 256g, runtime: PT12H}
            - {name: modest, num_cpus: 1, memory: 512m, runtime: PT5M}
            - {name: small, num_cpus: 1, memory: 200m, runtime: PT2M}
            - {name: hours, num_cpus: 1, memory: 100m, runtime: PT2H}
          jobs:
            - {name: "a_{i}", command: ls, parameters: {i: "1:100"}}
        +   - name: barrier_a_complete
        +     command: "echo 'a: 100 jobs complete' && date"
        +     resource_requirements: small
        +     depends_on_regexes: [^a_]
            - name: b_{i}
              command: ls
              resource_requirements: large
        -     depends_on_regexes: [^a_]
        +     depends_on: [barrier_a_complete]
              parameters: {i: "1:100"}
    """)


def test_a_new_class(rewrites):
    rewrites("""
          name: w
          jobs:
            - {name: "a_{i}", command: ls, parameters: {i: "1:100"}}
        +   - {name: "barrier_a_complete", command: "echo 'a: 100 jobs complete' && date", resource_requirements: "tiny_2", depends_on_regexes: [^a_]}
        -   - {name: "b_{i}", command: ls, depends_on_regexes: [^a_], parameters: {i: "1:100"}}
        +   - {name: "b_{i}", command: ls, depends_on: [barrier_a_complete], parameters: {i: "1:100"}}

          resource_requirements:
        +   - name: tiny_2
        +     num_cpus: 1
        +     num_gpus: 0
        +     num_nodes: 1
        +     memory: "100m"
        +     runtime: PT1M
            # not so tiny
            - name: tiny
              num_cpus: 8
              memory: 64g
              runtime: PT1H
    """)


def test_variables(rewrites):
    rewrites("""
          name: w
          variables: {stage: prep, n: "100"}
          jobs:
            - {name: "{stage}_{i}", command: "echo {stage}", parameters: {i: "1:{n}"}}
        +   - {name: "barrier_prep_complete", command: "echo 'prep: 100 jobs complete' && date", depends_on_regexes: ["^{stage}_"]}
        -   - {name: "b_{i}", command: ls, depends_on_regexes: ["^{stage}_"], parameters: {i: "1:{n}"}}
        +   - {name: "b_{i}", command: ls, depends_on: ["barrier_prep_complete"], parameters: {i: "1:{n}"}}
    """)


def test_parameters_of_the_workflow(rewrites):
    rewrites("""
          name: w
          parameters: {i: "1:100"}
          jobs:
            - {name: "a_{i}", command: ls, use_parameters: [i]}
        +   - {name: "barrier_a_complete", command: "echo 'a: 100 jobs complete' && date", depends_on_regexes: ["^a_"]}
        -   - {name: "b_{i}", command: ls, depends_on_regexes: ["^a_"], use_parameters: [i]}
        +   - {name: "b_{i}", command: ls, depends_on: ["barrier_a_complete"], use_parameters: [i]}
    """)


def test_files_keep_their_edges(stays):
    stays(
        """
        name: w
        jobs:
          - {name: "a_{i}", command: ls, output_files: [out], parameters: {i: "1:100"}}
          - {name: "b_{i}", command: ls, depends_on_regexes: [^a_], input_files: [out], parameters: {i: "1:100"}}
        files:
          - {name: out, path: out}
        """,
        "it would save nothing: the same jobs are tied by other entries too (10,000 -> 10,200 dependencies)",
    )


def test_files_that_tie_most_of_the_jobs_leave_too_little_to_save(stays):
    stays(
        """
        name: w
        jobs:
          - {name: "a_{i}", command: ls, output_files: [out], parameters: {i: "1:100"}}
          - {name: "b_{i}", command: ls, depends_on_regexes: [^a_], input_files: [out], parameters: {i: "1:100"}}
          - {name: "c_{i}", command: ls, depends_on_regexes: [^a_], parameters: {i: "1:12"}}
        files:
          - {name: out, path: out}
        """,
        "it would save too little: the same jobs are tied by other entries too (11,200 -> 10,212 dependencies)",
    )


def test_labels_of_another_block_that_names_the_same_pattern():
    text = """
        name: w
        jobs:
          - {name: "a_{i}", command: ls, parameters: {i: "1:100"}}
          - {name: "x_{i}", command: ls, depends_on_regexes: ["^a_"], parameters: {i: "1:100"}}
          - {name: "y_{i}", command: ls, depends_on_regexes: ["^a_"], labels: [gpu], parameters: {i: "1:100"}}
    """
    assert names_of(text, Thresholds()) == ["barrier_a_complete"]


def test_a_pattern_within_another():
    # c waits for every a by both patterns: a barrier for one alone would leave the ties through the other
    text = """
        name: w
        jobs:
          - {name: "a_{i}", command: ls, parameters: {i: "1:100"}}
          - {name: "b_{i}", command: ls, parameters: {i: "1:3"}}
          - {name: "x_{i}", command: ls, labels: [gpu], parameters: {i: "1:100"}}
          - {name: "c_{i}", command: ls, depends_on_regexes: ["^a_", "^[ab]_"], parameters: {i: "1:100"}}
          - {name: "y_{i}", command: ls, depends_on_regexes: ["^x_"], parameters: {i: "1:100"}}
    """
    assert names_of(text, Thresholds()) == ["barrier_a_complete"]


def test_a_file_from_outside_is_no_hindrance():
    text = """
        name: w
        jobs:
          - {name: "a_{i}", command: ls, input_files: [given], parameters: {i: "1:100"}}
          - {name: "b_{i}", command: ls, depends_on_regexes: [^a_], parameters: {i: "1:100"}}
        files:
          - {name: given, path: given}
    """
    assert names_of(text, Thresholds()) == ["barrier_a_complete"]


@pytest.mark.parametrize(
    ("thresholds", "barriers"),
    [
        (Thresholds(20, 1), 1),
        (Thresholds(21, 1), 0),
        (Thresholds(1, 170), 1),  # 10 * 20 - 10 - 20
        (Thresholds(1, 171), 0),
    ],
)
def test_thresholds(thresholds, barriers):
    text = """
        name: w
        jobs:
          - {name: "a_{i}", command: ls, parameters: {i: "1:10"}}
          - {name: "b_{i}", command: ls, depends_on_regexes: [^a_], parameters: {i: "1:20"}}
    """
    assert len(names_of(text, thresholds)) == barriers


def test_ten_jobs(stays):
    stays("""
        name: w
        jobs:
          - {name: "a_{i}", command: ls, parameters: {i: "1:10"}}
          - {name: "b_{i}", command: ls, depends_on_regexes: [^a_], parameters: {i: "1:10"}}
    """)


def test_one_to_one(stays):
    stays(
        """
        name: w
        jobs:
          - {name: "a_{i}", command: ls, parameters: {i: "1:1000"}}
          - {name: "b_{i}", command: ls, depends_on: ["a_{i}"], parameters: {i: "1:1000"}}
          - {name: "c_{i}", command: ls, depends_on_regexes: ["^b_{i}$"], parameters: {i: "1:1000"}}
        """,
        thresholds=ANY_GAIN,
    )


def test_a_diamond(stays):
    stays(
        """
        name: w
        jobs:
          - {name: top, command: ls}
          - {name: left, command: ls, depends_on: [top]}
          - {name: right, command: ls, depends_on: [top]}
          - {name: bottom, command: ls, depends_on: [left, right]}
        """,
        thresholds=ANY_GAIN,
    )


def test_one_job_at_the_end(stays):
    stays("""
        name: w
        jobs:
          - {name: "a_{i}", command: ls, parameters: {i: "1:100000"}}
          - {name: last, command: ls, depends_on_regexes: [^a_]}
    """)


@pytest.mark.parametrize(
    "more",
    [
        "  - {name: lost, command: ls, depends_on: [nobody]}\n",
        '  - {name: "prep_1", command: ls}\n',
        "  - {name: one, command: ls, depends_on: [two]}\n  - {name: two, command: ls, depends_on: [one]}\n",
    ],
)
def test_a_spec_that_does_not_run_is_left_alone(stays, more):
    fixed = stays(STAGES.format(pattern="^prep_", more=more), thresholds=ANY_GAIN)
    assert fixed.refused
