"""Reads a page from a file, standard input or a URL, within limits, and says what it is.

A Source's `content` is what everything after works on and what the proof is about: the page in UTF-8.
"""

from __future__ import annotations

import stat
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal

from optimizer.encoding import Encoding, detect, invalid_utf8_offset, to_utf8
from optimizer.errors import PageTooLargeError, SourceNotFoundError, SourceUnreadableError
from optimizer.sniff import require_html, require_page_type

__all__ = ["MAX_BYTES", "STDIN", "TIMEOUT_SECONDS", "ReadLimits", "Source", "read_source", "source_of"]

MAX_BYTES = 32 * 1024 * 1024
TIMEOUT_SECONDS = 30.0
STDIN = "-"


@dataclass(frozen=True, slots=True)
class ReadLimits:
    """What reading one page may cost and reach."""

    max_bytes: int = MAX_BYTES
    timeout_seconds: float = TIMEOUT_SECONDS
    loopback_permitted: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """A page as it came, and in UTF-8."""

    content: bytes
    """UTF-8 (or, where nothing else is declared, bytes that are none: they are kept)."""
    name: str
    """The path, the URL where the page was found in the end, or "standard input"."""
    kind: Literal["file", "url", "stdin"]
    encoding: Encoding
    received_bytes: int
    notes: tuple[tuple[str, str], ...]
    """What the user should know: a stable code and a sentence each."""


def read_source(target: str, limits: ReadLimits = ReadLimits(), encoding: str | None = None) -> Source:
    """The page at a path, an http(s) URL or "-". Raises an InputError or a FetchError."""
    if target == STDIN:
        return source_of(_read(sys.stdin.buffer, "standard input", limits), "standard input", "stdin", encoding)
    if target.lower().startswith(("http://", "https://")):
        # The network's modules cost as much time as a page; files do not need them.
        from optimizer.fetch import FetchLimits, fetch

        fetched = fetch(target, FetchLimits(limits.max_bytes, limits.timeout_seconds, limits.loopback_permitted))
        require_page_type(fetched.url, fetched.content_type)
        return source_of(fetched.body, fetched.url, "url", encoding, fetched.content_type)
    return source_of(_read_file(target, limits), target, "file", encoding)


def source_of(
    received: bytes,
    name: str,
    kind: Literal["file", "url", "stdin"],
    encoding: str | None = None,
    content_type: str | None = None,
) -> Source:
    """A Source from bytes that are already here. Raises an InputError."""
    detected = detect(received, content_type, encoding)
    # First as raw bytes: a PNG must be called a PNG, not undecodable.
    require_html(name, received, received if not detected.name.startswith("utf-16") else b"<p>")
    page = to_utf8(received, detected)
    require_html(name, received, page)
    notes: list[tuple[str, str]] = []
    if detected.is_utf8:
        offset = invalid_utf8_offset(page)
        if offset is not None:
            notes.append(("invalid_utf8", f"byte {offset} is not UTF-8; such bytes are kept as they are"))
    else:
        notes.append(("transcoded", f"worked on in UTF-8, written back in {detected.name}"))
    if b"\0" in page:
        notes.append(("nul_bytes", f"{page.count(0)} NUL bytes are kept, the first at byte {page.index(0)}"))
    return Source(page, name, kind, detected, len(received), tuple(notes))


def _read_file(path: str, limits: ReadLimits) -> bytes:
    try:
        with Path(path).open("rb") as file:
            mode = Path(path).stat().st_mode
            if stat.S_ISREG(mode) and Path(path).stat().st_size > limits.max_bytes:
                raise PageTooLargeError(path, limits.max_bytes)
            return _read(file, path, limits)
    except FileNotFoundError as error:
        raise SourceNotFoundError(path) from error
    except (OSError, ValueError) as error:
        raise SourceUnreadableError(path, getattr(error, "strerror", None) or str(error)) from error


def _read(file: BinaryIO, name: str, limits: ReadLimits) -> bytes:
    received = file.read(limits.max_bytes + 1)
    if len(received) > limits.max_bytes:
        raise PageTooLargeError(name, limits.max_bytes)
    return received
