"""TL201: names that nothing has."""


def test_a_name_that_is_spelled_wrong(check):
    check("""
        name: w
        jobs:
          - {name: prepare, command: "true"}
          - {name: after, command: "true", depends_on: [prepair]}
                                                        ^^^^^^^ TL201 did you mean `prepare`?
    """)


def test_wrong_padding(check):
    check("""
        name: w
        jobs:
          - {name: "prep_{i:03d}", command: "true", parameters: {i: "0:9"}}
          - {name: "analyze_{i}", command: "true", parameters: {i: "0:9"}, depends_on: ["prep_{i}"]}
                                                                                        ^^^^^^^^^^ TL201 `prep_{i:03d}`
    """)


def test_wrong_padding_that_only_small_numbers_show(check):
    check("""
        name: w
        jobs:
          - {name: "prep_{i:03d}", command: "true", parameters: {i: "99:1000"}}
          - {name: "analyze_{i}", command: "true", parameters: {i: "99:1000"}, depends_on: ["prep_{i}"]}
                                                                                            ^^^^^^^^^^ TL201 prep_99
    """)


def test_padding_that_no_number_needs(clean):
    clean("""
        name: w
        jobs:
          - {name: "prep_{i:03d}", command: "true", parameters: {i: "100:999"}}
          - {name: "analyze_{i}", command: "true", parameters: {i: "100:999"}, depends_on: ["prep_{i}"]}
    """)


def test_one_consumer_too_many_among_a_million(check):
    check("""
        name: w
        jobs:
          - {name: "prep_{i}", command: "true", parameters: {i: "1:999999"}}
          - {name: "analyze_{i}", command: "true", parameters: {i: "1:1000000"}, depends_on: ["prep_{i}"]}
                                                                                              ^^^^^^^^^^ TL201 prep_1000000
    """)


def test_a_parameter_that_the_consumer_does_not_have(check):
    check("""
        name: w
        jobs:
          - {name: "prep_{i}", command: "true", parameters: {i: "1:3"}}
          - {name: after, command: "true", depends_on: ["prep_{i}"]}
                                                        ^^^^^^^^^^ TL201 no job is called `prep_{i}`
    """)


def test_files_and_user_data(check):
    check("""
        name: w
        jobs:
          - name: a
            command: "true"
            input_files: [raw]
                          ^^^ TL201 no file is called `raw`
            output_user_data: [result]
                               ^^^^^^ TL201 no user data is called `result`
        files: [{name: row, path: r}]
        user_data: [{name: results, data: 1}]
    """)


def test_a_file_that_is_known_by_its_path_only(check):
    check("""
        name: w
        jobs:
          - {name: a, command: "true", input_files: [data.csv]}
                                                     ^^^^^^^^ TL201
        files: [{name: data, path: data.csv}]
    """)


def test_a_token_that_names_nothing_is_no_reference(clean):
    clean(
        """
        name: w
        jobs:
          - {name: a, command: "cat ${files.input.nothing}"}
        """,
        "TL201",
    )


def test_jobs_that_are_never_made_name_nothing(clean):
    clean(
        """
        name: w
        jobs:
          - {name: "a_{i}", command: "true", parameters: {i: "3:1"}, depends_on: [nothing]}
        """,
        "TL201",
    )


def test_two_parameters_of_which_one_is_out_of_range(check):
    check("""
        name: w
        jobs:
          - {name: "p_{s}_{i}", command: "true", parameters: {s: [a, b], i: "1:5"}}
          - {name: "q_{s}_{i}", command: "true", parameters: {s: [a, b, c], i: "1:5"}, depends_on: ["p_{s}_{i}"]}
                                                                                                    ^^^^^^^^^^^ TL201 `p_c_1`
    """)


def test_zeros_that_are_missing(check):
    check("""
        name: w
        files: [{name: "f_{i:02d}", path: "f{i}", parameters: {i: "1:20"}}]
        jobs:
          - {name: "prep_{i:03d}", command: x, parameters: {i: "1:500"}, output_files: ["f_07"]}
          - {name: seventh, command: x, depends_on: [prep_7], input_files: [f_7]}
                                                     ^^^^^^ TL201 did you mean `prep_007`?
                                                                            ^^^ TL201 did you mean `f_07`?
    """)
