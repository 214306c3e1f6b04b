"""TL502: jobs that wait for each other in a ring."""


def test_two_jobs(check):
    check("""
        name: w
        jobs:
          - {name: a, command: "true", depends_on: [b]}
                   ^ TL502 a -> b -> a
          - {name: b, command: "true", depends_on: [a]}
    """)


def test_what_only_comes_after_the_ring_is_not_in_it(check):
    (finding,) = check("""
        name: w
        jobs:
          - {name: before, command: "true"}
          - {name: a, command: "true", depends_on: [before, b]}
                   ^ TL502
          - {name: b, command: "true", depends_on_regexes: ["^a$"]}
          - {name: "after_{i}", command: "true", parameters: {i: "1:9"}, depends_on: [b]}
    """)
    assert "after" not in finding.message
    assert "before" not in finding.message
    assert len(finding.related) == 1


def test_a_ring_through_one_of_a_million(check):
    check("""
        name: w
        jobs:
          - {name: first, command: "true", depends_on: [q_777]}
                   ^^^^^ TL502 777
          - {name: "p_{i}", command: "true", parameters: {i: "1:1000000"}, depends_on: [first]}
          - {name: "q_{i}", command: "true", parameters: {i: "1:1000000"}, depends_on: ["p_{i}"]}
    """)


def test_a_ring_that_a_missing_number_breaks(clean):
    clean("""
        name: w
        jobs:
          - {name: first, command: "true", depends_on: [q_7]}
          - {name: "p_{i}", command: "true", parameters: {i: "8:1000000"}, depends_on: [first]}
          - {name: "q_{i}", command: "true", parameters: {i: "8:1000000"}, depends_on: ["p_{i}"]}
          - {name: q_7, command: "true"}
    """)


def test_stages_in_one_group_by_pattern(clean):
    clean("""
        name: w
        jobs:
          - {name: "s_0_{j}", command: "true", parameters: {j: "1:9"}}
          - name: "s_{i}"
            command: "true"
            parameters: {i: "1:9", b: "0:8"}
            parameter_mode: zip
            depends_on_regexes: ["^s_{b}(_|$)"]
    """)


def test_a_chain_of_a_million(clean):
    clean(
        """
        name: w
        jobs:
          - {name: step_0, command: "true"}
          - name: "step_{i}"
            command: "true"
            parameters: {i: "1:999999", before: "0:999998"}
            parameter_mode: zip
            depends_on: ["step_{before}"]
        """,
        "TL502",
    )


def test_a_chain_that_goes_both_ways(check):
    check("""
        name: w
        jobs:
          - {name: step_0, command: "true"}
          - {name: step_1000000, command: "true"}
          - name: "step_{i}"
                  ^^^^^^^^^^ TL502 step_
            command: "true"
            parameters: {i: "1:999999", before: "0:999998", after: "2:1000000"}
            parameter_mode: zip
            depends_on: ["step_{before}", "step_{after}"]
    """)


def test_a_ring_through_files_is_another_matter(clean):
    clean(
        """
        name: w
        jobs:
          - {name: a, command: "true", input_files: [f], output_files: [g]}
          - {name: b, command: "true", input_files: [g], output_files: [f]}
        files: [{name: f, path: f}, {name: g, path: g}]
        """,
        "TL502",
    )
