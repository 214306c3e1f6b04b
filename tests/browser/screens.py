"""The screens that pages are looked at on, and who looks at them."""

from typing import NamedTuple


class Screen(NamedTuple):
    """Sizes in CSS pixels."""

    width: int
    height: int
    touch: bool = False


PHONE = Screen(390, 844, touch=True)
DESKTOP = Screen(1280, 900)
WIDTHS = (360, 390, 768, 1280, 1600)


class Reader(NamedTuple):
    """What somebody has asked their browser for."""

    screen: Screen = DESKTOP
    scheme: str = "light"
    motion: str = "no-preference"
    scripts: bool = True
