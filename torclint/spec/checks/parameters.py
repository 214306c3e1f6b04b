"""Parameters that Torc takes for something else than they seem to say (Torc 1.0.0, parameter_expansion.rs:24-175)."""

from __future__ import annotations

import re

from torclint.record import TYPE_CHECKING
from torclint.spec.domain import RowsAxis
from torclint.spec.formatting import format_value
from torclint.spec.model import Problem
from torclint.spec.parameters import raw_text
from torclint.spec.ranges import IntRange, ParameterError, infer, parse_range
from torclint.spec.rust_text import trim
from torclint.spec.suggest import did_you_mean
from torclint.spec.texts import mentions
from torclint.spec.variables import put_in
from torclint.syntax.node import Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.spec.domain import Value
    from torclint.spec.model import Item, Workflow
    from torclint.syntax.node import Node

_NAME = "misread-parameter"
_MODES = ("product", "zip")
_ROWS = 1000  # values of a parameter that are looked at


def problems(workflow: Workflow) -> Iterator[Problem]:
    seen: set[int] = set()
    for noun, items in (("job", workflow.jobs), ("file", workflow.files), ("user data", workflow.user_data)):
        for item in items:
            if not item.domain.axes and item.node.get("parameter_mode") is None:
                continue
            subject = f"{noun} {item.name.text}"
            yield from _mode(workflow, item, subject)
            for name, node in _parameters(workflow, item).items():
                if id(node) in seen:
                    continue
                seen.add(id(node))
                text = trim(raw_text(node, workflow.variables))
                yield from _misread(item, name, node, text, subject)
            yield from _rewritten(item, subject)


def _mode(workflow: Workflow, item: Item, subject: str) -> Iterator[Problem]:
    node = item.node.get("parameter_mode")
    if not isinstance(node, Scalar) or not isinstance(node.value, str):
        return
    text = put_in(node.value, workflow.variables)
    if text in _MODES:
        return
    yield Problem(
        "unknown-parameter-mode",
        f"Torc takes parameter_mode {text!r} for product: every combination",
        node.span,
        subject,
        did_you_mean(text, _MODES) or ("write zip or product",),
    )


def _parameters(workflow: Workflow, item: Item) -> dict[str, Node]:
    """The nodes of the item's parameters, its own or the workflow's."""
    local = item.node.get("parameters")
    if isinstance(local, Mapping):
        return {str(key.value): value for key, value in local.entries}
    used = item.node.get("use_parameters")
    if not isinstance(used, Sequence):
        return {}
    names = {one.value for one in used.items if isinstance(one, Scalar)}
    return {name: node for name, node in workflow.parameters.items() if name in names}


def _misread(item: Item, name: str, node: Node, text: str, subject: str) -> Iterator[Problem]:
    for message, advice in _complaints(item, name, node, text):
        yield Problem(_NAME, f"parameter `{name}`: {message}", node.span, subject, (advice,))
        return


def _complaints(item: Item, name: str, node: Node, text: str) -> Iterator[tuple[str, str]]:
    if text.startswith("@"):
        return
    if text.startswith("[") and text.endswith("]"):
        if isinstance(node, Sequence):
            yield from _native_list(node)
        elif _splits_quotes(text):
            yield "a comma inside quotes ends the item all the same", "use a file: @values.txt, one value a line"
        yield from _changed(item, name, [trim(one) for one in text.lstrip("[").rstrip("]").split(",")])
    elif ":" in text:
        yield from _range(item, name, text)
    elif "," in text and not text.startswith("{"):
        yield f"{text!r} is one value, not a list", f"write [{text}]"
    else:
        yield from _changed(item, name, [text])


def _native_list(node: Sequence) -> Iterator[tuple[str, str]]:
    for one in node.items:
        if not isinstance(one, Scalar):
            yield "lists and mappings inside the list are cut at every comma", "use a table: parameters_file"
        elif isinstance(one.value, str):
            if "," in one.value:
                parts = one.value.count(",") + 1
                yield f"the item {one.value!r} is cut at its commas into {parts:,} values", "use a file: @values.txt"
            elif re.search(r'["\\\x00-\x1f]', one.value):
                yield (
                    f"the item {one.value!r} keeps the backslashes of its JSON text",
                    "use a file: @values.txt, one value a line",
                )


def _splits_quotes(text: str) -> bool:
    return any(
        item[:1] in ("'", '"') and (len(item) == 1 or item[-1] != item[0])
        for item in map(trim, text.lstrip("[").rstrip("]").split(","))
    )


def _changed(item: Item, name: str, written: list[str]) -> Iterator[tuple[str, str]]:
    """Numbers whose text is not what is put in: 007 becomes 7, 1.0 becomes 1, inf and nan are floats."""
    if not _put_in_plainly(item, name):
        return
    for text in written[:_ROWS]:
        value = infer(text)
        put = format_value(value)
        if isinstance(value, str) or put == text:
            continue
        if isinstance(value, int) and re.match(r"[+-]?0[0-9]", text):
            yield (
                f"{text} is the number {put}, its zeros are lost",
                f"write {{{name}:0{len(text)}d}} where it is put in",
            )
        elif isinstance(value, float) and (text.strip("+-")[:1].isalpha() or re.search(r"\.[0-9]*0$|\.$", text)):
            yield (
                f"{text} is a number and is put in as {put}",
                f"put it in with its digits, as {{{name}:.2f}}, or read it from a file of quoted texts",
            )


def _put_in_plainly(item: Item, name: str) -> bool:
    texts = [item.name.text]
    command = getattr(item, "command", None)
    path = getattr(item, "path", None)
    texts.extend(one.text for one in (command, path) if one is not None)
    return any("{" + name + "}" in text for text in texts)


def _range(item: Item, name: str, text: str) -> Iterator[tuple[str, str]]:
    if text.startswith("{"):
        text = text[1:-1]
    try:
        values = parse_range(trim(text))
    except ParameterError:
        return
    parts = [trim(one) for one in text.split(":")]
    count = values.length if isinstance(values, IntRange) else len(values)
    if len(parts) == 3 and count == 1 and parts[0] != parts[1]:
        yield f"{text!r} is a range, and {parts[0]} its only value", "put a time or ratio into a list: [..., ...]"
    if isinstance(values, IntRange):
        yield from _changed(item, name, [one for one in parts[:1] if one.startswith("0")])
    else:
        yield from _drift(item, name, values)


def _drift(item: Item, name: str, values: tuple[Value, ...]) -> Iterator[tuple[str, str]]:
    if not _put_in_plainly(item, name):
        return
    for number, value in enumerate(values[:_ROWS], 1):
        text = format_value(value)
        if len(text.partition(".")[2]) > 12:
            yield (
                f"value {number:,} of the range is {text}: floats are added up step by step",
                f"write {{{name}:.2f}} where it is put in, with as many digits as the step has",
            )
            return


def _rewritten(item: Item, subject: str) -> Iterator[Problem]:
    names = item.domain.names
    if len(names) < 2:
        return
    for axis in item.domain.axes:
        for row in axis.rows[:_ROWS] if isinstance(axis, RowsAxis) else ():
            for name, value in zip(axis.names, row, strict=True):
                if not isinstance(value, str) or "{" not in value:
                    continue
                other = next((one for one in names if one != name and mentions(value, one)), None)
                if other is None:
                    continue
                yield Problem(
                    "random-substitution",
                    f"the value {value!r} of parameter `{name}` mentions parameter `{other}`;"
                    " Torc puts it in or not, by chance",
                    item.node.span if (key := item.node.key("parameters")) is None else key.span,
                    subject,
                    ("put the values together where they are used",),
                )
                return
