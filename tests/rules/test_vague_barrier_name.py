"""TL602: barriers whose names do not say what completed."""

import pytest


def spec(name):
    return f"""
name: w
jobs:
  - {{name: "prep_{{i}}", command: "true", parameters: {{i: "1:999"}}}}
  - {{name: {name}, command: "echo done", depends_on_regexes: ["^prep_"]}}
  - {{name: "next_{{i}}", command: "true", parameters: {{i: "1:999"}}, depends_on: [{name}]}}
"""


@pytest.mark.parametrize(
    "name", ["barrier1", "sync", "wait", "barrier", "Barrier_2", "barrier-a", "checkpoint", "the_barrier"]
)
def test_names_that_say_nothing(name, check):
    line = spec(name).splitlines()[4]
    carets = " " * line.index(name) + "^" * len(name) + f" TL602 the name `{name}`"
    check(spec(name).replace(line, line + "\n" + carets))


@pytest.mark.parametrize(
    "name",
    [
        "barrier_preprocessing_complete",
        "barrier_training_complete",
        "all_simulations_finished",
        "prep_sync_all",
        "data_generation_complete",
        "merge",
    ],
)
def test_names_that_say_something(name, clean):
    clean(spec(name), "TL602")


def test_a_job_of_that_name_that_is_no_barrier(clean):
    clean(
        """
        name: w
        jobs:
          - {name: wait, command: "sleep 5"}
          - {name: "next_{i}", command: "true", parameters: {i: "1:999"}, depends_on: [wait]}
        """,
        "TL602",
    )
