"""TL802: workflows that do not say what they are for."""

import pytest


def test_no_description(check):
    check("""
        name: my_workflow
              ^^^^^^^^^^^ TL802 the workflow has no description
        jobs: [{name: a, command: x}]
    """)


def test_an_empty_one(check):
    check("""
        name: w
        description: ""
                     ^^ TL802
        jobs: [{name: a, command: x}]
    """)


@pytest.mark.parametrize("text", ["d", "|\n  two\n  lines"])
def test_a_description(text, clean):
    clean(f"name: w\ndescription: {text}\njobs: [{{name: a, command: x}}]\n", "TL802")
