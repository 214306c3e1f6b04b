"""What a command can have put into it: the paths of files and the JSON text of user data, by name."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from itertools import accumulate, chain
from typing import TYPE_CHECKING, Any, NamedTuple

from torclint.graph.clauses import TOKEN
from torclint.names.template import parse_template
from torclint.spec.json_text import compact_json

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from torclint.spec.domain import Value
    from torclint.spec.model import Item, UserDataSpec, Workflow


class File(NamedTuple):
    name: str
    path: str


class Content(NamedTuple):
    """One item of user data; `text` is its JSON, None where it has no data. `is_number`: it is nothing but a number."""

    name: str
    text: str | None
    is_number: bool


def points(item: Item) -> list[dict[str, Value]]:
    """The parameter values of each of the things that `item` becomes."""
    return [item.domain.values(point) for point in item.domain.points()]


class Embedded:
    """The files and the user data of a workflow, by their places in the order of the spec. Files may be a million:
    they are written out only where something is asked of them by name."""

    def __init__(self, workflow: Workflow) -> None:
        self._files = workflow.files
        self._offsets = list(accumulate((item.domain.size for item in workflow.files), initial=0))
        self.data = [content for item in workflow.user_data for content in _contents(item)]

    def file(self, place: int) -> File:
        """The file at a place."""
        index = bisect_right(self._offsets, place) - 1
        item = self._files[index]
        values = item.domain.values(item.domain.point_at(place - self._offsets[index]))
        return File(
            parse_template(item.name.text, item.domain).fill(values),
            parse_template(item.path.text, item.domain).fill(values),
        )

    def file_names(self) -> Iterator[str]:
        for item in self._files:
            yield from parse_template(item.name.text, item.domain).names(item.domain)

    def data_names(self) -> Iterator[str]:
        return (content.name for content in self.data)

    @cached_property
    def _paths(self) -> dict[str, str]:
        paths = (parse_template(item.path.text, item.domain).names(item.domain) for item in self._files)
        return dict(zip(self.file_names(), chain.from_iterable(paths), strict=True))

    @cached_property
    def _texts(self) -> dict[str, str]:
        return {content.name: content.text for content in self.data if content.text is not None}

    def put_into(self, command: str) -> str:
        """`command` with `${files.input.NAME}` and its like replaced (Torc 1.0.0, workflow_spec.rs:6566-6758).

        An unknown name stays as it is, as there.
        """
        if "${" not in command:
            return command
        return TOKEN.sub(self._replacement, command)

    def _replacement(self, token: re.Match[str]) -> str:
        known = self._paths if token[1] == "files" else self._texts
        return known.get(token[3], token[0])


def _contents(item: UserDataSpec) -> list[Content]:
    name = parse_template(item.name.text, item.domain)
    if item.content_node is None:
        return [Content(name.fill(values), None, False) for values in points(item)]
    is_number = isinstance(item.content, int | float) and not isinstance(item.content, bool)
    return [
        Content(name.fill(values), compact_json(_filled(item.content, item, values)), is_number)
        for values in points(item)
    ]


def _filled(content: Any, item: UserDataSpec, values: dict[str, Value]) -> Any:
    """`content` with parameters put into its strings; keys stay (workflow_spec.rs:380)."""
    if isinstance(content, str):
        return parse_template(content, item.domain).fill(values)
    if isinstance(content, list):
        return [_filled(each, item, values) for each in content]
    if isinstance(content, dict):
        return {key: _filled(each, item, values) for key, each in content.items()}
    return content
