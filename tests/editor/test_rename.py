"""Another name, wherever it is named, if nothing else changes by that."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from lsprotocol import types

from tests.editor.client import Editor, edited
from tests.editor.conftest import marked

SPEC = """\
name: w
jobs:
  - {name: "prep_{i}", command: "cat ${files.input.raw}", parameters: {i: "1:9"}, resource_requirements: small}
  - {name: lone, command: "true", depends_on: ["prep_1"]}
  - {name: after, command: "true", depends_on: [lone], depends_on_regexes: ["^prep_"]}
  - {name: "each_{i}", command: "true", depends_on: ["prep_{i}", 'lone'], parameters: {i: "1:9"}}
  - {name: sink, command: "true", input_files: [raw], failure_handler: again, scheduler: cluster}
files:
  - {name: raw, path: raw.csv}
resource_requirements:
  - {name: small, num_cpus: 1, memory: 1g}
failure_handlers:
  - {name: again, rules: [{max_retries: 2}]}
slurm_schedulers:
  - {name: cluster, account: a}
actions:
  - {trigger_type: on_jobs_complete, action_type: run_commands, commands: [x], jobs: [lone]}
"""

Rename = Callable[[str, str, str], str]


@pytest.fixture
def renamed(editor: Editor, name: Callable[[str], str]) -> Rename:
    """renamed(before, after, new): the spec, and each changed line of it, or why there is none."""

    def renamed(before: str, after: str, new: str) -> str:
        assert SPEC.count(before + after) == 1
        text, position = marked(SPEC.replace(before + after, f"{before}‸{after}"))
        uri = name("yaml")
        editor.open(uri, text)
        try:
            edit = editor.ask(types.TEXT_DOCUMENT_RENAME, uri, position=position, new_name=new)
        except Exception as error:
            return str(error)
        return edited(text, edit.changes[uri])

    return renamed


def test_a_job(renamed: Rename) -> None:
    after = renamed("name: lo", "ne", "alone")
    assert after == (
        SPEC.replace("name: lone", "name: alone").replace("[lone]", "[alone]").replace("'lone'", "'alone'")
    )


@pytest.mark.parametrize(
    ("before", "after", "old", "new"),
    [
        ("[lo", "ne], depends", "lone", "alone"),
        ("name: ra", "w", "raw", "measured"),
        ("input.ra", "w}", "raw", "measured"),
        ("requirements: sm", "all", "small", "tiny"),
        ("name: ag", "ain", "again", "twice"),
        ("scheduler: clu", "ster", "cluster", "nodes"),
    ],
)
def test_every_place_is_changed(before: str, after: str, old: str, new: str, renamed: Rename) -> None:
    assert renamed(before, after, new) == SPEC.replace(old, new).replace(f"{new}.csv", f"{old}.csv")


@pytest.mark.parametrize(
    ("before", "after", "new", "reason"),
    [
        ("name: lo", "ne", "after", "there is a job of this name already"),
        ("name: lo", "ne", "prep_x", "the pattern `^prep_` would stand for others than before"),
        ('name: "prep', "_{i}", "work_{i}", "the name `prep_1` would stand for others than before"),
        ('["prep', "_1", "x", "this is not the name as it is defined: rename it there"),
        ("^pr", "ep_", "x", "there is no name here"),
        ("name: sm", "all", "default", "there would be a new finding: TL222"),
    ],
)
def test_what_is_refused(before: str, after: str, new: str, reason: str, renamed: Rename) -> None:
    assert renamed(before, after, new) == f"not renamed: {reason}"


def test_a_template(editor: Editor, name: Callable[[str], str]) -> None:
    text, position = marked("""
        name: w
        jobs:
          - {name: "pr‸ep_{i}", command: "true", parameters: {i: "1:9"}}
          - {name: "each_{i}", command: "true", depends_on: ["prep_{i}"], parameters: {i: "1:9"}}
        """)
    uri = name("yaml")
    editor.open(uri, text)
    edit = editor.ask(types.TEXT_DOCUMENT_RENAME, uri, position=position, new_name="work_{i:02d}")
    assert edited(text, edit.changes[uri]) == text.replace("prep_{i}", "work_{i:02d}")


def test_what_is_to_be_renamed(editor: Editor, name: Callable[[str], str]) -> None:
    text, position = marked(SPEC.replace("name: lone", "name: lo‸ne"))
    uri = name("yaml")
    editor.open(uri, text)
    found = editor.ask(types.TEXT_DOCUMENT_PREPARE_RENAME, uri, position=position)
    assert found.placeholder == "lone"
    assert editor.ask(types.TEXT_DOCUMENT_PREPARE_RENAME, uri, position=types.Position(0, 7)) is None
