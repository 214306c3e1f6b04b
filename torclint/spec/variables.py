"""Workflow `variables`: constant texts put in before anything else is read (Torc 1.0.0, workflow_spec.rs:973-1429)."""

from __future__ import annotations

import re

from torclint.record import TYPE_CHECKING
from torclint.syntax.node import Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from torclint.syntax.node import Node

_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_CHECKED = re.compile(r"(?<!\$)\{([^{}]*)\}")  # workflow_spec.rs:1324: what the undefined check takes for a token
_PUT_IN = re.compile(r"(?<!\$)\{([^}]*)\}")  # workflow_spec.rs:1387: what is replaced

UNTOUCHED_KEYS = frozenset(("variables", "use_parameters"))


def is_identifier(text: str) -> bool:
    """ASCII letters, digits and underscores, no digit first."""
    return _IDENTIFIER.fullmatch(text) is not None


def tokens(text: str) -> Iterator[tuple[str, str]]:
    """The template tokens that Torc checks in `text`: (name, all between the braces). `${...}` is not one."""
    if "{" not in text:
        return
    for found in _CHECKED.finditer(text):
        inner = found.group(1)
        name = inner.partition(":")[0]
        if is_identifier(name):
            yield name, inner


def put_in(text: str, variables: dict[str, str]) -> str:
    """`text` with `{name}` and `{name:...}` replaced by the variable; `${name}` and unknown names stay."""
    end = text.rfind("}") + 1
    if "{" not in text or not end:
        return text

    def value(found: re.Match[str]) -> str:
        name = found.group(1).partition(":")[0]
        known = variables.get(name)
        return found.group() if known is None else known

    # beyond the last closing brace nothing can match, and looking there would take quadratic time
    return _PUT_IN.sub(value, text[:end]) + text[end:]


def effective(node: Mapping) -> dict[str, Node]:
    """The entries that count: the last of two equal keys."""
    return {key.value: value for key, value in node.entries}  # type: ignore[misc]


def plain(node: Node, variables: dict[str, str]) -> Any:
    """The plain value of `node` with variables put in wherever Torc does (workflow_spec.rs:1258-1311)."""
    if not variables:
        return node.plain
    if isinstance(node, Scalar):
        return put_in(node.value, variables) if isinstance(node.value, str) else node.value
    if isinstance(node, Sequence):
        return [plain(item, variables) for item in node.items]
    found: dict[str, Any] = {}
    for key, value in effective(node).items():
        if key in UNTOUCHED_KEYS:
            found[key] = value.plain
        elif key == "parameters":
            found[key] = values_of_parameters(value, variables)
        else:
            found[key] = plain(value, variables)
    return found


def values_of_parameters(node: Node, variables: dict[str, str]) -> Any:
    """Below a key `parameters` only the values of a mapping are touched."""
    if not isinstance(node, Mapping):
        return node.plain
    return {key: plain(value, variables) for key, value in effective(node).items()}


def checked_strings(node: Node) -> Iterator[Scalar]:
    """Every string that variables reach, anywhere below `node`."""
    stack = [node]
    while stack:
        current = stack.pop()
        if isinstance(current, Scalar):
            if current.value.__class__ is str:
                yield current
        elif isinstance(current, Sequence):
            stack.extend(current.items)
        else:
            for key, value in effective(current).items():
                if key in UNTOUCHED_KEYS:
                    continue
                if key == "parameters":
                    if isinstance(value, Mapping):
                        stack.extend(effective(value).values())
                    continue
                stack.append(value)
