"""What the reader's side is like: colours or not, and how wide."""

from __future__ import annotations

import os

from torclint.record import TYPE_CHECKING, Record

if TYPE_CHECKING:
    from typing import TextIO

WIDE = 120  # where nobody says how wide the place is
NARROW = 40  # below this an excerpt says nothing


class Palette(Record):
    """The codes that switch a look on, and `off`, which ends them all."""

    error: str = ""
    warning: str = ""
    info: str = ""
    strong: str = ""
    frame: str = ""
    good: str = ""
    faint: str = ""
    off: str = ""


PLAIN = Palette()
COLOURS = Palette("\x1b[1;31m", "\x1b[1;33m", "\x1b[1;36m", "\x1b[1m", "\x1b[34m", "\x1b[32m", "\x1b[2m", "\x1b[0m")


def dressed(text: str, look: str, palette: Palette) -> str:
    """`text` in the look of that name of the palette; as it is for "", where there are no colours, and where it is blank."""
    code = getattr(palette, look) if look else ""
    return f"{code}{text}{palette.off}" if code and text.strip() else text


class Terminal(Record):
    """`links`: it can be clicked at (OSC 8), as a terminal can and a file with colours cannot. `is_screen`: lines that are
    wider are broken somewhere, while a file or a pipe keeps them whole."""

    width: int = WIDE
    palette: Palette = PLAIN
    links: bool = False
    is_screen: bool = False

    def link(self, text: str, address: str) -> str:
        """`text`, leading to `address` where that is possible."""
        return f"\x1b]8;;{address}\x1b\\{text}\x1b]8;;\x1b\\" if self.links else text


def terminal_of(stream: TextIO, color: str) -> Terminal:
    """How to write to `stream`; `color` is "auto", "always" or "never"."""
    colours = wants_colours(stream, color)
    is_screen = stream.isatty()
    return Terminal(_width_of(stream), COLOURS if colours else PLAIN, colours and is_screen, is_screen)


def can_show(stream: TextIO, text: str) -> bool:
    """Whether the encoding of `stream` has these characters."""
    try:
        text.encode(stream.encoding or "utf-8")
    except UnicodeEncodeError:
        return False
    return True


def wants_colours(stream: TextIO, color: str) -> bool:
    """--color first, then NO_COLOR (no-color.org), then FORCE_COLOR, then whether `stream` is a terminal that can."""
    if color != "auto":
        return color == "always"
    if os.environ.get("NO_COLOR"):
        return False
    forced = os.environ.get("FORCE_COLOR")
    if forced:
        return forced not in ("0", "false")
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def _width_of(stream: TextIO) -> int:
    """COLUMNS, or the terminal's own width; in a pipe, a file or a CI log nothing says how wide it will be read."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isascii() and columns.isdigit() and int(columns):
        return max(int(columns), NARROW)
    if os.environ.get("CI") or not stream.isatty():
        return WIDE
    try:
        return max(os.get_terminal_size(stream.fileno()).columns, NARROW)
    except (OSError, ValueError):
        return WIDE
