"""The list of all rules, and how one is loaded: by its code or name, and only when it is needed."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING, Record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.rules.base import Rule


class Entry(Record):
    """One rule: its class, which has this code and name, lies in the module that is named after it.

    `reading`: the rule reports problems that reading the spec brought up, and is loaded only if there are any.
    """

    code: str
    name: str
    reading: bool = False

    @property
    def module(self) -> str:
        return "torclint.rules." + self.name.replace("-", "_")


RULES: tuple[Entry, ...] = (
    # sorted by code; to add a rule, write its module and add its line here
    Entry("TL001", "syntax-error", reading=True),
)


class UnknownRule(LookupError):
    """There is no rule with this code or name. `near`: codes and names that look like it."""

    def __init__(self, wanted: str, near: tuple[str, ...]) -> None:
        hint = f"; did you mean {' or '.join(near)}?" if near else ""
        super().__init__(f"there is no rule {wanted}{hint}")
        self.wanted = wanted
        self.near = near


def load(entry: Entry) -> Rule:
    """The rule that `entry` stands for."""
    module = __import__(entry.module, fromlist=[entry.name])
    for value in vars(module).values():
        if isinstance(value, type) and getattr(value, "code", None) == entry.code:
            rule: Rule = value()
            return rule
    raise TypeError(f"{entry.module} holds no class with the code {entry.code}")


def find(code_or_name: str) -> Entry:
    """The entry of a rule, by code (in any case) or name. Raises UnknownRule."""
    wanted = code_or_name.strip()
    for entry in RULES:
        if wanted.upper() == entry.code or wanted.lower() == entry.name:
            return entry
    from difflib import get_close_matches

    known = [part for entry in RULES for part in entry[:2]]
    near = get_close_matches(wanted.lower(), [part.lower() for part in known], n=2, cutoff=0.6)
    spelled = {part.lower(): part for part in known}
    raise UnknownRule(code_or_name, tuple(spelled[part] for part in near))


def all_rules() -> Iterator[Rule]:
    """Every rule, by code."""
    return map(load, RULES)


def reading_rules(problems: set[str]) -> Iterator[Rule]:
    """The rules that report `problems`, the names that reading one spec brought up; by code."""
    return (load(entry) for entry in RULES if entry.reading and entry.name in problems)


def graph_rules() -> Iterator[Rule]:
    """The rules that look at the jobs of a workflow and what they wait for; by code."""
    return (load(entry) for entry in RULES if not entry.reading)
