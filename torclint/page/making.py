"""From sections to a page: templates, styles and scripts, all in one file that asks for nothing from elsewhere.

Whatever a template shows is escaped, and no text of a spec or a log can bring in control characters. What is given to a
template as `Markup` was made by a template, or by code that escapes by itself.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from torclint.page.texts import inline, source
from torclint.record import Record
from torclint.report.cells import visible
from torclint.version import PROJECT, __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

GENERATOR = "torclint"  # how a page is known for one of ours; see `is_page`

_SCRIPTS = ("theme.js", "print.js", "tables.js", "scroll.js")
_BASE, _PRINT = "base.css", "print.css"


class Section(Record):
    """One part of a page. `id` is the anchor, `title` its heading and its name in the navigation."""

    id: str
    title: str
    body: Markup


class Page(Record):
    """`title` names what it is about, `kind` says what that is ("Workflow spec"), and `about` the same in a sentence.

    `styles` and `scripts` are files of torclint/page/assets that this page needs besides those that every page has; `style`
    is one that was made for it.
    """

    title: str
    kind: str
    about: str
    sections: tuple[Section, ...]
    styles: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()
    style: Markup = Markup("")


def render(page: Page) -> str:
    """The whole HTML file."""
    styles = Markup("\n").join(asset(name) for name in (_BASE, *page.styles, _PRINT))
    scripts = [asset(name) for name in (*_SCRIPTS, *page.scripts)]
    return str(part("base.html", page=page, styles=styles + page.style, scripts=scripts))


def part(template: str, **values: Any) -> Markup:
    """A piece of a page, made by a file of torclint/page/templates."""
    return Markup(_environment().get_template(template).render(values))


def section(id: str, title: str, template: str, **values: Any) -> Section:
    return Section(id, title, part(template, **values))


@cache
def asset(name: str) -> Markup:
    """The text of a file of torclint/page/assets, to be put into a page as it is."""
    return Markup(files("torclint.page").joinpath("assets", name).read_text("utf-8"))


def is_page(head: str) -> bool:
    """Whether a file that begins like this is a page that was made here."""
    return f'<meta name="generator" content="{GENERATOR} ' in head


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("torclint.page"),
        autoescape=True,
        finalize=_harmless,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {"generator": f"{GENERATOR} {__version__}", "project": PROJECT}
    environment.filters |= {"number": _number, "inline": inline, "source": source}
    return environment


def _harmless(value: Any) -> Any:
    """Text that was not made by a template, without characters that a reader could not see."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _number(value: int) -> str:
    return f"{value:,}"


def joined(parts: Sequence[Markup]) -> Markup:
    return Markup("").join(parts)
