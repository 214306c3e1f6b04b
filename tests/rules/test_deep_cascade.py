"""TL504: chains of jobs that Torc cancels only in part."""

import pytest


def chain(jobs: int, flag: str = "") -> str:
    """Jobs written out, each waiting for the one before."""
    lines = ["name: w", "jobs:", "  - {name: j0, command: x}"]
    lines += (f"  - {{name: j{place}, command: x, depends_on: [j{place - 1}]{flag}}}" for place in range(1, jobs))
    return "\n".join(lines) + "\n"


def test_a_chain_within_one_job_spec(check):
    check("""
        name: w
        jobs:
          - {name: step_0, command: x}
          - name: "step_{i}"
                  ^^^^^^^^^^ TL504 121 jobs in a row: if step_0 fails, 100 of them are cancelled, and step_101 runs
            command: x
            depends_on: ["step_{before}"]
            parameter_mode: zip
            parameters: {i: "1:120", before: "0:119"}
    """)


def test_jobs_written_out(check):
    text = chain(102)
    check(text + "           ^^^^ TL504 j101 runs\n")


@pytest.mark.parametrize(("jobs", "flag"), [(101, ""), (150, ", cancel_on_blocking_job_failure: false")])
def test_what_torc_cancels_as_it_should(jobs, flag, clean):
    clean(chain(jobs, flag), "TL504")


def test_a_cycle_is_told_by_its_own_rule(clean):
    text = chain(150).replace("{name: j0, command: x}", "{name: j0, command: x, depends_on: [j149]}")
    clean(text, "TL504")


def test_many_jobs_side_by_side(clean):
    clean(
        """
        name: w
        jobs:
          - {name: "a_{i}", command: x, parameters: {i: "1:1000"}}
          - {name: "b_{i}", command: x, parameters: {i: "1:1000"}, depends_on: ["a_{i}"]}
        """,
        "TL504",
    )
