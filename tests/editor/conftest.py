"""One server for all tests of this folder; where the cursor is, texts say with the mark ‸."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from textwrap import dedent

import pytest
from lsprotocol import types

from tests.editor.client import Editor

MARK = "‸"


def marked(text: str) -> tuple[str, types.Position]:
    """A text without the mark, and where that was, in UTF-16 as by default."""
    text = dedent(text).removeprefix("\n")
    before, _, after = text.partition(MARK)
    line = before.rpartition("\n")[2]
    return before + after, types.Position(before.count("\n"), len(line.encode("utf-16-le")) // 2)


@pytest.fixture(scope="package")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    editor = Editor(str(tmp_path_factory.mktemp("workspace")))
    yield editor
    editor.close()


_numbers = count()


@pytest.fixture
def name(tmp_path: Path) -> Callable[[str], str]:
    """name(ending): the address of a new file."""
    return lambda ending: f"{tmp_path.as_uri()}/spec{next(_numbers)}.{ending}"
