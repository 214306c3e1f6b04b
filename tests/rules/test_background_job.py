"""TL712: jobs that leave their work running behind them."""

import json

import pytest

from torclint import Source, check

CODE = "TL712"

SPEC = "name: w\njobs:\n  - name: a\n    command: {command}\n"


def found(command: str) -> list[str]:
    """What is told about a command, written as JSON, which YAML reads as well."""
    (report,) = check(Source("spec.yaml", SPEC.format(command=json.dumps(command)))).files
    return [finding.message for finding in report.findings if finding.code == CODE]


@pytest.mark.parametrize("command", ["python a.py &", "python a.py & python b.py &", "cd x && ./sim > log 2>&1 &"])
def test_left_behind(command):
    (message,) = found(command)
    assert "goes on in the background" in message


@pytest.mark.parametrize(
    "command",
    [
        "python a.py & python b.py & wait",
        "python a.py & wait $!",
        "./server & python client.py",
        "python a.py && echo",
        "python a.py &> log",
        "python a.py 2>&1",
        "echo 'a &'",
        "curl 'http://h/?a=1&b=2'",
    ],
)
def test_not_left_behind(command):
    assert found(command) == []
