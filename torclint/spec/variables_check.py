"""What Torc refuses about `variables`, and about tokens beside them (Torc 1.0.0, workflow_spec.rs:973-1363)."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING
from torclint.spec.ranges import ParameterError
from torclint.spec.suggest import did_you_mean
from torclint.spec.variables import checked_strings, effective, is_identifier, put_in, tokens
from torclint.syntax.node import Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from torclint.spec.reader import Reader
    from torclint.syntax.node import Node

_RULE = "bad-variable"


def read_variables(reader: Reader, root: Mapping) -> None:
    """Set `reader.variables` and report every problem with them. Without the key nothing is checked."""
    node = root.get("variables")
    if node is None:
        return
    reader.variables_told = True
    if not isinstance(node, Mapping):
        advice = "write `variables: {}` or leave the key out" if _is_null(node) else "write a mapping: {name: text}"
        reader.refuse(_RULE, "`variables` must be a mapping from names to strings", node.span, advice)
        return
    entries = effective(node)
    if not entries:
        return
    texts: dict[str, str] = {}
    for name, value in entries.items():
        if isinstance(value, Scalar) and isinstance(value.value, str):
            texts[name] = value.value
            continue
        advice = f'write it in quotes: "{value.value}"' if isinstance(value, Scalar) and not _is_null(value) else ""
        reader.refuse(_RULE, f"variable `{name}` must be a string", value.span, advice)
    # tables are found under paths that may hold variables
    parameters = _parameter_names(reader, root, texts)
    for name in entries:
        key = node.key(name) or node
        if not is_identifier(name):
            message = f"variable name {name!r} is no identifier"
            reader.refuse(_RULE, message, key.span, "use letters, digits and underscores, no digit first")
        if name in parameters:
            message = f"`{name}` is both a variable and a parameter"
            reader.refuse(_RULE, message, key.span, "rename one of them; parameters of all items count")
    for name, text in texts.items():
        _refuse_tokens_in_value(reader, name, text, entries[name], texts)
    _refuse_undefined_tokens(reader, root, [*entries, *parameters])
    reader.variables = texts


def _is_null(node: Node) -> bool:
    return isinstance(node, Scalar) and node.value is None


def _refuse_tokens_in_value(reader: Reader, name: str, text: str, node: Node, variables: dict[str, str]) -> None:
    for token, inner in tokens(text):
        what = "variable" if token in variables else "template name"
        reader.refuse(
            _RULE,
            f"the value of variable `{name}` holds the {what} {{{inner}}}; values are plain text",
            node.span,
            "put the texts together where the variable is used",
        )
        return


def _parameter_names(reader: Reader, root: Mapping, variables: dict[str, str]) -> dict[str, None]:
    """Parameters of the workflow and of every item, and the columns of every table that can be read, in one pool."""
    found: dict[str, None] = {}
    owners = [root]
    for field in ("jobs", "files", "user_data"):
        items = root.get(field)
        if isinstance(items, Sequence):
            owners.extend(item for item in items.items if isinstance(item, Mapping))
    for owner in owners:
        parameters = owner.get("parameters")
        if isinstance(parameters, Mapping):
            found.update(dict.fromkeys(effective(parameters)))
        path = owner.get("parameters_file")
        if isinstance(path, Scalar) and isinstance(path.value, str):
            try:
                table = reader.sources.table(put_in(path.value, variables))
            except ParameterError:
                continue
            found.update(dict.fromkeys(table.names))
    return found


def _refuse_undefined_tokens(reader: Reader, root: Mapping, known: list[str]) -> None:
    names = frozenset(known)
    for node in checked_strings(root):
        text: str = node.value  # type: ignore[assignment]
        if "{" not in text:
            continue
        for name, inner in tokens(text):
            if name in names:
                continue
            reader.refuse(
                "undefined-token",
                f"{{{inner}}} is no variable and no parameter; with `variables` every {{name}} must be one",
                node.span,
                *did_you_mean(name, known),
                f"to keep it as text, write it so that it is no name, as in {{ {name} }}",
            )
