"""A pattern made to match from the start of the name on only."""

from __future__ import annotations

from torclint.names.rust_regex.errors import RegexError


def anchored(pattern: str) -> str:
    """`^` before the pattern, which is put into a group where it has alternatives."""
    from torclint.names import rust_regex

    grouped = f"^(?:{pattern})"
    if "|" not in pattern:
        return f"^{pattern}"
    try:
        if rust_regex.compile(f"^{pattern}").is_anchored_start:
            return f"^{pattern}"
    except RegexError:
        return grouped
    return grouped


def with_plain_dots(pattern: str) -> str:
    """The pattern with a backslash before each `.` that stands alone: not in a class or in braces, and not repeated."""
    written: list[str] = []
    closing = ""  # of the class or braces that are open
    place = 0
    while place < len(pattern):
        char = pattern[place]
        if char == "\\":
            written.append(pattern[place : place + 2])
            place += 2
            continue
        if closing:
            closing = "" if char == closing else closing
        elif char in "[{":
            closing = "]" if char == "[" else "}"
        elif char == "." and pattern[place + 1 : place + 2] not in ("*", "+", "?", "{"):
            written.append("\\")
        written.append(char)
        place += 1
    return "".join(written)
