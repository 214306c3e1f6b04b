"""What can be done about findings: the edits, made on the text as an editor makes them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from lsprotocol import types

from tests.editor.client import Editor, edited
from tests.editor.conftest import marked
from torclint import Source, check

Name = Callable[[str], str]

TWO_BLOCKS = """\
name: w
jobs:
  - {name: "a_{i}", command: "true", parameters: {i: "1:500"}}
  - {name: "b_{i}", command: "true", parameters: {i: "1:500"}, depends_on_regexes: ["^a_"]}  # é😀
  - {name: "c_{i}", command: "true", parameters: {i: "1:500"}, depends_on_regexes: ["^b‸_"]}
"""


def offered(editor: Editor, uri: str, position: types.Position, *only: str) -> dict[str, types.CodeAction]:
    context = types.CodeActionContext([], only=list(only) or None)
    found = editor.ask("textDocument/codeAction", uri, range=types.Range(position, position), context=context)
    return {action.title: action for action in found}


def made(editor: Editor, uri: str, action: types.CodeAction) -> str:
    """The text with the edits of an action."""
    edit = action.edit or editor.request("codeAction/resolve", action).edit
    return edited(editor.texts[uri], edit.changes[uri])


def codes(text: str, path: str = "a.yaml") -> list[str]:
    return [finding.code for finding in check(Source(path, text)).findings]


def test_a_safe_fix_is_preferred(editor: Editor, name: Name) -> None:
    text, position = marked("""
        name: w
        jobs:
          - {name: a, command: x}
          - {name: b, command: x, depends_on: [a, ‸a]}
        """)
    uri = name("yaml")
    editor.open(uri, text)
    action = offered(editor, uri, position)["torclint (TL203): remove `a`"]
    assert (action.kind, action.is_preferred) == ("quickfix", True)
    assert [told.code for told in action.diagnostics] == ["TL203"]
    assert made(editor, uri, action) == text.replace("[a, a]", "[a]")


def test_an_unsafe_fix_says_so(editor: Editor, name: Name) -> None:
    text, position = marked("""
        name: w
        jobs:
          - {name: prepare, command: x}
          - {name: b, command: x, depends_on: [prep‸are_]}
        """)
    uri = name("yaml")
    editor.open(uri, text)
    action = offered(editor, uri, position)["torclint (TL201): write `prepare` (unsafe: other jobs may be waited for)"]
    assert action.is_preferred is False
    assert made(editor, uri, action) == text.replace("prepare_", "prepare")


def test_a_barrier_for_one_block(editor: Editor, name: Name) -> None:
    text, position = marked(TWO_BLOCKS)
    uri = name("yaml")
    editor.open(uri, text)
    action = offered(editor, uri, position)["torclint: insert a barrier for these dependencies"]
    assert (action.kind, action.is_preferred) == ("quickfix", True)
    assert made(editor, uri, action) == (
        text.replace("  - {name: \"c_", "  - {name: \"barrier_b_complete\", command: \"echo 'b: 500 jobs complete' && date\", "
                     "depends_on_regexes: [\"^b_\"]}\n  - {name: \"c_")
        .replace('{i: "1:500"}, depends_on_regexes: ["^b_"]', '{i: "1:500"}, depends_on: ["barrier_b_complete"]')
    )  # fmt: skip


def test_all_barriers(editor: Editor, name: Name) -> None:
    text, position = marked(TWO_BLOCKS)
    uri = name("yaml")
    editor.open(uri, text)
    found = offered(editor, uri, position, "source.insertBarriers.torclint")
    after = made(editor, uri, found["torclint: insert all barriers that save dependencies"])
    assert "barrier_a_complete" in after
    assert "barrier_b_complete" in after
    assert codes(after) == []


def test_all_safe_fixes(editor: Editor, name: Name) -> None:
    text, position = marked("""
        name: w
        jobs:
          - {name: a, command: x}
          - {name: b, command: x, depends_on: [a, a]}
          - {name: c, command: x, depends_on: [b, b]}‸
        """)
    uri = name("yaml")
    editor.open(uri, text)
    found = offered(editor, uri, position, "source.fixAll")
    assert list(found) == ["torclint: make all safe fixes"]
    after = made(editor, uri, found["torclint: make all safe fixes"])
    assert after == text.replace("[a, a]", "[a]").replace("[b, b]", "[b]")


@pytest.mark.parametrize(
    ("ending", "spec", "after"),
    [
        ("yaml", "name: w\njobs:\n  - {name: a, command: x, depends_on: [g‸one]}\n",
         "name: w\njobs:\n  - {name: a, command: x, depends_on: [gone]}  # torclint: ignore[TL201]\n"),
        ("yaml", "name: w\njobs:\n  - {name: a, command: x, depends_on: [g‸one]}  # why\n",
         "name: w\njobs:\n  - {name: a, command: x, depends_on: [gone]}  # why  # torclint: ignore[TL201]\n"),
        ("yaml", "name: w\njobs:\n  - {name: a, command: x, depends_on: [g‸one]}  # torclint: ignore[TL403] why\n",
         "name: w\njobs:\n  - {name: a, command: x, depends_on: [gone]}  # torclint: ignore[TL403, TL201] why\n"),
        ("json5", "{name: 'w', jobs: [\n  {name: 'a', command: 'x', depends_on: ['g‸one']},\n]}\n",
         "{name: 'w', jobs: [\n  {name: 'a', command: 'x', depends_on: ['gone']},  // torclint: ignore[TL201]\n]}\n"),
        ("kdl", 'name "w"\njob a {\n    command "x"\n    depends_on "g‸one"\n}\n',
         'name "w"\njob a {\n    command "x"\n    depends_on "gone"  // torclint: ignore[TL201]\n}\n'),
    ],
)  # fmt: skip
def test_a_comment_that_ignores(editor: Editor, name: Name, ending: str, spec: str, after: str) -> None:
    text, position = marked(spec)
    uri = name(ending)
    editor.open(uri, text)
    action = offered(editor, uri, position)["torclint: ignore TL201 (missing-reference) here"]
    assert made(editor, uri, action) == after
    assert "TL201" not in codes(after, f"a.{ending}")


def test_json_has_no_comments(editor: Editor, name: Name) -> None:
    text, position = marked('{"name": "w", "jobs": [{"name": "a", "command": "x", "depends_on": ["g‸one"]}]}')
    uri = name("json")
    editor.open(uri, text)
    assert not any("ignore" in title for title in offered(editor, uri, position))


def test_an_action_for_a_text_that_is_gone(editor: Editor, name: Name) -> None:
    text, position = marked(TWO_BLOCKS)
    uri = name("yaml")
    editor.open(uri, text)
    action = offered(editor, uri, position)["torclint: insert a barrier for these dependencies"]
    editor.type(uri, 0, 6, "x")
    with pytest.raises(Exception, match="changed since"):
        editor.request("codeAction/resolve", action)


def test_no_actions_while_the_text_is_broken(editor: Editor, name: Name) -> None:
    text, position = marked(TWO_BLOCKS)
    uri = name("yaml")
    editor.open(uri, text)
    editor.type(uri, 0, 0, "[")
    assert offered(editor, uri, position) == {}
