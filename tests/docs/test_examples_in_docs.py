"""The README and the pages in docs/ show what the commands print, and specs that can be read."""

import functools
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

import torclint
from torclint.syntax import parse

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]

_BLOCK = re.compile(r"^```(?P<kind>\w+)[^\n]*\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


class Block(NamedTuple):
    page: Path
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.page.name}:{self.line}"


def blocks(kind: str) -> list[Block]:
    """All fenced blocks of one kind."""
    return [
        Block(page, text.count("\n", 0, match.start()) + 1, match["text"])
        for page, text in ((page, page.read_text(encoding="utf-8")) for page in PAGES)
        for match in _BLOCK.finditer(text)
        if match["kind"] == kind
    ]


@pytest.mark.parametrize("block", blocks("console"), ids=str)
def test_commands_print_what_is_shown(block, tmp_path):
    """Lines that begin with `$ ` are commands, run in a copy of the examples; `...` stands for any lines."""
    shutil.copytree(ROOT / "examples", tmp_path, dirs_exist_ok=True)
    steps = re.split(r"^\$ ", block.text, flags=re.MULTILINE)
    assert not steps[0]
    assert len(steps) > 1
    for step in steps[1:]:
        command, _, shown = step.partition("\n")
        printed = printed_by(command, tmp_path)
        assert agrees(shown.rstrip().splitlines(), printed.splitlines()), f"{block}: $ {command}\n{printed}"


def agrees(shown: list[str], printed: list[str]) -> bool:
    """Whether the lines are the same, where a line `...` stands for any number of lines up to the next one shown."""
    place = 0
    skipping = False
    for line in shown:
        if line == "...":
            skipping = True
            continue
        if skipping and line in printed[place:]:
            place = printed.index(line, place)
        if printed[place : place + 1] != [line]:
            return False
        place, skipping = place + 1, False
    return skipping or place == len(printed)


def printed_by(command: str, folder: Path) -> str:
    program, *words = shlex.split(command)
    assert program == "torclint"
    plain = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "FORCE_COLOR")}
    done = subprocess.run(
        [sys.executable, "-m", "torclint", *words],
        cwd=folder,
        env=plain,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=60,
    )
    return done.stdout.rstrip()


@pytest.mark.parametrize("block", [block for block in blocks("yaml") if block.page.name != "rules.md"], ids=str)
def test_yaml_can_be_read(
    block,
):  # those of rules.md, some of them wrong on purpose, are tested as examples of the rules
    spec = parse(block.text, "yaml").value
    if isinstance(spec, dict) and "name" in spec:
        (report,) = torclint.check(torclint.Source("block.yaml", block.text)).files
        assert report.counts is not None or report.findings


@pytest.mark.parametrize("block", blocks("python"), ids=str)
def test_python_says_what_its_comments_say(block, tmp_path, monkeypatch, capsys):
    """What is printed is what the comments behind `print(...)` say."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    exec(compile(block.text, str(block), "exec"), {})
    assert capsys.readouterr().out.splitlines() == re.findall(r"print\(.*\)  # (.*)", block.text)


def test_links_lead_somewhere():
    """To a file that is there; and in a page to a heading, by the name that forges give it."""
    for page in PAGES:
        for target, anchor in re.findall(r"\]\(([^)#\s]*)(?:#([^)\s]*))?\)", page.read_text(encoding="utf-8")):
            place = page.parent / target if target else page
            assert "://" in target or place.exists(), f"{page.name}: {target}"
            if anchor and place.suffix == ".md":
                assert anchor in anchors(place), f"{page.name}: {target}#{anchor}"


@functools.cache
def anchors(page: Path) -> set[str]:
    """The names of the headings of a page, made as GitHub and GitLab make them."""
    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
