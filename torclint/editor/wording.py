"""How numbers, names, fields and rules are told in hovers and completions: as Markdown."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from torclint.report.cells import visible
from torclint.report.links import rule_link
from torclint.spec import fields as table
from torclint.spec.describe import expected

if TYPE_CHECKING:
    from torclint.names.template import Template
    from torclint.rules.documentation import Documentation
    from torclint.spec.domain import Domain
    from torclint.spec.fields import Field

_LONGEST = 200  # characters of one name
_EXAMPLES = 3

_PRESENCE = {table.REQUIRED: "required"}


def code(text: str) -> str:
    """`text` as inline code, whatever it holds."""
    text = visible(text)
    text = text if len(text) <= _LONGEST else text[:_LONGEST] + "..."
    if not text:
        return "(empty)"
    longest = max(map(len, re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def examples(template: Template, domain: Domain) -> str:
    """The first names of a template, and the last one: `a_0`, `a_1`, `a_2` ... `a_99`."""
    first = [code(name) for name in islice(template.names(domain), _EXAMPLES)]
    if domain.size <= _EXAMPLES:
        return ", ".join(first)
    last = template.fill(domain.values(tuple(axis.length - 1 for axis in domain.axes)))
    return f"{', '.join(first)} ... {code(last)}"


def field_summary(field: Field) -> str:
    """What a field takes, in one line: `string, required`; `integer, default 3`."""
    parts = [expected(field).removeprefix("a ").removeprefix("an ")]
    if field.presence in _PRESENCE:
        parts.append(_PRESENCE[field.presence])
    elif field.default not in (None, ()):
        parts.append(f"default {code(_plain(field.default))}")
    return ", ".join(parts)


def field_documentation(field: Field) -> str:
    """All that the table of fields says about a field."""
    lines = [f"**{field.name}**: {field_summary(field)}", "", field.doc]
    if field.kind == table.ENUM:
        lines += ["", "One of " + ", ".join(map(code, table.ENUMS[field.of])) + "."]
    elif field.examples:
        lines += ["", "Such as " + ", ".join(map(code, field.examples)) + "."]
    return "\n".join(lines)


def _plain(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def rule_explanation(told: Documentation) -> str:
    """The summary of a rule and why it matters."""
    why = re.search(r"(?ms)^## Why\n(.*?)(?=^## |\Z)", told.text)
    link = f"[{told.code} {told.name}]({rule_link(told.code, told.name)})"
    return "\n\n".join(part for part in (f"**{link}**: {told.summary}", why[1].strip() if why else "") if part)
