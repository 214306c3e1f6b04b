"""How to write in Rust's syntax what other regex engines have and Torc's has not."""

from __future__ import annotations

import re

from torclint.record import TYPE_CHECKING

if TYPE_CHECKING:
    from torclint.names.rust_regex.errors import RegexError

# what the refused pattern holds at or before the error -> what to write instead; the first that fits is given
_INSTEAD: tuple[tuple[str, str], ...] = (
    (r"\(\?=", "there is no look-ahead: match the text itself, since only whether the name matches counts"),
    (r"\(\?!", "there is no negative look-ahead: list the names that are meant, or use a class such as [^x]"),
    (r"\(\?<[=!]", "there is no look-behind: match the text before it as well"),
    (r"\(\?P=", "there are no back-references: write the repeated text out"),
    (r"\(\?#", "there are no comments in groups: leave it out, or use (?x) and # to the end of the line"),
    (r"\(\?>", "there are no atomic groups, and none are needed: write (?:...)"),
    (r"\\Z", r"write \z for the very end of the text"),
    (r"\\[QE]", r"there is no \Q...\E: escape the characters one by one, such as \."),
    (r"\\N", "there are no character names: write the character itself, or its code as \\u{2014}"),
    (r"\\0[0-7]*", r"there are no octal escapes: write \x and two hexadecimal digits"),
    (r"\\[1-9]", "there are no back-references: write the repeated text out"),
    (r"\\h", r"write [ \t] for a blank"),
    (r"\\R", r"write (?:\r\n|\n) for a line break; names seldom hold one"),
    (r"\\K", "leave it out: only whether the name matches counts"),
    (r"\\e", r"write \x1B"),
    (r"\{,", "write {0,n} for at most n"),
    (r"\{[A-Za-z_][^}]*\}", r"no parameter of the job has this name; for a plain brace write \{"),
    (r"\{", r"for a plain brace write \{"),
    (r"\[[^\]]*\\[dwsDWS]-", r"put the minus first or last in the class, or escape it: \-"),
)  # fmt: skip


def advice(error: RegexError) -> str:
    """What to write instead; "" where the error says it all."""
    if error.kind != "syntax":
        return "use smaller repetitions, or ASCII classes such as [0-9] for \\d and [A-Za-z0-9_] for \\w"
    around = error.pattern[max(0, error.start - 8) : error.end + 40]
    offset = min(8, error.start)
    for wanted, instead in _INSTEAD:
        for found in re.finditer(wanted, around):
            if found.start() <= offset + 1 and found.end() >= offset:
                return instead
    return ""
