"""Ignores that leave out nothing."""

from __future__ import annotations

from torclint.rules.base import STYLE, WARNING, ReadingRule


class UnusedIgnore(ReadingRule):
    """An ignore names a rule that finds nothing in what the ignore covers.

    ## What it does
    Flags each rule in `# torclint: ignore[...]`, and each entry of `ignores` in the configuration, that leaves out no
    finding. A rule that is switched off, or was not asked because the spec cannot be read whole, is not looked at.

    ## Why
    Such an ignore is left over from a finding that is gone, or stands at the wrong place; it would hide the next finding.

    ## Example
    ```yaml
    name: w
    jobs:
      - name: after
        command: "echo done"
        depends_on: [before]  # torclint: ignore[TL403] meant as it is
      - {name: before, command: "echo start"}
    ```

    ## Use instead
    ```yaml
    name: w
    jobs:
      - name: after
        command: "echo done"
        depends_on: [before]
      - {name: before, command: "echo start"}
    ```

    ## Fix safety
    `torclint fix` removes the rule from the comment, and with the last one the comment. The fix is safe: nothing that is
    found now depends on it.
    """

    code, name, severity, effect, fixable = "TL005", "unused-ignore", WARNING, STYLE, True
