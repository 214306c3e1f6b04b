"""TL803: names of jobs in several styles."""


def test_the_rarer_style(check):
    check("""
        name: w
        jobs:
          - {name: "prep_{i}", command: x, parameters: {i: "1:3"}}
          - {name: run_all, command: x}
          - {name: make-report, command: x}
                   ^^^^^^^^^^^ TL803 in kebab-case, where 2 names of jobs are in snake_case
          - {name: sendMail, command: x}
                   ^^^^^^^^ TL803 in camelCase
          - {name: report, command: x}
    """)


def test_one_style(clean):
    clean("{name: w, jobs: [{name: a_b, command: x}, {name: c_d, command: x}, {name: e, command: x}]}", "TL803")


def test_no_style_is_the_usual_one(clean):
    clean("{name: w, jobs: [{name: a_b, command: x}, {name: c-d, command: x}]}", "TL803")
