"""`lightdom optimize` for a whole site: a folder, a sitemap, or a URL whose links are followed."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from optimizer.site.model import Site
    from optimizer.site.run import SiteDone

__all__ = ["is_site", "optimize_site"]


def is_site(asked: argparse.Namespace) -> bool:
    """Whether a site was given, not a page."""
    if asked.source == "-":
        return False
    if asked.source.lower().startswith(("http://", "https://")):
        name = asked.source.partition("?")[0].rpartition("/")[2].lower()
        return bool(asked.follow) or ("sitemap" in name and name.endswith((".xml", ".xml.gz")))
    place = Path(asked.source)
    return place.is_dir() or (place.suffix.lower() in (".xml", ".gz") and place.is_file() and _is_sitemap(place))


def _is_sitemap(place: Path) -> bool:
    from optimizer.site.crawl import is_sitemap

    return is_sitemap(place.read_bytes()[:65_536])


def optimize_site(asked: argparse.Namespace) -> int:
    """Reads the site, works on it, writes it; exit code 0 also where some pages could not be read, which are named."""
    from optimizer.output import write_all
    from optimizer.site.jobs import SiteOptions
    from optimizer.site.run import run_site
    from optimizer.work import Looking

    Looking(asked.render, runs_scripts=asked.run)  # says at once if there is no browser where one is asked for
    output = Path(asked.output)
    site = _read(asked, output)
    done = run_site(
        site,
        output,
        SiteOptions(asked.level, asked.render, asked.run),
        jobs=asked.jobs,
        engine=asked.engine,
        is_fresh=asked.fresh,
        step=lambda path, number, count: _step(asked, path, number, count),
    )
    told = (json.dumps(done.told(), indent=2, ensure_ascii=False) + "\n").encode()
    files = [(asked.report, told)] if asked.report else []
    if asked.html:
        from optimizer.report_page import site_html_of

        files.append((asked.html, site_html_of(done.told())))
    write_all(files)
    if asked.as_json:
        sys.stdout.buffer.write(told)
    elif not asked.quiet:
        _summary(done, output)
    return 0


def _read(asked: argparse.Namespace, output: Path) -> Site:
    from optimizer.fetch import FetchLimits
    from optimizer.site.crawl import CrawlLimits, crawl, crawl_sitemap
    from optimizer.site.folder import read_folder
    from optimizer.site.robots import PoliteFetcher

    if Path(asked.source).is_dir():
        return read_folder(Path(asked.source), asked.max_bytes, output)
    loopback_permitted = os.environ.get("LIGHTDOM_ALLOW_PRIVATE_ADDRESSES") == "1"
    fetcher = PoliteFetcher(FetchLimits(asked.max_bytes, asked.timeout, loopback_permitted), asked.delay)
    limits = CrawlLimits(max_pages=asked.max_pages)
    if asked.source.lower().startswith(("http://", "https://")):
        return crawl(asked.source, fetcher, limits, lambda url: _line(asked, f"read {url}"))
    content = Path(asked.source).read_bytes()
    return crawl_sitemap(asked.source, content, fetcher, limits, lambda url: _line(asked, f"read {url}"))


def _step(asked: argparse.Namespace, path: str, number: int, count: int) -> None:
    filled = 24 * number // count
    _line(asked, f"{'█' * filled}{'░' * (24 - filled)} {number}/{count} {path}")


def _line(asked: argparse.Namespace, text: str) -> None:
    """One line that the next one replaces on a terminal; a line each elsewhere."""
    if asked.quiet:
        return
    if sys.stderr.isatty():
        print(f"\r\033[K{text[:100]}", end="", file=sys.stderr, flush=True)
    else:
        print(text, file=sys.stderr)


def _summary(done: SiteDone, output: Path) -> None:
    told = done.told()
    before, after = told["saved"]["before"], told["saved"]["after"]
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr)
    percent = 100 * (before - after) / before if before else 0.0
    lines = [
        f"{done.name}: {len(done.pages)} pages, {len(done.assets)} linked files, {percent:.1f} % lighter",
        f"  {before:,} -> {after:,} bytes, written to {output}",
    ]
    statuses = [page["report"]["render"]["status"] for page in told["pages"] if "report" in page]
    lines += [f"  render check: {statuses.count(status)} {status}" for status in sorted(set(statuses))]
    if done.resumed:
        lines.append(f"  {done.resumed} pages were done by an earlier run")
    lines += [f"  left as it was: {page['path']}: {page['error']}" for page in told["pages"] if "error" in page]
    lines += [f"  left as it was: {each['path']}: {each['kept']}" for each in told["linked"] if each["kept"]]
    lines += [f"  not read: {each['url']}: {each['reason']}" for each in told["notRead"]]
    print("\n".join(lines), file=sys.stderr)
