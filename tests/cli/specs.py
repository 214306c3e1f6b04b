"""Small specs for the tests of the commands."""

CLEAN = """\
name: clean
jobs:
  - {name: first, command: "true"}
  - {name: second, command: "true", depends_on: [first]}
"""

NAIVE = """\
name: naive
jobs:
  - name: "prep_{i:03d}"
    command: "true"
    parameters: {i: "0:999"}
  - name: "work_{i:03d}"
    command: "true"
    depends_on_regexes: ["^prep_"]
    parameters: {i: "0:999"}
"""

BROKEN = """\
name: broken
jobs: [
"""
