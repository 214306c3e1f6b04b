"""TL226 (and TL223): identifiers of files that patterns pick out."""


def test_a_pattern_picks_the_file_as_output(check):
    check("""
        name: w
        enable_ro_crate: true
        jobs:
          - {name: a, command: "true", output_file_regexes: ["^table"]}
          - {name: b, command: "true", input_files: [table_1]}
        files:
          - {name: table_1, path: table.csv, identifier: "doi:1"}
                                                         ^^^^^^^ TL226 a job writes this file
    """)


def test_a_pattern_picks_another_file_as_input(check):
    check("""
        name: w
        enable_ro_crate: true
        jobs:
          - {name: a, command: "true", input_file_regexes: ["^other"]}
        files:
          - {name: table_1, path: table.csv, identifier: "doi:1"}
                                                         ^^^^^^^ TL226 no job reads this file
          - {name: other, path: other.csv}
    """)


def test_a_pattern_picks_the_file_as_input(clean):
    clean(
        """
        name: w
        enable_ro_crate: true
        jobs:
          - {name: a, command: "true", input_file_regexes: ["^table"]}
        files:
          - {name: "table_{i}", path: "{i}.csv", identifier: "doi:{i}", parameters: {i: "1:3"}}
        """,
        "TL226",
    )


def test_the_pattern_of_jobs_that_are_not_there_picks_nothing(check):
    check("""
        name: w
        enable_ro_crate: true
        jobs:
          - {name: "a_{i}", command: "true", input_file_regexes: ["^table"], parameters: {i: []}}
        files:
          - {name: table, path: table.csv, identifier: "doi:1"}
                                                       ^^^^^^^ TL223 no job reads this file
    """)
