"""Reading specs that are written in the tests."""

from textwrap import dedent

import pytest

from torclint.spec.decode import decode
from torclint.syntax import parse


@pytest.fixture
def read():
    """read(text, format="yaml"): the Workflow."""

    def read(text, syntax="yaml"):
        return decode(parse(dedent(text).lstrip("\n"), syntax))

    return read


@pytest.fixture
def told(read):
    """told(text, format="yaml"): the problems as `RULE at "TEXT": MESSAGE`, the text being what the span covers."""

    def told(text, syntax="yaml"):
        workflow = read(text, syntax)
        source = workflow.document.text
        return [f"{one.rule} at {source[one.span.start : one.span.end]!r}: {one.message}" for one in workflow.problems]

    return told


@pytest.fixture
def domain(read):
    """domain(parameters, **fields): the Domain of a job with these parameters, written as JSON."""
    import json

    def domain(parameters, **fields):
        job = {"name": "j", "command": "true", "parameters": parameters, **fields}
        workflow = read(json.dumps({"name": "w", "jobs": [job]}), "json")
        assert workflow.loaded, workflow.problems
        return workflow.jobs[0].domain

    return domain
