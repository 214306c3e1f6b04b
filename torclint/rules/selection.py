"""Which rules are asked."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING, Record
from torclint.rules.registry import RULES, find

if TYPE_CHECKING:
    from collections.abc import Iterable

    from torclint.rules.registry import Entry


class Selection(Record):
    """All rules that are not opt-in, but for those in `off`, and those in `opted_in`; both hold codes."""

    off: frozenset[str] = frozenset()
    opted_in: frozenset[str] = frozenset()

    def asks(self, entry: Entry) -> bool:
        """Whether the rule is asked where it can find something."""
        return entry.code not in self.off and (not entry.opt_in or entry.code in self.opted_in)

    def without(self, codes: frozenset[str]) -> Selection:
        """The same with these rules switched off."""
        return self._replace(off=self.off | codes) if codes else self


DEFAULT = Selection()


def selection_of(on: frozenset[str]) -> Selection:
    """The selection of exactly the rules with the codes `on`."""
    off = frozenset(entry.code for entry in RULES if not entry.opt_in and entry.code not in on)
    return Selection(off, frozenset(entry.code for entry in RULES if entry.opt_in and entry.code in on))


def default_codes() -> frozenset[str]:
    """The codes of all rules that are asked unless something else is said."""
    return frozenset(entry.code for entry in RULES if not entry.opt_in)


def codes_of(selectors: Iterable[str]) -> frozenset[str]:
    """The codes that selectors stand for: `ALL`, the start of a code (`TL5`), a code or a name. Raises UnknownRule."""
    codes: set[str] = set()
    for selector in selectors:
        wanted = selector.strip().upper()
        found = [entry.code for entry in RULES if wanted == "ALL" or _is_family(wanted, entry.code)]
        codes.update(found or [find(selector).code])
    return frozenset(codes)


def _is_family(wanted: str, code: str) -> bool:
    return 2 <= len(wanted) < len(code) and code.startswith(wanted)
