#!/usr/bin/env python3
"""Make what derives from the code: docs/rules.md, the man page, marked parts of other pages, and what commands print in pages.

usage: make_docs.py [--check]      (--check writes and runs nothing; exit code 1 if a page is not up to date)
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import man_page
import page_commands
import spec_page

from torclint.cli.table import COMMANDS
from torclint.config.keys import KEYS
from torclint.rules.documentation import documentation
from torclint.rules.registry import all_rules

if TYPE_CHECKING:
    from torclint.cli.table import Option
    from torclint.rules.documentation import Documentation

ROOT = Path(__file__).resolve().parents[1]
_PART = re.compile(
    r"^(<!-- (\w+): made by scripts/make_docs\.py -->)\n.*?^(<!-- end of \2 -->)$", re.MULTILINE | re.DOTALL
)

RULES_HEAD = """\
<!-- Made by scripts/make_docs.py from the docstrings in torclint/rules. -->
# Rules

`torclint explain CODE` prints the same. The effect says what happens if nobody acts:

| effect | |
|---|---|
| rejected | Torc refuses the spec |
| stuck | Torc accepts it, and jobs wait for each other for ever |
| unready | Torc accepts it, and then refuses to start it, or no runner takes the jobs |
| slow | it works, at a cost that is told |
| surprise | it does something else than it seems to say |
| style | it works, and could be clearer |

An error or a warning makes the exit code 1, an info does not (`--fail-on` changes that).

| codes | about |
|---|---|
"""

# The groups of rules, by the digit after TL
GROUPS = (
    "The file and its ignores",
    "Fields and values",
    "Names and what they lead to",
    "Parameters and variables",
    "Patterns",
    "Dependencies",
    "Barriers",
    "What happens in a run",
    "Style",
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    args = parser.parse_args()
    rules = [documentation(rule) for rule in all_rules()]
    readme = ROOT / "README.md"
    hand_written = [readme, *sorted((ROOT / "docs").rglob("*.md"))]
    pages = {page: page.read_text("utf-8") for page in hand_written}
    if not args.check:  # the tests run them
        pages = {page: page_commands.printed_again(text) for page, text in pages.items()}
    parts = {"settings": settings(), "commands": commands(), "spec": spec_page.render(rules)}
    pages = {page: with_parts(text, parts) for page, text in pages.items()}
    pages[ROOT / "docs" / "rules.md"] = rules_page(rules)
    pages[ROOT / "man" / "torclint.1"] = man_page.render()
    old = [path for path, text in pages.items() if not path.exists() or path.read_text("utf-8") != text]
    for path in old:
        print(f"{path.relative_to(ROOT)} {'is not up to date: run scripts/make_docs.py' if args.check else 'written'}")
        if not args.check:
            path.write_text(pages[path], encoding="utf-8")
    return 1 if args.check and old else 0


def rules_page(rules: list[Documentation]) -> str:
    """An overview, then group by group a table and its rules."""
    groups = [(title, [rule for rule in rules if rule.code[2] == str(digit)]) for digit, title in enumerate(GROUPS)]
    assert sum(len(members) for _, members in groups) == len(rules)
    overview = [
        f"| {members[0].code} to {members[-1].code} | [{title}](#{title.lower().replace(' ', '-')}) |"
        for title, members in groups
    ]
    bodies = ["\n".join([f"\n## {title}\n", *table(members), "", *map(section, members)]) for title, members in groups]
    return "\n".join([RULES_HEAD.rstrip("\n"), *overview, *bodies])


def section(rule: Documentation) -> str:
    """One rule, with its headings two levels deeper than in its docstring."""
    traits = [rule.severity, rule.effect, *(["fixable"] if rule.fixable else []), *(["opt-in"] if rule.opt_in else [])]
    traits += [f"since {rule.since}", *(f"also known as {alias}" for alias in rule.aliases)]
    text = "\n".join(f"##{line}" if line.startswith("## ") else line for line in rule.text.splitlines())
    return f"### {rule.code} {rule.name}\n\n{rule.summary}\n\n*{', '.join(traits)}*\n\n{text}\n"


def with_parts(page: str, parts: dict[str, str]) -> str:
    """The page with what stands between its markers made anew."""
    return _PART.sub(lambda found: f"{found[1]}\n{parts[found[2]]}\n{found[3]}", page)


def settings() -> str:
    """Everything that a configuration file may set."""
    lines = []
    for key in KEYS:
        default = "" if key.default is None else f" Default: `{key.default}`."
        lines += ["", f"### `{key.name}`", "", f"{key.about[:1].upper()}{key.about[1:]}.{default}", ""]
        lines += ["```toml", key.example, "```"]
        if key.keys:
            lines += ["", "| key | | default |", "|---|---|---|"]
            lines += (f"| `{inner.name}` | {cell(inner.about)} | {inner.default or ''} |" for inner in key.keys)
    return "\n".join([*lines, ""])


def commands() -> str:
    """Every command with its arguments and options."""
    lines = []
    for entry in COMMANDS:
        words = [one.metavar + ("..." if one.many else "") for one in entry.arguments]
        words = [word if one.required else f"[{word}]" for word, one in zip(words, entry.arguments, strict=True)]
        usage = " ".join(["torclint", entry.name, *(["[OPTIONS]"] if entry.options else []), *words])
        lines += ["", f"## {entry.name}", "", entry.summary, "", "```text", usage, "```"]
        if entry.notes:
            lines += ["", cell(entry.notes)]
        if entry.options:
            lines += ["", "| option | | default |", "|---|---|---|"]
            lines += map(option_row, entry.options)
    return "\n".join([*lines, ""])


def option_row(option: Option) -> str:
    flags = ", ".join(f"`{flag}`" for flag in option.flags)
    value = option.metavar or "|".join(option.choices)
    default = "" if option.default in (None, (), False) else f"`{option.default}`"
    return f"| {flags}{f' `{cell(value)}`' if value else ''} | {cell(option.help)} | {default} |"


def table(rules: list[Documentation]) -> list[str]:
    rows = [
        f"| [{rule.code}](#{rule.code.lower()}-{rule.name}) | {rule.name} | {rule.severity} "
        f"| {rule.effect} | {cell(rule.summary)}{' **Fixable.**' if rule.fixable else ''}"
        f"{' **Opt-in.**' if rule.opt_in else ''} |"
        for rule in rules
    ]
    return ["| code | name | severity | effect | what it finds |", "|---|---|---|---|---|", *rows]


def cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    sys.exit(main())
