"""Reads a site over the network: from a sitemap, or from a page by its links, never leaving the host it began on."""

from __future__ import annotations

import html
import re
import zlib
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from optimizer.errors import FetchError, InputError, NotHtmlError
from optimizer.site.links import Links, links_of
from optimizer.site.model import Site, SitePage, path_of
from optimizer.site.robots import PoliteFetcher
from optimizer.sniff import require_page_type

__all__ = ["CrawlLimits", "crawl", "crawl_sitemap", "is_sitemap", "locations"]

_LOCATION = re.compile(rb"<loc>\s*(?:<!\[CDATA\[)?(.*?)(?:\]\]>)?\s*</loc>", re.S | re.I)
_MAX_SITEMAPS = 50
Step = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class CrawlLimits:
    """How much of a site is read."""

    max_pages: int = 100
    max_total_bytes: int = 256 * 1024 * 1024
    """Of everything that is fetched."""
    max_depth: int = 5
    """Links from the first page; those of a sitemap are all at the first."""


def is_sitemap(content: bytes) -> bool:
    """Whether these bytes are a sitemap or an index of sitemaps, packed or not."""
    head = _unpacked(content, 4096)[:4096].lower()
    return b"<urlset" in head or b"<sitemapindex" in head


def locations(content: bytes, max_bytes: int = 50 * 1024 * 1024) -> tuple[str, ...]:
    """The addresses that a sitemap names."""
    found = (
        html.unescape(each.decode("utf-8", "replace")) for each in _LOCATION.findall(_unpacked(content, max_bytes))
    )
    return tuple(dict.fromkeys(found))


def crawl(start: str, fetcher: PoliteFetcher, limits: CrawlLimits, step: Step = lambda _: None) -> Site:
    """The site at an address of a page or a sitemap. Raises a FetchError or InputError where the start is no good."""
    reading = _Reading(fetcher, limits, step)
    first = fetcher.fetch(start, "text/html, application/xml;q=0.9, text/xml;q=0.9")
    reading.count(first.body)
    host = urlsplit(first.url)[:2]
    if is_sitemap(first.body):
        for url in _from_sitemap(first.body, host, reading):
            reading.page(url)
    else:
        require_page_type(first.url, first.content_type)
        reading.keep(first.url, first.body, first.content_type)
        reading.follow(first.url, host)
    if not reading.pages:
        raise NotHtmlError(start, "a site of which no page could be read")
    return reading.site(start, host)


def crawl_sitemap(
    name: str, content: bytes, fetcher: PoliteFetcher, limits: CrawlLimits, step: Step = lambda _: None
) -> Site:
    """The site that a sitemap at hand names; its first address says which host it speaks for."""
    reading = _Reading(fetcher, limits, step)
    first = next(iter(locations(content)), "")
    host = urlsplit(first)[:2]
    for url in _from_sitemap(content, host, reading):
        reading.page(url)
    if not reading.pages:
        raise NotHtmlError(name, "a sitemap of which no page could be read")
    return reading.site(name, host)


class _Reading:
    """What was read so far."""

    def __init__(self, fetcher: PoliteFetcher, limits: CrawlLimits, step: Step) -> None:
        self._fetcher = fetcher
        self._limits = limits
        self._step = step
        self._left = limits.max_total_bytes
        self._links: dict[str, Links] = {}
        self._seen: set[str] = set()
        self.pages: dict[str, SitePage] = {}
        self.refused: list[tuple[str, str]] = []
        self.is_cut = False

    def count(self, body: bytes) -> None:
        self._left -= len(body)

    def fetch(self, url: str, accept: str) -> tuple[str, bytes, str | None] | None:
        """The answer; nothing where there is none, and the reason is kept."""
        if self._left <= 0:
            self.refused.append((url, "the limit of bytes for one site is reached (--max-site-bytes)"))
            return None
        try:
            fetched = self._fetcher.fetch(url, accept)
            if accept.startswith("text/html"):
                require_page_type(fetched.url, fetched.content_type)
        except (FetchError, InputError) as error:
            self.refused.append((url, str(error)))
            return None
        self.count(fetched.body)
        self._step(url)
        return fetched.url, fetched.body, fetched.content_type

    def page(self, url: str) -> str | None:
        """Reads a page; the address where it was found."""
        if url in self._seen:
            return None
        if len(self.pages) >= self._limits.max_pages:
            self.is_cut = True
            return None
        self._seen.add(url)
        told = self.fetch(url, "text/html")
        if told is None or urlsplit(told[0]).netloc != urlsplit(url).netloc:
            return None
        self.keep(*told)
        return told[0]

    def keep(self, url: str, body: bytes, content_type: str | None) -> None:
        if url not in self.pages:
            links = links_of(body, url)
            self._seen.add(url)
            self._links[url] = links
            path = path_of(url, content_type)
            self.pages[url] = SitePage(url, path, body, content_type, links.stylesheets, links.scripts)

    def follow(self, start: str, host: tuple[str, str]) -> None:
        """Reads the pages that pages link to, the nearest first."""
        line = deque([(start, 0)])
        while line:
            url, depth = line.popleft()
            if depth >= self._limits.max_depth:
                continue
            for linked in self._links[url].pages:
                if urlsplit(linked)[:2] == host and (found := self.page(linked)) is not None:
                    line.append((found, depth + 1))

    def site(self, name: str, host: tuple[str, str]) -> Site:
        """With the style sheets and scripts of all pages."""
        assets: dict[str, bytes] = {}
        own: dict[str, str] = {}
        for page in self.pages.values():
            for kind, urls in (("text/css", page.stylesheets), ("text/javascript, */*;q=0.1", page.scripts)):
                for url in urls:
                    if url in assets or url in self._seen:
                        continue
                    self._seen.add(url)
                    told = self.fetch(url, kind)
                    if told is not None:
                        assets[url] = told[1]
                        if urlsplit(url)[:2] == host:
                            own[url] = path_of(url, told[2])
        linked = {url for links in self._links.values() for url in links.pages if urlsplit(url)[:2] == host}
        is_cut = self.is_cut or not linked <= self.pages.keys()
        return Site(name, tuple(self.pages.values()), assets, own, assets, tuple(self.refused), is_cut)


def _from_sitemap(content: bytes, host: tuple[str, str], reading: _Reading) -> list[str]:
    """The pages that a sitemap, or the sitemaps of an index, name on its own host."""
    pages: dict[str, None] = {}
    line = deque([content])
    read = 1
    while line:
        current = line.popleft()
        is_index = b"<sitemapindex" in _unpacked(current, 4096).lower()
        for url in locations(current):
            if urlsplit(url)[:2] != host:
                reading.refused.append((url, "a sitemap speaks for its own host only"))
            elif not is_index:
                pages[url] = None
            elif read < _MAX_SITEMAPS and (told := reading.fetch(url, "application/xml")) is not None:
                read += 1
                line.append(told[1])
    return list(pages)


def _unpacked(content: bytes, max_bytes: int) -> bytes:
    if content[:2] != b"\x1f\x8b":
        return content[:max_bytes]
    try:
        return zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(content, max_bytes)
    except zlib.error:
        return b""
