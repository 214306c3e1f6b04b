"""How often each rule found something."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.report.model import Report
    from torclint.report.terminal import Terminal
    from torclint.rules.base import Finding


def render(report: Report, terminal: Terminal) -> Iterator[str]:
    """A table with a line for each rule, the one that found most first, and an empty line; nothing without findings."""
    by_rule: dict[str, list[Finding]] = {}
    for finding in report.findings:
        by_rule.setdefault(finding.code, []).append(finding)
    if not by_rule:
        return
    palette = terminal.palette
    most_first = sorted(by_rule.values(), key=lambda found: (-len(found), found[0].code))
    names = max(len("name"), *(len(found[0].name) for found in most_first))
    counts = max(len("count"), len(f"{len(most_first[0]):,}"))
    yield f"{palette.strong}{'count':>{counts}}  {'code':5}  {'name':{names}}  severity  fixable{palette.off}"
    for found in most_first:
        first = found[0]
        fixable = sum(finding.fix is not None for finding in found)
        shown = f"{fixable:,}" if fixable else "-"
        look = getattr(palette, first.severity)
        yield (
            f"{len(found):{counts},}  {first.code:5}  {first.name:{names}}  "
            f"{look}{first.severity:8}{palette.off}  {shown:>7}"
        )
    yield ""
