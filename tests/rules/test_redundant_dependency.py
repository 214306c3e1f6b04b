"""TL506: dependencies that follow from others."""


def test_one_that_another_one_waits_for(check):
    check("""
        name: w
        jobs:
          - {name: fetch, command: x}
          - {name: clean, command: x, depends_on: [fetch]}
          - {name: report, command: x, depends_on: [fetch, clean]}
                                                    ^^^^^ TL506 report waits for fetch anyway: clean does
    """)


def test_through_several_jobs(check):
    check("""
        name: w
        jobs:
          - {name: a, command: x}
          - {name: b, command: x, depends_on: [a]}
          - {name: c, command: x, depends_on: [b]}
          - {name: "d_{i}", command: x, depends_on: [c, a], parameters: {i: "1:9"}}
                                                        ^ TL506 implied by c
    """)


def test_a_diamond(clean):
    clean(
        """
        name: w
        jobs:
          - {name: a, command: x}
          - {name: b, command: x, depends_on: [a]}
          - {name: c, command: x, depends_on: [a]}
          - {name: d, command: x, depends_on: [b, c]}
        """,
        "TL506",
    )


def test_a_failure_that_would_not_come_through(clean):
    clean(
        """
        name: w
        jobs:
          - {name: fetch, command: x}
          - {name: clean, command: x, depends_on: [fetch], cancel_on_blocking_job_failure: false}
          - {name: report, command: x, depends_on: [fetch, clean]}
        """,
        "TL506",
    )


def test_a_cycle_does_not_hang(clean):
    clean(
        """
        name: w
        jobs:
          - {name: a, command: x, depends_on: [b]}
          - {name: b, command: x, depends_on: [a]}
          - {name: e, command: x}
          - {name: c, command: x, depends_on: [a, e]}
        """,
        "TL506",
    )
