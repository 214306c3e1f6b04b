"""TL710: commands whose failure the rest of a pipe hides."""

import json

import pytest

from torclint import Source, check

CODE = "TL710"

SPEC = "name: w\njobs:\n  - name: a\n    command: {command}\n"


def found(command: str) -> list[str]:
    """What is told about a command, written as JSON, which YAML reads as well."""
    (report,) = check(Source("spec.yaml", SPEC.format(command=json.dumps(command)))).files
    return [finding.message for finding in report.findings if finding.code == CODE]


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("python train.py | tee log", "`python` fails: the pipe returns what `tee`"),
        ("python train.py 2>&1 | tee log", "`python`"),
        ("X=1 srun ./sim | sort | uniq", "`srun` fails: the pipe returns what `uniq`"),
        ("cd out && ./sim | tee log && echo done", "`sim`"),
        ("echo start\n./sim | tee log\n", "`sim`"),
        ("zcat big.gz | tail -1", "`zcat`"),
    ],
)
def test_hidden(command, told):
    (message,) = found(command)
    assert told in message


@pytest.mark.parametrize(
    "command",
    [
        "set -o pipefail; python train.py | tee log",
        "set -euo pipefail\npython train.py | tee log",
        "ls out | wc -l",
        "python a.py | tee log; exit ${PIPESTATUS[0]}",
        "zcat big.gz | head -1",  # head ends zcat, on which pipefail would take the job for failed
        "echo 'a' | tee log",
        "cat output/*.txt | awk '{sum+=$1} END {print sum}'",
        "cat a | sort | head",
        "python a.py | python b.py",
        "python a.py | grep -q ok",
        "python a.py || tee log",
        "echo 'python a.py | tee log'",
        "echo $(python a.py | head -1)",
        "for i in 1 2; do ./a $i | tee log; done",
    ],
)
def test_nothing_hidden(command):
    assert found(command) == []


def test_the_option_may_be_set_by_the_invocation_script(clean):
    clean(
        """
        name: w
        jobs:
          - name: a
            invocation_script: "set -o pipefail;"
            command: "python train.py | tee log"
        """,
        CODE,
    )
