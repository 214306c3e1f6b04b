"""TL716: many short jobs of which each is measured."""

from torclint.rules.thresholds import Thresholds

SPEC = """
name: w
MONITOR
resource_requirements:
  - {name: short, num_cpus: 1, memory: 100m, runtime: PT30S}
  - {name: long, num_cpus: 1, memory: 100m, runtime: PT1H}
jobs:
  - {name: "a_{i}", command: x, resource_requirements: NEEDS, parameters: {i: "1:5000"}}
"""


def test_thousands_of_short_jobs(check):
    check("""
        name: w
        resource_requirements:
          - {name: short, num_cpus: 1, memory: 100m, runtime: PT30S}
        jobs:
          - {name: b, command: x, resource_requirements: short}
          - {name: "a_{i}", command: x, resource_requirements: short, parameters: {i: "1:5000"}}
                                                               ^^^^^ TL716 5,001 jobs of a minute or less: 500 s
    """)


def test_the_monitor_switched_off(clean):
    for monitor in ("{enabled: false}", "{jobs: {enabled: false}}"):
        clean(SPEC.replace("MONITOR", f"resource_monitor: {monitor}").replace("NEEDS", "short"), "TL716")


def test_long_jobs(clean):
    clean(SPEC.replace("MONITOR", "").replace("NEEDS", "long"), "TL716")


def test_fewer_jobs(clean):
    clean(SPEC.replace("MONITOR", "").replace("NEEDS", "short"), "TL716", thresholds=Thresholds(monitored_jobs=5001))
