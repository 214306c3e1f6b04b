"""TL507: long chains of short jobs."""

from torclint.rules.thresholds import Thresholds

STEPS = """
name: w
jobs:
  - {name: step_0, command: x}
  - name: "step_{i}"
    command: x
    depends_on: ["step_{before}"]
    parameter_mode: zip
    parameters: {i: "1:LAST", before: "0:BEFORE"}
    NEEDS
resource_requirements:
  - {name: long, num_cpus: 1, memory: 1g, runtime: PT2H}
  - {name: short, num_cpus: 1, memory: 1g, runtime: PT1M}
"""


def steps(last: int, needs: str = "") -> str:
    return STEPS.replace("LAST", str(last)).replace("BEFORE", str(last - 1)).replace("NEEDS", needs)


def test_thirty_steps(check):
    text = steps(30, "resource_requirements: short")
    check(
        text.replace('"step_{i}"\n', '"step_{i}"\n          ^^^^^^^^^^ TL507 31 jobs in a row, step_0 .. step_30\n', 1),
        "TL507",
    )


def test_the_time_is_told(check):
    (finding,) = check(steps(20).replace('"step_{i}"\n', '"step_{i}"\n          ^^^^^^^^^^ TL507\n', 1))
    assert finding.message.endswith("Torc's release timer adds up to 10 min")


def test_fewer_steps(clean):
    clean(steps(18), "TL507")
    clean(steps(30), "TL507", thresholds=Thresholds(chain_length=32))


def test_long_steps(clean):
    clean(steps(30, "resource_requirements: long"), "TL507")
