"""TL505: single jobs that wait for very many by a pattern."""

from torclint.rules.thresholds import Thresholds


def test_a_report_on_a_million_jobs(check):
    check("""
        name: w
        jobs:
          - {name: "work_{i}", command: x, parameters: {i: "1:1000000"}}
          - {name: report, command: x, depends_on_regexes: ["^work_"]}
                                                            ^^^^^^^^ TL505 1 job waits for 1,000,000 by one pattern
    """)


def test_fewer_jobs(clean):
    text = """
        name: w
        jobs:
          - {name: "work_{i}", command: x, parameters: {i: "1:29999"}}
          - {name: report, command: x, depends_on_regexes: ["^work_"]}
        """
    clean(text, "TL505")
    clean(text, "TL501", "TL505", thresholds=Thresholds(fan_in=29_999 + 1))


def test_where_a_barrier_helps_it_is_a_quadratic_one(check):
    check(
        """
        name: w
        jobs:
          - {name: "work_{i}", command: x, parameters: {i: "1:100000"}}
          - {name: "after_{i}", command: x, parameters: {i: "1:100"}, depends_on_regexes: ["^work_"]}
                                                                                           ^^^^^^^^ TL501
        """,
        "TL505",
    )
