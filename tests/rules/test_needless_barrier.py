"""TL603: barriers that save nothing."""

from torclint.rules.thresholds import Thresholds


def test_before_a_single_job(check):
    check("""
        name: w
        jobs:
          - {name: "prep_{i}", command: "true", parameters: {i: "1:1000"}}
          - {name: barrier_prep_complete, command: "echo done", depends_on_regexes: ["^prep_"]}
                   ^^^^^^^^^^^^^^^^^^^^^ TL603 makes 1,001 dependencies of 1,000
          - {name: report, command: "python report.py", depends_on: [barrier_prep_complete]}
    """)


def test_between_two_and_two(check):
    check("""
        name: w
        jobs:
          - {name: "prep_{i}", command: "true", parameters: {i: "1:2"}}
          - {name: barrier_prep_complete, command: "echo done", depends_on_regexes: ["^prep_"]}
                   ^^^^^^^^^^^^^^^^^^^^^ TL603 makes 4 dependencies of 4
          - {name: "next_{i}", command: "true", parameters: {i: "1:2"}, depends_on: [barrier_prep_complete]}
    """)


def test_a_small_workflow(check):
    check("""
        name: w
        jobs:
          - {name: "prep_{i}", command: "true", parameters: {i: "1:3"}}
          - {name: barrier_prep_complete, command: "echo done", depends_on_regexes: ["^prep_"]}
                   ^^^^^^^^^^^^^^^^^^^^^ TL603 makes 6 dependencies of 9, in a workflow of 7 jobs
          - {name: "next_{i}", command: "true", parameters: {i: "1:3"}, depends_on: [barrier_prep_complete]}
    """)


def test_a_workflow_that_is_not_small(clean):
    clean("""
        name: w
        jobs:
          - {name: "prep_{i}", command: "true", parameters: {i: "1:50"}}
          - {name: barrier_prep_complete, command: "echo done", depends_on_regexes: ["^prep_"]}
          - {name: "next_{i}", command: "true", parameters: {i: "1:50"}, depends_on: [barrier_prep_complete]}
    """)


def test_a_small_workflow_by_the_configuration(clean):
    clean(
        """
        name: w
        jobs:
          - {name: "prep_{i}", command: "true", parameters: {i: "1:3"}}
          - {name: barrier_prep_complete, command: "echo done", depends_on_regexes: ["^prep_"]}
          - {name: "next_{i}", command: "true", parameters: {i: "1:3"}, depends_on: [barrier_prep_complete]}
        """,
        "TL603",
        thresholds=Thresholds(small_workflow=5),
    )


def test_a_last_job_that_nothing_waits_for(clean):
    clean("""
        name: w
        jobs:
          - {name: "process_data_{i:02d}", command: "true", parameters: {i: "0:99"}}
          - {name: processing_complete, command: "echo 'All 100 files processed'", depends_on_regexes: ["^process_data_.*"]}
    """)


def test_a_job_with_work_of_its_own(clean):
    clean(
        """
        name: w
        jobs:
          - {name: "prep_{i}", command: "true", parameters: {i: "1:1000"}}
          - {name: merge_completed, command: "python merge.py", depends_on_regexes: ["^prep_"]}
          - {name: report, command: "python report.py", depends_on: [merge_completed]}
        """,
        "TL603",
    )
