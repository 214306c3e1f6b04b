"""TL403: patterns without `^` that match in the middle of other names."""


def test_a_neighbour_that_is_matched_by_accident(check):
    check("""
        name: w
        jobs:
          - {name: "stage1_{i}", command: "true", parameters: {i: "1:3"}}
          - {name: my_stage1_test, command: "true"}
          - {name: after, command: "true", depends_on_regexes: ["stage1"]}
                                                                ^^^^^^^^ TL403 also matches my_stage1_test
    """)


def test_a_neighbour_among_a_million(check):
    check("""
        name: w
        jobs:
          - {name: "job_{i}", command: "true", parameters: {i: "1:1000000"}}
          - {name: "my_job_{i}", command: "true", parameters: {i: "1:1000000"}}
          - {name: after, command: "true", depends_on_regexes: ["job_77777.$"]}
                                                                ^^^^^^^^^^^^^ TL403 also matches my_job_777770
    """)


def test_without_a_neighbour(clean):
    clean(
        """
        name: w
        jobs:
          - {name: "stage1_{i}", command: "true", parameters: {i: "1:3"}}
          - {name: after, command: "true", depends_on_regexes: ["stage1"]}
        """,
        "TL403",
    )


def test_a_pattern_that_is_anchored(clean):
    clean(
        r"""
        name: w
        jobs:
          - {name: "stage1_{i}", command: "true", parameters: {i: "1:3"}}
          - {name: my_stage1_test, command: "true"}
          - {name: after, command: "true", depends_on_regexes: ["^stage1"]}
          - {name: later, command: "true", depends_on_regexes: ["\\Astage1"]}
        """,
        "TL403",
    )


def test_only_one_branch_is_anchored(check):
    check("""
        name: w
        jobs:
          - {name: stage1_a, command: "true"}
          - {name: stage2_a, command: "true"}
          - {name: my_stage2_a, command: "true"}
          - {name: after, command: "true", depends_on_regexes: ["^stage1|stage2"]}
                                                                ^^^^^^^^^^^^^^^^ TL403 also matches my_stage2_a
    """)


def test_a_pattern_for_endings(clean):
    clean(
        """
        name: w
        jobs:
          - {name: one_done, command: "true"}
          - {name: two_done, command: "true"}
          - {name: after, command: "true", depends_on_regexes: ["_done$"]}
        """,
        "TL403",
    )
