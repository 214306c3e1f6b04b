"""The reference of spec fields: from the table that torclint reads specs by, with the rules that speak of each field."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from torclint.editor.wording import code, field_summary
from torclint.spec import fields as table
from torclint.syntax import parse
from torclint.syntax.kdl_torc import node_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.rules.documentation import Documentation
    from torclint.spec.fields import Field, Struct

_FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FIELD = re.compile(r"`([a-z_]+)(?::[^`]*)?`")
_FIRST = "1.0"  # the Torc release that all fields are of unless they say otherwise
_EVERYWHERE = frozenset(("TL101", "TL102", "TL103", "TL104", "TL003"))  # they look at all fields, as the page says


def render(rules: list[Documentation]) -> str:
    """A section for each struct, in the order of the table."""
    mentions = {rule.code: rule for rule in rules}
    looked_at = fields_of_rules(rules)
    lines: list[str] = []
    for struct in table.STRUCT_LIST:
        lines += ["", f"## {title(struct)}", "", " ".join([struct.doc, *places(struct)]), ""]
        lines += ["| field | takes | what it does |", "|---|---|---|"]
        for field in struct.fields:
            codes = sorted(looked_at.get((struct.name, field.name), ()))
            links = [f"[{each}](rules.md#{each.lower()}-{mentions[each].name})" for each in codes]
            lines.append(f"| `{field.name}` | {takes(field)} | {' '.join([*about(struct, field), *links])} |")
    return "\n".join([*lines, ""])


def title(struct: Struct) -> str:
    return struct.noun[:1].upper() + struct.noun[1:]


def link(struct: Struct) -> str:
    return f"#{title(struct).lower().replace(' ', '-')}"


def places(struct: Struct) -> Iterator[str]:
    """Where a struct is written, and what it does with fields that it does not know."""
    parents = [
        f"`{field.name}` of {'the workflow' if parent is table.WORKFLOW else f'[{parent.noun}]({link(parent)})'}"
        for parent in table.STRUCT_LIST
        for field in parent.fields
        if field.of == struct.name
    ]
    if parents:
        yield f"Written in {' and '.join(parents)}."
    if struct.open:
        yield "Torc passes over fields that it does not know here."


def takes(field: Field) -> str:
    """What a field takes, with a link to the struct."""
    text = field_summary(field)
    if field.kind == table.ENUM:
        return ", ".join([" or ".join(map(code, table.ENUMS[field.of])), *text.split(", ")[1:]])
    if field.of:
        struct = table.ALL_STRUCTS[field.of]
        inner = f"[{struct.noun}]({link(struct)})"
        kinds = {table.STRUCTS: f"list of {inner}", table.STRUCT_MAP: f"mapping from names to {inner}"}
        return ", ".join([kinds.get(field.kind, inner), *text.split(", ")[1:]])
    return text


def about(struct: Struct, field: Field) -> Iterator[str]:
    """What a field does, with examples, its node in KDL and its releases where that is worth a word."""
    yield field.doc.replace("|", "\\|")
    if field.examples:
        yield f"Such as {', '.join(map(code, field.examples))}."
    nodes = node_names(struct.name)
    node = next((name for name in (field.name, field.name.removesuffix("s")) if name in nodes), None)
    if field.name == "name" and struct is not table.WORKFLOW:
        yield "In KDL the text behind the node."
    elif not node:
        yield "*Not in KDL.*"
    elif node != field.name:
        yield f"In KDL `{node}`."
    if field.since != _FIRST:
        yield f"Since Torc {field.since}."
    if field.until:
        yield f"Until Torc {field.until}."


def fields_of_rules(rules: list[Documentation]) -> dict[tuple[str, str], set[str]]:
    """Struct and field -> codes of the rules that speak of it.

    A rule speaks of a field where its documentation names it. Where several structs have a field of that name, those are meant
    that the rule's examples write it in, or all if they write it in none; the parameter fields are the same wherever they are.
    """
    found: dict[tuple[str, str], set[str]] = {}
    for rule in rules:
        if rule.code in _EVERYWHERE:
            continue
        prose = f"{rule.summary}\n{_FENCED.sub('', rule.text)}"
        written = {use for match in _FENCED.finditer(rule.text) if match[1] == "yaml" for use in uses(match[2])}
        for name in {match[1] for match in _FIELD.finditer(prose)}:
            structs = [struct for struct in table.STRUCT_LIST if name in {field.name for field in struct.fields}]
            if name not in {field.name for field in table.PARAMETER_FIELDS}:
                structs = [struct for struct in structs if (struct.name, name) in written] or structs
            for struct in structs:
                found.setdefault((struct.name, name), set()).add(rule.code)
    return found


def uses(text: str) -> Iterator[tuple[str, str]]:
    """Struct and field of everything that a spec writes; nothing if it cannot be read."""
    try:
        root = parse(text, "yaml").value
    except ValueError:
        return
    yield from _uses(root, table.WORKFLOW)


def _uses(value: object, struct: Struct) -> Iterator[tuple[str, str]]:
    if not isinstance(value, dict):
        return
    for field in struct.fields:
        if field.name not in value:
            continue
        yield struct.name, field.name
        inner = table.ALL_STRUCTS.get(field.of)
        if inner and field.kind != table.ENUM:
            for item in value[field.name] if isinstance(value[field.name], list) else [value[field.name]]:
                yield from _uses(item, inner)
