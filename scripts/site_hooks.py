"""What MkDocs is told beyond mkdocs.yml: files beside docs/ become pages of the site, and links to them lead there.

In the pages, links are paths in the repository, so that they work in a forge and in an editor. Here they are turned into paths
in the site; what the site does not have is linked to where the project has its home.
"""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.structure.files import File

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

ROOT = Path(__file__).resolve().parents[1]

# paths in the repository -> pages of the site
PAGES = {"README.md": "overview.md", "CHANGELOG.md": "changes.md", "CONTRIBUTING.md": "contributing.md"}
PLACES = PAGES | {"examples": "examples.md"}
_SOURCES = {page: path for path, page in PAGES.items()}

_FENCED = re.compile(r"^(```.*?^```$)", re.MULTILINE | re.DOTALL)
_LONG_NAME = re.compile(r"(?<=<td><code>)[a-z]+(?:_[a-z]+)+(?=</code>)")
_LINK = re.compile(r"""((?<=\]\()|(?<=<img src="))(?![a-z]+:|#)([^)"#\s]+)(#[^)\s]*)?(?=[)"])""")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """The files of docs/, and those beside it that are pages, too."""
    for path, page in PAGES.items():
        files.append(File.generated(config, page, content=(ROOT / path).read_text("utf-8")))
    files.append(File.generated(config, "examples.md", content=examples()))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """The page with its links as paths in the site."""
    source = page.file.src_uri

    def in_site(link: re.Match[str]) -> str:
        path = posixpath.normpath(posixpath.join(posixpath.dirname(_SOURCES.get(source, f"docs/{source}")), link[2]))
        place, anchor = where(path, link[3] or "")
        if place is None:  # left as it is: mkdocs reports it if it leads nowhere
            return f"{config.repo_url}/blob/main/{path}{anchor}" if (ROOT / path).exists() else link[0]
        return posixpath.relpath(place, posixpath.dirname(source) or ".") + anchor

    parts = _FENCED.split(markdown)
    return "".join(part if index % 2 else _LINK.sub(in_site, part) for index, part in enumerate(parts))


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """The page with places in long names of tables where a narrow screen may break them."""
    return _LONG_NAME.sub(lambda name: name[0].replace("_", "_<wbr>"), html)


def where(path: str, anchor: str) -> tuple[str | None, str]:
    """The page and anchor of the site that show a file of the repository; None if none does."""
    if path.startswith("docs/"):
        return path.removeprefix("docs/"), anchor
    if path.startswith("examples/") and path.endswith(".yaml"):
        return "examples.md", f"#{Path(path).stem}"
    return PLACES.get(path), anchor


def examples() -> str:
    """A page with all examples."""
    head = "# Examples\n\nEach has a lesson, which its first lines tell. They are in the folder `examples` of the repository.\n"
    return head + "".join(
        f"\n## {path.name} {{ #{path.stem} }}\n\n```yaml\n{path.read_text('utf-8')}```\n"
        for path in sorted((ROOT / "examples").glob("*.yaml"))
    )
