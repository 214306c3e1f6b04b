"""TL604: barriers that validate what the stage before made."""

import pytest

STAGES = """
name: w
jobs:
  - {name: "stage1_{i}", command: "true", parameters: {i: "1:99"}}
  - {name: NAME, command: "COMMAND", depends_on_regexes: ["^stage1_"]}
  - {name: "next_{i}", command: "true", parameters: {i: "1:99"}, depends_on: [NAME]}
"""


def test_a_validation(check):
    check(
        """
        name: w
        jobs:
          - {name: "stage1_{i}", command: "true", parameters: {i: "1:99"}}
          - name: barrier_stage1_complete
            command: "echo done && python expensive_validation.py --all"
                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ TL604 `python expensive_validation.py --all`
            depends_on_regexes: ["^stage1_"]
          - {name: "next_{i}", command: "true", parameters: {i: "1:99"}, depends_on: [barrier_stage1_complete]}
        """,
        "TL601",
    )


@pytest.mark.parametrize("command", ["./verify.sh out", "pytest tests", "srun check_outputs", "X=1 python sanity.py"])
def test_programs(command, check):
    line = STAGES.replace("NAME", "all_stage1_done").replace("COMMAND", command).splitlines()[4]
    start = line.index(f'"{command}"')
    check(
        STAGES.replace("NAME", "all_stage1_done")
        .replace("COMMAND", command)
        .replace(line, f"{line}\n{' ' * start}{'^' * (len(command) + 2)} TL604 validates")
    )


@pytest.mark.parametrize(
    "command",
    ["echo 'validate later' && date", "ls out | wc -l", "python merge.py", "test -d out", "git checkout main", "true"],
)
def test_what_is_no_validation(command, clean):
    clean(STAGES.replace("NAME", "all_stage1_done").replace("COMMAND", command), "TL604")


def test_a_job_that_is_not_called_a_barrier(clean):
    clean(STAGES.replace("NAME", "validate_stage1").replace("COMMAND", "python validate.py"), "TL604")
