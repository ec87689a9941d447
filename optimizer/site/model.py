"""A site as it was read: pages and the files that they share, by address."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

__all__ = ["FOLDER_URL", "FolderFiles", "Site", "SitePage", "path_of"]

FOLDER_URL = "http://site.lightdom.example/"
"""Where a folder's pages are shown while they are judged; nothing is asked of it."""
_MAX_PART = 100


@dataclass(frozen=True, slots=True)
class SitePage:
    """One page of a site."""

    url: str
    path: str
    """Where its lighter version is written, relative to the output folder, with /."""
    received: bytes
    content_type: str | None
    stylesheets: tuple[str, ...]
    scripts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Site:
    """Pages and the style sheets and scripts that they link to."""

    name: str
    pages: tuple[SitePage, ...]
    assets: Mapping[str, bytes]
    """Linked style sheets and scripts that could be read, by URL; those of other hosts too."""
    own: Mapping[str, str]
    """Of them, those that belong to the site and may be rewritten: their paths by URL."""
    files: Mapping[str, bytes]
    """Everything that a page may load while it is judged: the assets, and the rest of a folder."""
    refused: tuple[tuple[str, str], ...]
    """Addresses that were not read, and why."""
    is_cut: bool = False
    """Whether pages of it are known that were not read."""


class FolderFiles(Mapping[str, bytes]):
    """The files of a folder by the addresses at which its pages see them; read when asked for."""

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()

    def __getitem__(self, url: str) -> bytes:
        parts = urlsplit(url)
        if f"{parts.scheme}://{parts.netloc}/" != FOLDER_URL:
            raise KeyError(url)
        place = (self._root / unquote(parts.path).lstrip("/")).resolve()
        # A link that leads out of the folder is not the site's.
        if not place.is_relative_to(self._root) or not place.is_file():
            raise KeyError(url)
        return place.read_bytes()

    def __contains__(self, url: object) -> bool:
        try:
            return isinstance(url, str) and self[url] is not None
        except (KeyError, OSError, ValueError):
            return False

    def __iter__(self) -> Iterator[str]:
        for place in sorted(self._root.rglob("*")):
            if place.is_file():
                yield FOLDER_URL + quote(place.relative_to(self._root).as_posix())

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __bool__(self) -> bool:
        return True  # without counting the files


def path_of(url: str, content_type: str | None = None) -> str:
    """Where a fetched address is written: its host and path, made safe for any file system."""
    parts = urlsplit(url)
    pieces = [parts.netloc.replace(":", "_"), *(_safe(unquote(piece)) for piece in parts.path.split("/") if piece)]
    if parts.path.endswith("/") or parts.path == "":
        pieces.append("index.html")
    suffix = mimetypes.guess_extension((content_type or "").partition(";")[0].strip()) or ".html"
    if "." not in pieces[-1]:
        pieces[-1] += suffix
    if parts.query:
        stem, dot, end = pieces[-1].rpartition(".")
        pieces[-1] = f"{stem}-{sha256(parts.query.encode()).hexdigest()[:8]}{dot}{end}"
    return "/".join(pieces)


def _safe(piece: str) -> str:
    """A name that leads nowhere else: no dots alone, no separators, no control characters, not too long."""
    kept = "".join(c if c.isalnum() or c in "-_.~" else "_" for c in piece).strip(".") or "_"
    if len(kept) > _MAX_PART or kept != piece:
        # Two addresses never share a file.
        stem, dot, end = kept.rpartition(".")
        digest = sha256(piece.encode()).hexdigest()[:8]
        kept = f"{stem[:_MAX_PART]}-{digest}{dot}{end[:8]}" if dot else f"{kept[:_MAX_PART]}-{digest}"
    return kept
