"""`torclint rules`: list all rules."""

from __future__ import annotations

import sys

from torclint.cli.output import print_lines, print_utf8
from torclint.record import TYPE_CHECKING, Record
from torclint.report.cells import wrap
from torclint.report.terminal import terminal_of
from torclint.rules.documentation import documentation
from torclint.rules.registry import all_rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.report.terminal import Terminal
    from torclint.rules.documentation import Documentation


class Options(Record):
    format: str
    color: str


def run(options: Options) -> int:
    pages = [documentation(rule) for rule in all_rules()]
    if options.format == "json":
        from json import dumps

        print_utf8([dumps([page._asdict() for page in pages], indent=2, ensure_ascii=False)])
    else:
        print_lines(_table(pages, terminal_of(sys.stdout, options.color)))
    return 0


def _table(pages: list[Documentation], terminal: Terminal) -> Iterator[str]:
    palette = terminal.palette
    name_width = max((len(page.name) for page in pages), default=0)
    indent = len("TL000  ") + name_width + len("  warning  rejected  fix  ")
    for page in pages:
        summary = f"{page.summary} (opt-in)" if page.opt_in else page.summary
        look = getattr(palette, page.severity)
        head = f"{palette.strong}{page.code}{palette.off}  {page.name:{name_width}}  "
        head += f"{look}{page.severity:7}{palette.off}  {page.effect:8}  {'fix' if page.fixable else '   '}  "
        if terminal.width - indent >= 30:
            first, *rest = wrap(summary, terminal.width - indent)
            yield head + first
            yield from (" " * indent + line for line in rest)
        else:
            yield head.rstrip()
            yield from (" " * 7 + line for line in wrap(summary, terminal.width - 7))
