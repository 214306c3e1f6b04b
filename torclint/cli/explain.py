"""`torclint explain`: what a rule finds, why it matters, and what to write instead."""

from __future__ import annotations

import sys

from torclint.cli.output import print_error, print_lines, print_utf8
from torclint.record import TYPE_CHECKING, Record
from torclint.report.links import rule_link
from torclint.report.terminal import wants_colours
from torclint.rules.documentation import documentation
from torclint.rules.registry import UnknownRule, find, load

if TYPE_CHECKING:
    from torclint.rules.documentation import Documentation


class Options(Record):
    rule: str
    format: str
    color: str


def run(options: Options) -> int:
    try:
        page = documentation(load(find(options.rule)))
    except UnknownRule as error:
        print_error(f"{error} (torclint rules lists all)")
        return 2
    if options.format == "json":
        from json import dumps

        print_utf8([dumps(page._asdict(), indent=2, ensure_ascii=False)])
    elif wants_colours(sys.stdout, options.color):
        _print_pretty(page)
    else:
        print_lines(
            [f"{page.code} {page.name}", "", page.summary, "", _facts(page), "", page.text, "", f"See {_link(page)}"]
        )
    return 0


def _facts(page: Documentation) -> str:
    fix = "torclint fix can repair it" if page.fixable else "no automatic fix"
    asked = " Asked only where it is selected (--extend-select)." if page.opt_in else ""
    known = f" Also known as {', '.join(page.aliases)}." if page.aliases else ""
    return f"Severity: {page.severity}. Effect: {page.effect}. Since torclint {page.since}; {fix}.{asked}{known}"


def _link(page: Documentation) -> str:
    return rule_link(page.code, page.name)


def _print_pretty(page: Documentation) -> None:
    from rich.console import Console
    from rich.markdown import Markdown
    from rich.text import Text

    look = {"error": "bold red", "warning": "bold yellow", "info": "bold cyan"}[page.severity]
    console = Console(force_terminal=True)
    console.print(Text.assemble((page.code, look), " ", (page.name, "bold")))
    console.print()
    console.print(Markdown(f"{page.summary}\n\n{_facts(page)}\n\n{page.text}\n\nSee <{_link(page)}>"))
