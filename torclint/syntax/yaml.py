"""YAML as Torc reads it: libyaml's events, resolved as serde_yaml 0.9 does into a JSON value, with spans.

serde_yaml's parser is a translation of libyaml, so libyaml's own events accept and refuse the same texts.
"""

from __future__ import annotations

from torclint.record import TYPE_CHECKING
from torclint.syntax.node import Document, Mapping, Node, ParseError, Scalar, Sequence
from torclint.syntax.yaml_anchors import Anchors
from torclint.syntax.yaml_comments import find_comments
from torclint.syntax.yaml_scalars import YAML_TAG, NotOfTag, OutOfRange, resolve_plain, resolve_tagged

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

MAX_DEPTH = 128  # serde_yaml de.rs:112
_LONGEST_KEY = 1024  # unsafe-libyaml scanner.rs:347; its index counts bytes (scanner.rs:33)

_UNSEEN = object()


class LibyamlMissing(RuntimeError):
    """PyYAML was installed without its C extension; its own parser reads some texts otherwise than Torc."""


def parse(text: str) -> Document:
    """Read one YAML document. Raises ParseError, and LibyamlMissing where PyYAML has no libyaml."""
    return Document(text, "yaml", _Builder(text).run(), find_comments)


def parse_part(text: str, depth: int) -> Node | None:
    """The tree of a part of a text, `depth` levels below its top; None where anchors or aliases tie it to other parts.

    Raises ParseError.
    """
    builder = _Builder(text, depth)
    root = builder.run()
    return root if builder.stands_alone else None


def _events(text: str) -> Iterator[Any]:
    import yaml

    if not yaml.__with_libyaml__:
        raise LibyamlMissing("PyYAML lacks libyaml; install a PyYAML wheel (pip install --force-reinstall PyYAML)")
    from yaml._yaml import CParser

    # serde_yaml does not strip a byte order mark, PyYAML does: with two of them both see one
    source = "\ufeff" + text if text.startswith("\ufeff") else text
    try:
        parser = CParser(source)
        while True:
            event = parser.get_event()
            if event is None:
                return
            yield event
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        message = ", ".join(part for part in (error.problem, error.context) if part)
        raise ParseError(message, text, mark.index if mark else 0) from None
    except yaml.YAMLError as error:
        offset = getattr(error, "position", 0)
        raise ParseError(str(getattr(error, "reason", error)), text, offset or 0) from None
    except UnicodeEncodeError as error:
        raise ParseError("a lone surrogate is not text", text, error.start) from None


class _Frame:
    """An open list or mapping: what was read of it so far, and the key that waits for its value."""

    __slots__ = ("anchored", "flow", "items", "key", "mapping", "start")

    def __init__(self, mapping: bool, start: int, flow: bool) -> None:
        self.items: list[Any] = []
        self.mapping = mapping
        self.start = start
        self.flow = flow
        self.key: Scalar | None = None
        self.anchored: Mapping | Sequence | None = None

    def close(self, end: int) -> Mapping | Sequence:
        if not self.flow:
            # libyaml ends a block list where the next token starts; its text ends with its last item
            last = self.items[-1] if self.items else None
            end = self.start if last is None else last[1].end if self.mapping else last.end
        if self.anchored is not None:
            self.anchored.end = end
            return self.anchored
        return self.make(end)

    def make(self, end: int) -> Mapping | Sequence:
        return (Mapping if self.mapping else Sequence)(self.items, self.start, end, self.flow)


class _Builder:
    """Builds the tree from the events of one document; aliases are filled in at the end, as serde_yaml does."""

    def __init__(self, text: str, depth: int = 0) -> None:
        self.text = text
        self._event_count = 0
        self._deepest = MAX_DEPTH - depth
        self._plain: dict[str, Any] = {}
        self._keys: dict[str, str] = {}
        self._anchors = Anchors()

    @property
    def stands_alone(self) -> bool:
        """Whether it holds no anchor, and no alias with it."""
        return not self._anchors

    def run(self) -> Node:
        root: Node = Scalar(None, 0, 0)
        events = _events(self.text)
        documents = 0
        for event in events:
            if event.__class__.__name__ != "DocumentStartEvent":
                continue
            documents += 1
            if documents > 1:
                message = "more than one YAML document; Torc reads exactly one"
                raise ParseError(message, self.text, event.start_mark.index)
            root = self._document(events)
        self._anchors.resolve(root, self._event_count, self.text)
        return root

    def _document(self, events: Iterator[Any]) -> Node:
        stack: list[_Frame] = []
        top = _Frame(False, 0, True)
        frame = top
        node: Node
        for event in events:
            kind = event.__class__.__name__
            if kind == "DocumentEndEvent":
                break
            self._event_count += 1
            if kind == "ScalarEvent":
                if frame.mapping and frame.key is None:
                    frame.key = self._key(event)
                    continue
                node = self._scalar(event)
            elif kind == "MappingStartEvent" or kind == "SequenceStartEvent":
                self._refuse_local_tag(event)
                start = event.start_mark.index
                if frame.mapping and frame.key is None:
                    raise ParseError("a mapping key must be a scalar, not a list or mapping", self.text, start)
                if len(stack) >= self._deepest:
                    raise ParseError(f"nested deeper than {MAX_DEPTH} levels", self.text, start)
                stack.append(frame)
                frame = _Frame(kind == "MappingStartEvent", start, bool(event.flow_style))
                if event.anchor is not None:
                    frame.anchored = frame.make(start)
                    self._anchors.define(event.anchor, frame.anchored, None)
                continue
            elif kind == "AliasEvent":
                node = self._alias(event)
                if frame.mapping and frame.key is None:
                    frame.key = node
                    continue
            else:
                node = frame.close(event.end_mark.index)
                frame = stack.pop()
            if frame.mapping:
                frame.items.append((frame.key, node))
                frame.key = None
            else:
                frame.items.append(node)
        root: Node = top.items[0]
        return root

    def _key(self, event: Any) -> Scalar:
        text = event.value
        if event.end_mark.index - event.start_mark.index > _LONGEST_KEY // 4 and not self.text.isascii():
            self._refuse_long_key(event.start_mark.index, event.end_mark.index)
        if event.anchor is not None:
            try:
                self._scalar(event)  # an alias to it elsewhere stands for the resolved value
            except ParseError as error:  # a key may be tagged as it likes, an alias to it as a value may not
                self._anchors.define(event.anchor, error, text)
        return Scalar(self._keys.setdefault(text, text), event.start_mark.index, event.end_mark.index)

    def _refuse_long_key(self, start: int, end: int) -> None:
        """Where no `?` stands before it, libyaml allows a key 1024 characters, and its translation as many bytes."""
        colon = end
        while self.text[colon : colon + 1] in (" ", "\t"):
            colon += 1
        if self.text[colon : colon + 1] == ":" and len(self.text[start:colon].encode()) > _LONGEST_KEY:
            raise ParseError(f"a key is longer than {_LONGEST_KEY} bytes", self.text, start)

    def _scalar(self, event: Any) -> Scalar:
        text, tag, style = event.value, event.tag, event.style
        start, end = event.start_mark.index, event.end_mark.index
        if style and style in "|>":
            end = start + len(self.text[start:end].rstrip())
        value: Any
        if tag is not None:
            self._refuse_local_tag(event)
            value = self._resolve(resolve_tagged, start, text, tag)
        elif style:
            value = text
        else:
            value = self._plain.get(text, _UNSEEN)
            if value is _UNSEEN:
                value = self._plain[text] = self._resolve(resolve_plain, start, text)
        node = Scalar(value, start, end)
        if event.anchor is not None:
            self._anchors.define(event.anchor, node, text)
        return node

    def _resolve(self, rule: Callable[..., Any], offset: int, *given: str) -> Any:
        try:
            return rule(*given)
        except OutOfRange as error:
            raise ParseError(f"{error}: {given[0][:40]}", self.text, offset) from None
        except NotOfTag as error:
            tag = given[1].replace(YAML_TAG, "!!")
            raise ParseError(f"{given[0][:40]!r} is tagged {tag} but is not {error}", self.text, offset) from None

    def _refuse_local_tag(self, event: Any) -> None:
        if event.tag is not None and event.tag.startswith("!"):
            message = f"Torc cannot read the tag {event.tag}; write the value without it"
            raise ParseError(message, self.text, event.start_mark.index)

    def _alias(self, event: Any) -> Scalar:
        node = Scalar(None, event.start_mark.index, event.end_mark.index, True)
        if not self._anchors.use(event.anchor, node):
            raise ParseError(f"unknown anchor {event.anchor!r}", self.text, event.start_mark.index)
        return node
