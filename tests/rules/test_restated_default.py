"""TL801: fields that say what holds without them."""


def test_defaults(check):
    check("""
        name: w
        jobs:
          - name: a
            command: x
            priority: 0
            ^^^^^^^^ TL801 priority says what holds without it
            depends_on: []
            ^^^^^^^^^^ TL801
            cancel_on_blocking_job_failure: true
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ TL801
    """)


def test_other_values(clean):
    clean("{name: w, jobs: [{name: a, command: x, priority: 1, cancel_on_blocking_job_failure: false}]}", "TL801")


def test_not_asked_unless_selected(clean):
    clean("{name: w, description: d, jobs: [{name: a, command: x, priority: 0}]}")
