"""TL203: the same name twice in one list."""


def test_a_name_that_stands_twice(check):
    check("""
        name: w
        jobs:
          - {name: a, command: "true"}
          - {name: b, command: "true", depends_on: [a, a]}
                                                       ^ TL203 does not catch this
    """)


def test_two_templates_that_meet_for_one_value(check):
    check("""
        name: w
        jobs:
          - {name: "p_{i}", command: "true", parameters: {i: "1:5"}}
          - {name: "q_{i}", command: "true", parameters: {i: "1:5"}, depends_on: ["p_{i}", p_3]}
                                                                                           ^^^ TL203 of q_3
    """)


def test_two_templates_that_never_meet(clean):
    clean(
        """
        name: w
        jobs:
          - {name: "p_{i}", command: "true", parameters: {i: "1:9"}}
          - {name: "q_{i}", command: "true", parameters: {i: "1:5"}, depends_on: ["p_{i}", p_7]}
        """,
        "TL203",
    )


def test_input_files(check):
    check("""
        name: w
        jobs:
          - {name: a, command: "true", input_files: [f, g, f]}
                                                           ^ TL203
        files: [{name: f, path: f}, {name: g, path: g}]
    """)


def test_the_same_name_in_two_lists(clean):
    clean(
        """
        name: w
        jobs:
          - {name: a, command: "true", input_files: [f], output_files: [g]}
          - {name: b, command: "true", depends_on: [a], input_files: [f, g]}
        files: [{name: f, path: f}, {name: g, path: g}]
        """,
        "TL203",
    )


def test_a_list_that_the_command_replaces(clean):
    clean(
        """
        name: w
        jobs:
          - {name: a, command: "cat ${files.input.f} ${files.input.f}", input_files: [f, f]}
        files: [{name: f, path: f}]
        """,
        "TL203",
    )


def test_names_in_a_script_are_merged_in(clean):
    clean(
        """
        name: w
        jobs:
          - name: "a_{i}"
            command: "true"
            parameters: {i: "1:4"}
            invocation_script: "run ${files.output.g_1}"
            output_files: ["g_{i}"]
        files: [{name: "g_{i}", path: "g_{i}", parameters: {i: "1:4"}}]
        """,
        "TL203",
    )


def test_two_tokens_that_meet_for_one_value(clean):
    clean(
        """
        name: w
        jobs:
          - {name: "a_{i}", command: "cat ${files.input.g_1} ${files.input.g_{i}}", parameters: {i: "1:4"}}
        files: [{name: "g_{i}", path: "g_{i}", parameters: {i: "1:4"}}]
        """,
        "TL203",
    )
