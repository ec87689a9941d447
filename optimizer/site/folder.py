"""Reads a site from a folder: every HTML file in it, and the style sheets and scripts that they link to."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from optimizer.errors import NotHtmlError, PageTooLargeError, SourceNotFoundError
from optimizer.site.links import links_of
from optimizer.site.model import FOLDER_URL, FolderFiles, Site, SitePage

__all__ = ["PAGE_SUFFIXES", "read_folder"]

PAGE_SUFFIXES = (".html", ".htm", ".xhtml")


def read_folder(root: Path, max_bytes: int, output: Path | None = None) -> Site:
    """The site in a folder; files under `output`, and hidden ones, are not of it. Raises an InputError."""
    if not root.is_dir():
        raise SourceNotFoundError(str(root))
    base = root.resolve()
    files = FolderFiles(base)
    pages: list[SitePage] = []
    assets: dict[str, bytes] = {}
    own: dict[str, str] = {}
    for place in sorted(base.rglob("*")):
        relative = place.relative_to(base)
        is_hidden = any(part.startswith(".") for part in relative.parts)
        is_output = output is not None and place.is_relative_to(output.resolve())
        if is_hidden or is_output or place.suffix.lower() not in PAGE_SUFFIXES or not place.is_file():
            continue
        if not place.resolve().is_relative_to(base):
            continue  # a link out of the folder
        if place.stat().st_size > max_bytes:
            raise PageTooLargeError(str(place), max_bytes)
        page = place.read_bytes()
        url = FOLDER_URL + quote(relative.as_posix())
        links = links_of(page, url)
        for linked in (*links.stylesheets, *links.scripts):
            if linked in files and linked not in assets:
                assets[linked] = files[linked]
                own[linked] = unquote(urlsplit(linked).path).lstrip("/")
        pages.append(SitePage(url, relative.as_posix(), page, None, links.stylesheets, links.scripts))
    if not pages:
        raise NotHtmlError(str(root), "a folder without an .html file")
    return Site(str(root), tuple(pages), assets, own, files, ())
