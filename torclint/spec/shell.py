"""The simple commands of a shell text, as far as they can be told apart without running it."""

from __future__ import annotations

import re

from torclint.record import TYPE_CHECKING, Record

if TYPE_CHECKING:
    from collections.abc import Iterator

PIPE, AND, OR, THEN, BACKGROUND, END = "|", "&&", "||", ";", "&", ""

# words, quoted parts and substitutions (only one level deep), comments, and what stands between commands
_TOKEN = re.compile(
    r"(?P<skipped>[ \t]+|\\\r?\n)"
    r"|(?P<comment>(?<![^\s;&|])#[^\n]*)"
    r"|(?P<operator>\|&|\|\||&&|&(?!>)|\||;|\r?\n)"
    r"|(?P<word>(?:\\.|'[^']*'|\"(?:[^\"\\]|\\.)*\"|\$\((?:[^()]|\([^()]*\))*\)|`[^`]*`|\$\{[^}]*\}"
    r"|[0-9]?>&[0-9-]?|&>>?|[^\s;&|()'\"`\\#]|(?<=\S)#)+)",
    re.DOTALL,
)
_ASSIGNMENT = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\+?=")
_KEYWORDS = frozenset(
    ["if", "then", "else", "elif", "fi", "for", "while", "until", "do", "done", "case", "esac", "function", "select",
     "{", "}", "!", "[[", "time"]
)  # fmt: skip
_OPERATORS = {"|": PIPE, "|&": PIPE, "&&": AND, "||": OR, ";": THEN, "&": BACKGROUND}


class Command(Record):
    """One simple command: its words as written, without assignments before it, and the operator after it."""

    words: tuple[str, ...]
    after: str

    @property
    def text(self) -> str:
        """Its words; as they are written, if one blank stands between them."""
        return " ".join(self.words)

    @property
    def program(self) -> str:
        """The name of what it runs, without folders; "" for an assignment alone."""
        return self.words[0].rpartition("/")[2] if self.words else ""


def commands(text: str) -> list[Command]:
    """The commands of `text` in order; none where it has control structures, functions, groups, or a here-document:
    what runs then depends on more than the order."""
    found: list[Command] = []
    words: list[str] = []
    position = 0
    while position < len(text):
        token = _TOKEN.match(text, position)
        if token is None or "<<" in token[0]:
            return []
        position = token.end()
        if token["operator"] is not None:
            operator = _OPERATORS.get(token["operator"], THEN)
            if words or operator != THEN:
                found.append(Command(tuple(words), operator))
            words = []
        elif token["word"] is not None and (words or not _ASSIGNMENT.match(token["word"])):
            if not words and token["word"] in _KEYWORDS:
                return []
            words.append(token["word"])
    if words:
        found.append(Command(tuple(words), END))
    return found


def pipelines(found: list[Command]) -> Iterator[list[Command]]:
    """The commands gathered into pipelines, each of them one command or several."""
    pipeline: list[Command] = []
    for command in found:
        pipeline.append(command)
        if command.after != PIPE:
            yield pipeline
            pipeline = []
    if pipeline:
        yield pipeline


def sets_option(found: list[Command], letter: str, name: str) -> bool:
    """Whether `set -LETTER` or `set -o NAME` is among the commands."""
    for command in found:
        if command.program == "set":
            options = command.words[1:]
            short = any(word.startswith("-") and not word.startswith("--") and letter in word for word in options)
            if (letter and short) or name in options:
                return True
    return False
