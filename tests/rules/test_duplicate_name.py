"""TL202: two items with one name."""


def test_two_jobs(check):
    check("""
        name: w
        jobs:
          - {name: a, command: "true"}
          - {name: a, command: "true"}
                   ^ TL202 the first one is here
    """)


def test_a_template_without_its_parameter(check):
    check("""
        name: w
        jobs:
          - {name: job, command: "echo {i}", parameters: {i: "1:3"}}
                   ^^^ TL202 put `{i}` into the name
    """)


def test_the_empty_name(check):
    check("""
        name: w
        jobs:
          - {name: "", command: "echo {i}", parameters: {i: "1:3"}}
                   ^^ TL202 3 job items share the name ``
          - {name: a, command: "true"}
    """)


def test_one_of_two_parameters_is_not_in_the_name(check):
    check("""
        name: w
        jobs:
          - {name: "job_{i}", command: "echo {i} {j}", parameters: {i: "1:1000000", j: "1:1000000"}}
                   ^^^^^^^^^ TL202 put `{j}` into the name
    """)


def test_zipped_parameters_need_only_one_in_the_name(clean):
    clean(
        """
        name: w
        jobs:
          - {name: "job_{i}", command: "echo {j}", parameters: {i: "1:1000000", j: "0:999999"}, parameter_mode: zip}
        """,
        "TL202",
    )


def test_a_single_job_among_a_million(check):
    check("""
        name: w
        jobs:
          - {name: "job_{i}", command: "true", parameters: {i: "0:999999"}}
          - {name: job_77, command: "true"}
                   ^^^^^^ TL202 a second job called `job_77`
    """)


def test_the_later_of_the_two_is_flagged(check):
    check("""
        name: w
        jobs:
          - {name: job_77, command: "true"}
          - {name: "job_{i}", command: "true", parameters: {i: "0:999999"}}
                   ^^^^^^^^^ TL202 a second job called `job_77`
    """)


def test_padding_keeps_names_apart(clean):
    clean(
        """
        name: w
        jobs:
          - {name: "job_{i}", command: "true", parameters: {i: "0:99"}}
          - {name: "job_{i:03d}", command: "true", parameters: {i: "0:99"}}
        """,
        "TL202",
    )


def test_padding_that_stops_keeping_names_apart(check):
    check("""
        name: w
        jobs:
          - {name: "job_{i}", command: "true", parameters: {i: "0:100"}}
          - {name: "job_{i:03d}", command: "true", parameters: {i: "0:100"}}
                   ^^^^^^^^^^^^^ TL202 a second job called `job_100`
    """)


def test_two_slots_that_run_into_each_other(check):
    check("""
        name: w
        jobs:
          - {name: "job_{i}{j}", command: "true", parameters: {i: "1:11", j: "1:11"}}
                   ^^^^^^^^^^^^ TL202 two values of the parameters give the job name `job_111`
    """)


def test_values_that_are_written_alike(check):
    check("""
        name: w
        jobs:
          - {name: "job_{i}", command: "true", parameters: {i: [1, 1.0]}}
                   ^^^^^^^^^ TL202 `job_1`
    """)


def test_files_and_user_data(check):
    check("""
        name: w
        jobs: [{name: a, command: "true"}]
        files:
          - {name: f, path: x}
          - {name: f, path: y}
                   ^ TL202 a second file called `f`
        user_data:
          - {name: d, data: 1}
          - {name: d, data: 2}
                   ^ TL202 a second user data called `d`
    """)


def test_a_file_may_be_called_as_a_job(clean):
    clean(
        """
        name: w
        jobs: [{name: a, command: "true", output_files: [a]}]
        files: [{name: a, path: a}]
        """,
        "TL202",
    )
