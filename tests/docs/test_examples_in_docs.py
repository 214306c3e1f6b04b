"""The README and the pages in docs/ show what the commands print, and specs that can be read."""

import functools
import re
import runpy
import shlex
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

import pytest

import torclint
from torclint.cli.table import COMMANDS
from torclint.report.links import rule_link
from torclint.rules.registry import RULES
from torclint.syntax import parse

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]

commands = SimpleNamespace(**runpy.run_path(str(ROOT / "scripts" / "page_commands.py")))


class Shown(NamedTuple):
    """A block or a session, and the page that shows it from a line on."""

    page: Path
    line: int
    what: object

    def __str__(self) -> str:
        return f"{self.page.stem}:{self.line}"


def blocks(kind: str) -> list[Shown]:
    """All fenced blocks of one kind."""
    found = [(page, block) for page in PAGES for block in commands.blocks(page.read_text("utf-8"))]
    return [Shown(page, block.line, block) for page, block in found if block.kind == kind]


def sessions() -> list[Shown]:
    """All that is to be run."""
    found = [(page, session) for page in PAGES for session in commands.sessions(page.read_text("utf-8"))]
    return [Shown(page, session.blocks[0].line, session) for page, session in found]


@pytest.mark.parametrize("shown", sessions(), ids=str)
def test_commands_print_what_is_shown(shown):
    with commands.folder_for(shown.what) as folder:
        for block in shown.what.blocks:
            if block.title:
                commands.write(block, folder)
                continue
            for step in commands.steps(block):
                text = commands.printed(step.command, folder)
                assert commands.agrees(step, text), f"{shown.page.name}:{block.line}: $ {step.command}\n{text}"


@pytest.mark.parametrize(
    ("command", "shown", "printed", "same"),
    [
        ("torclint check a", "one\ntwo", "one\ntwo", True),
        ("torclint check a", "one", "one\ntwo", False),
        ("torclint check a", "one\ntwo", "one", False),
        ("torclint check a", "one\n...\nfour", "one\ntwo\nthree\nfour", True),
        ("torclint check a", "one\n...\nfive", "one\ntwo\nthree\nfour", False),
        ("torclint check a", "one\n...", "one\ntwo", True),
        ("torclint check a", "takes 3 s", "takes 4 s", False),
        ("torclint run a", "done in 3.1 s", "done in 42.0 s", True),
        ("torclint run a", "3 completed in 3.1 s", "2 completed in 3.1 s", False),
        ("torclint run --dry-run a", "at least 3 s", "at least 4 s", False),
        ("torclint status", "begun 2026-01-02 03:04:05", "begun 2027-11-12 13:14:15", True),
    ],
)
def test_what_counts_as_the_same(command, shown, printed, same):
    assert commands.agrees(commands.Step(command, shown), printed) == same


def lines_of_shell() -> list[tuple[str, str]]:
    """Calls of torclint that are shown without their output, each with its page."""
    found = []
    for page in PAGES:
        text = page.read_text("utf-8")
        shown = [block.text for block in commands.blocks(text) if block.kind in ("sh", "bash")]
        for line in "\n".join([*shown, *re.findall(r"^    (torclint .*)$", text, re.MULTILINE)]).splitlines():
            calls = re.split(r"&&|\|\||[|;&>]", line.partition(" #")[0])
            found += [(page.name, call.strip()) for call in calls if call.strip().startswith("torclint ")]
    return found


@pytest.mark.parametrize(("page", "call"), lines_of_shell())
def test_commands_that_are_only_shown_have_these_options(page, call):
    _, name, *words = shlex.split(call)
    (entry,) = [entry for entry in COMMANDS if entry.name == name]
    known = {flag for option in entry.options for flag in option.flags} | {"--help", "-h"}
    assert {word.partition("=")[0] for word in words if word.startswith("-") and word != "-"} <= known


@pytest.mark.parametrize("block", [block for block in blocks("yaml") if block.page.name != "rules.md"], ids=str)
def test_yaml_can_be_read(
    block,
):  # those of rules.md, some of them wrong on purpose, are tested as examples of the rules
    text = block.what.text
    spec = parse(text, "yaml").value
    if isinstance(spec, dict) and "name" in spec:
        (report,) = torclint.check(torclint.Source("block.yaml", text)).files
        assert report.counts is not None or report.findings


@pytest.mark.parametrize("block", blocks("python"), ids=str)
def test_python_says_what_its_comments_say(block, tmp_path, monkeypatch, capsys):
    """What is printed is what the comments behind `print(...)` say."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    exec(compile(block.what.text, str(block), "exec"), {})
    assert capsys.readouterr().out.splitlines() == re.findall(r"print\(.*\)  # (.*)", block.what.text)


def test_links_lead_somewhere():
    """To a file that is there; and in a page to a heading, by the name that forges give it."""
    for page in PAGES:
        for target, anchor in re.findall(r"\]\(([^)#\s]*)(?:#([^)\s]*))?\)", page.read_text(encoding="utf-8")):
            place = page.parent / target if target else page
            assert "://" in target or place.exists(), f"{page.name}: {target}"
            if anchor and place.suffix == ".md":
                assert anchor in anchors(place), f"{page.name}: {target}#{anchor}"


def test_addresses_of_rules_that_reports_print():
    named = {rule_link(entry.code, entry.name).partition("/docs/rules.md#")[2] for entry in RULES}
    assert len(named) == len(RULES)
    assert named <= anchors(ROOT / "docs" / "rules.md")


@functools.cache
def anchors(page: Path) -> set[str]:
    """The names of the headings of a page, made as GitHub and GitLab make them."""
    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
