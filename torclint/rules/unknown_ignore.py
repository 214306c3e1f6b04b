"""Comments for torclint that say nothing to it."""

from __future__ import annotations

from torclint.rules.base import SURPRISE, WARNING, ReadingRule


class UnknownIgnore(ReadingRule):
    """A comment for torclint names no rule, or one that does not exist.

    ## What it does
    Flags codes and names in `# torclint: ignore[...]` that no rule has, ignores without a rule, and words of other tools
    such as `# torclint: disable`.

    ## Why
    The comment looks as if it kept something from being reported, and does not. There is no form that ignores all rules:
    it would hide what nobody has seen yet.

    ## Example
    ```yaml
    name: w
    jobs:
      # torclint: ignore[TL999] we know
      - {name: before, command: "echo start"}
    ```

    ## Use instead
    ```yaml
    name: w
    jobs:
      - {name: before, command: "echo start"}
    ```

    ## Fix safety
    `torclint fix` removes what names no rule; that is safe, since it has no effect. Where only one rule is spelled nearly
    like that, its name is put there instead; that is unsafe, since from then on it ignores something.
    """

    code, name, severity, effect, fixable = "TL006", "unknown-ignore", WARNING, SURPRISE, True
