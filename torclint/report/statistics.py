"""How often each rule found something."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.report.model import Report
    from torclint.report.terminal import Terminal
    from torclint.rules.base import Finding


def render(report: Report, terminal: Terminal) -> Iterator[str]:
    """A line for each rule, the one that found most first, and an empty line; nothing where nothing was found."""
    by_rule: dict[str, list[Finding]] = {}
    for finding in report.findings:
        by_rule.setdefault(finding.code, []).append(finding)
    if not by_rule:
        return
    palette = terminal.palette
    digits = max(len(f"{len(found):,}") for found in by_rule.values())
    width = max(len(found[0].name) for found in by_rule.values())
    for code, found in sorted(by_rule.items(), key=lambda item: (-len(item[1]), item[0])):
        first = found[0]
        fixable = sum(finding.fix is not None for finding in found)
        look = getattr(palette, first.severity)
        tail = f"  {fixable:,} fixable" if fixable else ""
        yield (
            f"{len(found):{digits},}  {palette.strong}{code}{palette.off}  {first.name:{width}}  "
            f"{look}{first.severity:7}{palette.off}  {first.effect:8}{tail}"
        ).rstrip()
    yield ""
