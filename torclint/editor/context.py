"""Where in a spec somebody types: told from the text before the cursor, which need not be readable as a whole."""

from __future__ import annotations

from typing import NamedTuple

KEY, VALUE, ITEM = "key", "value", "item"


class Context(NamedTuple):
    """What is typed at a place.

    `path`: the keys around it, from the top of the spec; lists do not count. `role`: a KEY of the mapping at `path`, the
    VALUE of its last key, or an ITEM of the list there. `typed` is what stands there already, from `start` on, after the
    opening quote `quote` ("" for none). `taken`: keys that the mapping has already. `in_flow`: within brackets, in YAML.
    """

    path: tuple[str, ...]
    role: str
    typed: str
    start: int
    quote: str = ""
    taken: frozenset[str] = frozenset()
    in_flow: bool = False


def context_at(text: str, offset: int, format: str) -> Context | None:
    """The context of text[offset]; None in a comment, and where no field can be."""
    if format == "yaml":
        from torclint.editor.context_yaml import yaml_context

        return yaml_context(text, offset)
    if format == "kdl":
        from torclint.editor.context_kdl import kdl_context

        return kdl_context(text, offset)
    from torclint.editor.context_flow import flow_context

    return flow_context(text, 0, offset, (), is_yaml=False)
