"""A picture at the end of a terminal that is drawn again and again, below the lines that are said for good."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from torclint.report.cells import width

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_HIDE, _SHOW = "\x1b[?25l", "\x1b[?25h"  # the cursor
_REST_OF_LINE, _REST_OF_SCREEN = "\x1b[K", "\x1b[J"


class Painting:
    """Writes to `stream`; `columns_and_rows` tells the size of the terminal whenever it is asked. Where `stream` cannot be
    written to any more, because the terminal is gone, nothing happens."""

    def __init__(self, stream: TextIO, columns_and_rows: Callable[[], tuple[int, int]]) -> None:
        self._stream: TextIO | None = stream
        self._size = columns_and_rows
        self._shown: Sequence[str] = ()
        self._is_hidden = False

    @property
    def columns(self) -> int:
        return self._size()[0]

    @property
    def rows(self) -> int:
        return self._size()[1]

    def draw(self, lines: Sequence[str]) -> None:
        """`lines`, none wider than the terminal and fewer than it has rows, in the place of the last picture."""
        hide = "" if self._is_hidden else _HIDE
        self._is_hidden = True
        self._write(hide + self._back() + self._text(lines))
        self._shown = lines

    def say(self, lines: Sequence[str]) -> None:
        """`lines` for good, above the picture."""
        self._write(self._back() + self._text(lines) + self._text(self._shown))

    def clear(self) -> None:
        """Take the picture away, and give the cursor back."""
        if self._shown or self._is_hidden:
            self._write(self._back() + _REST_OF_SCREEN + (_SHOW if self._is_hidden else ""))
        self._shown, self._is_hidden = (), False

    def _back(self) -> str:
        """To the first line of the picture, which may take more rows since the terminal has become narrower."""
        columns, rows = self._size()
        up = min(sum(max(1, -(-width(line) // columns)) for line in self._shown), rows - 1)
        return f"\x1b[{up}A\r" if up else ""

    def _text(self, lines: Sequence[str]) -> str:
        text = "".join(f"{line}{_REST_OF_LINE}\n" for line in lines)
        return text + _REST_OF_SCREEN if lines else ""

    def _write(self, text: str) -> None:
        if self._stream is None or not text:
            return
        encoding = self._stream.encoding or "utf-8"
        try:
            self._stream.write(text.encode(encoding, "backslashreplace").decode(encoding))
            self._stream.flush()
        except OSError:  # the terminal is gone; the run is told so by SIGHUP
            self._stream = None
