"""TL405: jobs that wait for themselves."""


def test_a_barrier_that_its_own_pattern_matches(check):
    check("""
        name: w
        jobs:
          - {name: "stage1_{i}", command: "true", parameters: {i: "1:3"}}
          - {name: stage1_complete, command: "echo 'Stage 1 done'", depends_on_regexes: ["^stage1_.*"]}
                                                                                         ^^^^^^^^^^^^ TL405 stage1_complete itself
    """)


def test_a_barrier_that_is_called_otherwise(clean):
    clean("""
        name: w
        jobs:
          - {name: "stage1_{i}", command: "true", parameters: {i: "1:3"}}
          - {name: barrier_stage1_complete, command: "echo 'Stage 1 done'", depends_on_regexes: ["^stage1_.*"]}
    """)


def test_without_the_anchor_the_other_name_does_not_help(check):
    check("""
        name: w
        jobs:
          - {name: "stage1_{i}", command: "true", parameters: {i: "1:3"}}
          - {name: barrier_stage1_complete, command: "echo done", depends_on_regexes: ["stage1_.*"]}
                                                                                       ^^^^^^^^^^^ TL405 matches its own job
    """)


def test_everything(check):
    check("""
        name: w
        jobs:
          - {name: prep, command: "true"}
          - {name: after, command: "true", depends_on_regexes: [".*"]}
                                                                ^^^^ TL405
                                                                ^^^^ TL404
    """)


def test_by_name(check):
    check("""
        name: w
        jobs:
          - {name: a, command: "true", depends_on: [a]}
                                                    ^ TL405 the name `a` matches a itself
    """)


def test_a_million_jobs_each_by_name(check):
    check("""
        name: w
        jobs:
          - {name: "a_{i}", command: "true", parameters: {i: "1:1000000"}, depends_on: ["a_{i}"]}
                                                                                        ^^^^^^^ TL405 matches a_1 itself
    """)


def test_one_of_a_million_by_pattern(check):
    check("""
        name: w
        jobs:
          - {name: p_77, command: "true"}
          - {name: "a_p_{i}", command: "true", parameters: {i: "1:1000000"}, depends_on_regexes: ["p_77$"]}
                                                                                                  ^^^^^^^ TL405 a_p_77 itself
    """)


def test_a_group_with_the_own_number_in_the_pattern(check):
    check("""
        name: w
        jobs:
          - {name: "prep_{i:03d}", command: "true", parameters: {i: "0:99"}}
          - {name: "my_prep_{i:03d}", command: "true", parameters: {i: "0:99"}, depends_on_regexes: ["prep_{i:03d}$"]}
                                                                                                     ^^^^^^^^^^^^^^^ TL405 000
    """)


def test_a_step_that_waits_for_the_one_before(clean):
    clean(
        """
        name: w
        jobs:
          - {name: step_0, command: "true"}
          - name: "step_{i}"
            command: "true"
            parameters: {i: "1:1000000", before: "0:999999"}
            parameter_mode: zip
            depends_on: ["step_{before}"]
        """,
        "TL405",
    )


def test_two_parameters_crosswise(check):
    check("""
        name: w
        jobs:
          - {name: "c_{i}_{j}", command: "true", parameters: {i: "1:3", j: "1:3"}, depends_on: ["c_{j}_{i}"]}
                                                                                                ^^^^^^^^^^^ TL405 c_1_1
    """)
