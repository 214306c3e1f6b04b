"""Texts from specs and messages as HTML."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from torclint.report.cells import visible

_QUOTED = re.compile("`([^`]+)`")


def source(text: str) -> Markup:
    """A piece of source text: tabs stay, other control characters become escapes."""
    return Markup("\t").join(escape(visible(piece)) for piece in text.split("\t"))


def inline(text: str) -> Markup:
    """A message, with what it has between backticks as code."""
    return Markup(_QUOTED.sub(r"<code>\1</code>", str(escape(visible(text)))))
