"""TL711: commands that fail and are followed by harmless ones."""

import json

import pytest

from torclint import Source, check

CODE = "TL711"

SPEC = "name: w\njobs:\n  - name: a\n    command: {command}\n"


def found(command: str) -> list[str]:
    """What is told about a command, written as JSON, which YAML reads as well."""
    (report,) = check(Source("spec.yaml", SPEC.format(command=json.dumps(command)))).files
    return [finding.message for finding in report.findings if finding.code == CODE]


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("python a.py; echo done", "`python` fails: it returns what `echo`"),
        ("python a.py\necho done\ndate\n", "`python` fails: it returns what `date`"),
        ("module load x\n./sim\nrm -f tmp", "`sim`"),
        ("cd x && ./sim; touch done", "`sim`"),
    ],
)
def test_lost(command, told):
    (message,) = found(command)
    assert told in message


@pytest.mark.parametrize(
    "command",
    [
        "python a.py && echo done",
        "python a.py; true",
        "grep -c x log; echo counted",
        "set -e; python a.py; echo done",
        "set -e\npython a.py\necho done",
        "python a.py; status=$?; echo done; exit $status",
        "python a.py || exit 1; echo done",
        "echo start; python a.py",
        "module load x; echo loaded",
        "python a.py; python b.py",
        "echo 'a; b'; date",
        "python a.py;",
        "mkdir -p out; echo made",
        "for i in 1 2; do python a.py; echo $i; done",
        "python a.py & echo started; wait",
    ],
)
def test_not_lost(command):
    assert found(command) == []


def test_the_option_may_be_set_by_the_invocation_script(clean):
    clean(
        """
        name: w
        jobs:
          - {name: a, invocation_script: "set -e;", command: "python a.py; echo done"}
        """,
        CODE,
    )


def test_the_line_that_may_fail_is_shown(check):
    check("""
        name: w
        jobs:
          - name: a
            command: |
              echo start
              python a.py --all
              ^^^^^^^^^^^^^^^^^ TL711 its failure is lost
              echo done
          - {name: b, command: "python  b.py; echo done"}
                               ^^^^^^^^^^^^^^^^^^^^^^^^^ TL711 `python` fails
    """)
