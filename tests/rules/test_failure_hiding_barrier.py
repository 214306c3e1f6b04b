"""TL606: barriers that let the next stage run although the stage before failed."""


def test_the_next_stage_would_run(check):
    check("""
        name: w
        jobs:
          - {name: "prep_{i}", command: "true", parameters: {i: "1:99"}}
          - name: prep_complete
            command: "echo 'prep complete'"
            depends_on_regexes: ["^prep_\\\\d"]
            cancel_on_blocking_job_failure: false
                                            ^^^^^ TL606 then 50 jobs after it run
          - {name: "next_{i}", command: "true", parameters: {i: "1:50"}, depends_on: [prep_complete]}
    """)


def test_the_next_stage_does_not_mind(clean):
    clean(
        """
        name: w
        jobs:
          - {name: "prep_{i}", command: "true", parameters: {i: "1:99"}}
          - name: prep_complete
            command: "echo 'prep complete'"
            depends_on_regexes: ["^prep_\\\\d"]
            cancel_on_blocking_job_failure: false
          - name: "next_{i}"
            command: "true"
            parameters: {i: "1:50"}
            depends_on: [prep_complete]
            cancel_on_blocking_job_failure: false
        """,
        "TL606",
    )


def test_a_job_that_does_work_may_be_there_for_failures(clean):
    clean(
        """
        name: w
        jobs:
          - {name: "prep_{i}", command: "true", parameters: {i: "1:99"}}
          - name: collect
            command: "python collect_what_is_there.py"
            depends_on_regexes: ["^prep_"]
            cancel_on_blocking_job_failure: false
          - {name: "next_{i}", command: "true", parameters: {i: "1:50"}, depends_on: [collect]}
        """,
        "TL606",
    )


def test_a_barrier_without_the_flag(clean):
    clean(
        """
        name: w
        jobs:
          - {name: "prep_{i}", command: "true", parameters: {i: "1:99"}}
          - name: prep_complete
            command: "echo 'prep complete'"
            depends_on_regexes: ["^prep_\\\\d"]
            cancel_on_blocking_job_failure: true
          - {name: "next_{i}", command: "true", parameters: {i: "1:50"}, depends_on: [prep_complete]}
        """,
        "TL606",
    )
