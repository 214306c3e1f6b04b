"""TL503: jobs that wait for each other through files or user data, for ever."""


def test_a_job_that_reads_what_it_writes(check):
    check("""
        name: w
        jobs:
          - {name: a, command: "true", input_files: [f], output_files: [f]}
                   ^ TL503 a -> a
        files: [{name: f, path: f.txt}]
    """)


def test_two_jobs_and_two_files(check):
    check("""
        name: w
        jobs:
          - {name: a, command: "true", input_files: [f], output_files: [g]}
                   ^ TL503 a -> b -> a
          - {name: b, command: "true", input_files: [g], output_files: [f]}
        files: [{name: f, path: f}, {name: g, path: g}]
    """)


def test_a_file_one_way_and_a_name_the_other(check):
    check("""
        name: w
        jobs:
          - {name: a, command: "true", depends_on: [b], output_files: [f]}
                   ^ TL503 does not catch it
          - {name: b, command: "cat ${files.input.f}"}
        files: [{name: f, path: f}]
    """)


def test_user_data(check):
    check("""
        name: w
        jobs:
          - {name: a, command: "true", input_user_data: [d], output_user_data: [d]}
                   ^ TL503
        user_data: [{name: d, data: {x: 1}}]
    """)


def test_by_pattern(check):
    check("""
        name: w
        jobs:
          - {name: "a_{i}", command: "true", parameters: {i: "1:9"}, input_file_regexes: ["^f_"], output_files: ["f_{i}"]}
                   ^^^^^^^ TL503 a_1 -> a_1
        files: [{name: "f_{i}", path: "f_{i}", parameters: {i: "1:9"}}]
    """)


def test_a_single_job_that_writes_by_pattern_what_it_reads(check):
    check("""
        name: w
        jobs:
          - {name: a, command: "true ${files.input.g_0}", output_file_regexes: ["^g_0$"]}
                   ^ TL503 a -> a
        files: [{name: "g_{i}", path: "p/g_{i}", parameters: {i: "0:3"}}]
    """)


def test_states_one_after_the_other(clean):
    clean(
        """
        name: w
        jobs:
          - name: "step_{i}"
            command: "true"
            parameters: {i: "1:1000000", before: "0:999999"}
            parameter_mode: zip
            input_files: ["state_{before}"]
            output_files: ["state_{i}"]
        files: [{name: "state_{i}", path: "s{i}", parameters: {i: "0:1000000"}}]
        """,
        "TL502",
        "TL503",
    )


def test_a_million_files_each_read_and_written_by_one_job(check):
    check("""
        name: w
        jobs:
          - {name: "a_{i}", command: "true", parameters: {i: "1:1000000"}, input_files: ["f_{i}"], output_files: ["f_{i}"]}
                   ^^^^^^^ TL503 a_1 -> a_1
        files: [{name: "f_{i}", path: "f_{i}", parameters: {i: "1:1000000"}}]
    """)


def test_a_cycle_of_names_is_told_by_another_rule(check):
    check(
        """
        name: w
        jobs:
          - {name: a, command: "true", depends_on: [b], input_files: [f]}
                   ^ TL502
          - {name: b, command: "true", depends_on: [a], output_files: [f]}
        files: [{name: f, path: f}]
        """,
        "TL503",
    )
