"""Everything that a configuration file may set, in one table: reading, the JSON schema and the reference derive from it."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING, Record
from torclint.rules.base import SEVERITIES, WARNING
from torclint.rules.thresholds import MEANINGS, Thresholds
from torclint.spec.versions import CURRENT, VERSIONS

if TYPE_CHECKING:
    from typing import Any

# what a value is
TEXT, RULES, GLOBS, SEVERITY, NUMBER, IGNORES, GLOBS_TO_RULES, RULE_TO_SEVERITY, NUMBERS, VERSION = (
    "text",
    "rules",
    "globs",
    "severity",
    "number",
    "ignores",
    "globs to rules",
    "rule to severity",
    "numbers",
    "version",
)


class Key(Record):
    """One key. `kind` says what its value is, `keys` what a table may hold."""

    name: str
    kind: str
    about: str
    example: str
    default: Any = None
    keys: tuple[Key, ...] = ()


def _threshold(name: str, default: int) -> Key:
    shown = name.replace("_", "-")
    return Key(shown, NUMBER, MEANINGS[name], f"{shown} = {default}", default)


_IGNORES = (
    Key("path", TEXT, "the files it holds for, a glob relative to the configuration file", 'path = "specs/*.json"'),
    Key("rules", RULES, "codes or names of rules", 'rules = ["TL501"]'),
    Key("job", TEXT, "the job it holds for: its name as written in the spec", 'job = "analyze_{i:03d}"'),
    Key("pointer", TEXT, "or the part of the spec: a JSON pointer (RFC 6901)", 'pointer = "/jobs/3"'),
    Key("reason", TEXT, "why", 'reason = "every job needs them all"'),
)

KEYS: tuple[Key, ...] = (
    Key("extend", TEXT, "another configuration file, relative to this one, whose settings hold where this one says nothing",
        'extend = "../torclint.toml"'),
    Key("select", RULES, "the rules to check: codes, beginnings of codes (`TL5`), names, or `ALL`; without it all that are not "
        "opt-in", 'select = ["TL1", "TL2", "TL5"]'),
    Key("extend-select", RULES, "rules to check as well, such as opt-in ones", 'extend-select = ["TL8"]'),
    Key("ignore", RULES, "rules to leave out; wins over `select` and `extend-select`", 'ignore = ["vague-barrier-name"]'),
    Key("extend-ignore", RULES, "rules to leave out, besides those that an extended file ignores",
        'extend-ignore = ["TL602"]'),
    Key("fail-on", SEVERITY, "the least severity that makes the exit code 1", 'fail-on = "error"', WARNING),
    Key("exclude", GLOBS, "files and folders that are left out where a folder is searched", 'exclude = ["generated/**"]'),
    Key("torc-version", VERSION, "the Torc release to judge by", f'torc-version = "{CURRENT}"', CURRENT),
    Key("severity", RULE_TO_SEVERITY, "the severity of single rules", 'severity = { TL403 = "error" }'),
    Key("per-file-ignores", GLOBS_TO_RULES, "rules to leave out in some files",
        'per-file-ignores = { "tests/**" = ["TL5"] }'),
    Key("thresholds", NUMBERS, "the numbers from which on rules report something", "thresholds = { min-jobs = 50 }", None,
        tuple(_threshold(name, default) for name, default in Thresholds()._asdict().items())),
    Key("ignores", IGNORES, "findings that are known, where the spec itself cannot hold a comment (JSON)",
        'ignores = [{ path = "a.json", rules = ["TL501"], job = "b" }]', None, _IGNORES),
)  # fmt: skip

VALUES: dict[str, tuple[str, ...]] = {SEVERITY: SEVERITIES, RULE_TO_SEVERITY: SEVERITIES, VERSION: VERSIONS}
