"""TL508: numbered stages of which one does not wait for the one before."""


def test_the_third_stage_starts_at_once(check):
    check("""
        name: w
        jobs:
          - {name: "stage1_{i}", command: x, parameters: {i: "1:9"}}
          - {name: "stage2_{i}", command: x, parameters: {i: "1:9"}, depends_on_regexes: ["^stage1_"]}
          - {name: "stage3_{i}", command: x, parameters: {i: "1:9"}}
                   ^^^^^^^^^^^^ TL508 stage3_{i} does not wait for stage2_{i}
    """)


def test_one_that_waits_for_the_stage_before_the_last(check):
    check("""
        name: w
        jobs:
          - {name: step_1, command: x}
          - {name: step_2, command: x, depends_on: [step_1]}
          - {name: step_3, command: x, depends_on: [step_1]}
                   ^^^^^^ TL508 step_3 does not wait for step_2
    """)


def test_barriers_and_files_in_between(clean):
    clean(
        """
        name: w
        files: [{name: f, path: f}]
        jobs:
          - {name: "stage1_{i}", command: x, parameters: {i: "1:9"}}
          - {name: barrier, command: "echo", depends_on_regexes: ["^stage1_"]}
          - {name: stage2, command: x, depends_on: [barrier], output_files: [f]}
          - {name: "stage3_{i}", command: x, parameters: {i: "1:9"}, input_files: [f]}
        """,
        "TL508",
    )


def test_numbers_that_order_nothing(clean):
    clean(
        "{name: w, jobs: [{name: step_1, command: x}, {name: step_2, command: x}, {name: step_3, command: x}]}", "TL508"
    )


def test_two_stages_are_too_few_to_tell(clean):
    clean("{name: w, jobs: [{name: step_1, command: x}, {name: step_2, command: x}, {name: a, command: x}]}", "TL508")
