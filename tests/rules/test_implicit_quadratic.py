"""TL509: many jobs that each read what many others write."""


def test_files_that_everyone_reads(check):
    (finding,) = check("""
        name: w
        jobs:
          - {name: "p_{i}", command: "true", parameters: {i: "1:500"}, output_files: ["f_{i}"]}
          - {name: "q_{i}", command: "true", parameters: {i: "1:500"}, input_file_regexes: ["^f_"]}
                                                                                            ^^^^^ TL509 files of 500 jobs: 250,000
        files: [{name: "f_{i}", path: "f_{i}", parameters: {i: "1:500"}}]
    """)
    assert finding.fix is None


def test_user_data_that_everyone_reads(check):
    check("""
        name: w
        jobs:
          - {name: "p_{i}", command: x, parameters: {i: "1:500"}, output_user_data: ["d_{i}"]}
          - {name: "q_{i}", command: x, parameters: {i: "1:500"}, input_user_data_regexes: ["^d_"]}
                                                                                            ^^^^^ TL509 user data of 500 jobs
        user_data: [{name: "d_{i}", data: 1, parameters: {i: "1:500"}}]
    """)


def test_one_file_that_everyone_reads(clean):
    clean(
        """
        name: w
        jobs:
          - {name: p, command: x, output_files: [f]}
          - {name: "q_{i}", command: x, parameters: {i: "1:5000"}, input_files: [f]}
        files: [{name: f, path: f}]
        """,
        "TL509",
    )


def test_files_of_each_other_by_name(clean):
    clean(
        """
        name: w
        jobs:
          - {name: "p_{i}", command: x, parameters: {i: "1:5000"}, output_files: ["f_{i}"]}
          - {name: "q_{i}", command: x, parameters: {i: "1:5000"}, input_files: ["f_{i}"]}
        files: [{name: "f_{i}", path: "f_{i}", parameters: {i: "1:5000"}}]
        """,
        "TL509",
    )
