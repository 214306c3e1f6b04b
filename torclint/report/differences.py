"""A unified diff as it is shown in a terminal."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING
from torclint.report.cells import lay_out

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from torclint.report.terminal import Palette

_LOOKS = {"+": "good", "-": "error", "@": "info"}


def render(lines: Iterable[str], palette: Palette) -> Iterator[str]:
    """The lines of a diff in colours, with nothing in them that could steer the terminal."""
    is_head = True
    for line in lines:
        is_head = is_head and not line.startswith("@")
        look = palette.strong if is_head else getattr(palette, _LOOKS.get(line[:1], ""), "")
        shown = "".join(lay_out(line)[0])
        yield f"{look}{shown}{palette.off}" if look else shown
