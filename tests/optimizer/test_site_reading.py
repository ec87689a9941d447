"""Reading a site: what is not asked for, how long is waited, what is followed. A real server on loopback."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest

from optimizer.errors import AddressRefusedError, NotHtmlError, RobotsForbidError
from optimizer.fetch import FetchLimits
from optimizer.site.crawl import CrawlLimits, crawl, is_sitemap, locations
from optimizer.site.folder import read_folder
from optimizer.site.links import links_of
from optimizer.site.model import FOLDER_URL, path_of
from optimizer.site.robots import PoliteFetcher

LIMITS = FetchLimits(max_bytes=100_000, timeout_seconds=5, loopback_permitted=True)
PAGE = b"<!doctype html><title>t</title>"


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def fetcher(waits: list[float]) -> PoliteFetcher:
    moment = [0.0]

    def sleep(seconds: float) -> None:
        waits.append(round(seconds, 3))
        moment[0] += seconds

    return PoliteFetcher(LIMITS, 1.0, sleep=sleep, now=lambda: moment[0])


def page(server: Any, path: str, body: bytes, **headers: str) -> None:
    server.answers[path] = server.answer(body, Content_Type="text/html", **headers)


def paths(server: Any) -> list[str]:
    return [request.split(b" ")[1].decode() for request in server.requests]


def test_a_private_address_is_refused(server: Any) -> None:
    with pytest.raises(AddressRefusedError):
        crawl(server.url(), PoliteFetcher(FetchLimits(1000, 5), 0), CrawlLimits())


def test_what_robots_forbid_is_not_asked_for(server: Any, fetcher: PoliteFetcher) -> None:
    server.answers["/robots.txt"] = server.answer(b"User-agent: *\nDisallow: /secret\n")
    page(server, "/", PAGE + b"<a href=/secret/a>a</a><a href=/b>b</a>")
    page(server, "/b", PAGE)

    site = crawl(server.url(), fetcher, CrawlLimits())

    assert "/secret/a" not in paths(server)
    assert [each.path.partition("/")[2] for each in site.pages] == ["index.html", "b.html"]
    assert any("robots.txt" in reason for _, reason in site.refused)


def test_where_robots_fail_nothing_is_asked_for(server: Any, fetcher: PoliteFetcher) -> None:
    server.answers["/robots.txt"] = server.answer(b"", "503 Busy")

    with pytest.raises(RobotsForbidError):
        crawl(server.url(), fetcher, CrawlLimits())
    assert paths(server) == ["/robots.txt"]


def test_requests_are_as_far_apart_as_the_host_asks(server: Any, fetcher: PoliteFetcher, waits: list[float]) -> None:
    server.answers["/robots.txt"] = server.answer(b"User-agent: *\nCrawl-delay: 7\n")
    page(server, "/", PAGE + b"<a href=/b>b</a><a href=/c>c</a>")
    page(server, "/b", PAGE)
    page(server, "/c", PAGE)

    crawl(server.url(), fetcher, CrawlLimits())

    assert waits == [1.0, 7.0, 7.0]


def test_another_host_is_not_followed_and_nofollow_neither(server: Any, fetcher: PoliteFetcher) -> None:
    body = b"<a href=http://b.example/>b</a><a href=/c rel=nofollow>c</a><a href=mailto:a@b>d</a><a href=#e>e</a>"
    page(server, "/", PAGE + body)

    site = crawl(server.url(), fetcher, CrawlLimits())

    assert paths(server) == ["/robots.txt", "/"]
    assert len(site.pages) == 1


def test_no_more_pages_are_read_than_asked_for(server: Any, fetcher: PoliteFetcher) -> None:
    page(server, "/", PAGE + b"".join(b"<a href=/%d>a</a>" % number for number in range(9)))
    for number in range(9):
        page(server, f"/{number}", PAGE)

    assert len(crawl(server.url(), fetcher, CrawlLimits(max_pages=3)).pages) == 3


def test_what_is_no_page_is_named(server: Any, fetcher: PoliteFetcher) -> None:
    page(server, "/", PAGE + b"<a href=/a.pdf>a</a><a href=/gone>b</a>")
    server.answers["/a.pdf"] = server.answer(b"%PDF", Content_Type="application/pdf")

    site = crawl(server.url(), fetcher, CrawlLimits())

    assert {url.rpartition("/")[2] for url, _ in site.refused} == {"a.pdf", "gone"}


def test_style_sheets_and_scripts_are_read_once(server: Any, fetcher: PoliteFetcher) -> None:
    body = PAGE + b"<link rel=stylesheet href=/a.css><script src=/a.js></script><a href=/b>b</a>"
    page(server, "/", body)
    page(server, "/b", body)
    server.answers["/a.css"] = server.answer(b"p{}", Content_Type="text/css")
    server.answers["/a.js"] = server.answer(b"1", Content_Type="text/javascript")

    site = crawl(server.url(), fetcher, CrawlLimits())

    assert sorted(site.own.values()) == [f"127.0.0.1_{server.port}/a.css", f"127.0.0.1_{server.port}/a.js"]
    assert paths(server).count("/a.css") == 1


def test_a_sitemap_is_read_packed_and_nested_and_for_its_own_host_only(server: Any, fetcher: PoliteFetcher) -> None:
    index = f"<sitemapindex><sitemap><loc>{server.url('/m.xml.gz')}</loc></sitemap></sitemapindex>".encode()
    inner = f"<urlset><url><loc> {server.url('/a?x=1&amp;y=2')} </loc></url><url><loc>http://b.example/</loc></url></urlset>"
    server.answers["/sitemap.xml"] = server.answer(index, Content_Type="application/xml")
    server.answers["/m.xml.gz"] = server.answer(gzip.compress(inner.encode()), Content_Type="application/gzip")
    page(server, "/a?x=1&y=2", PAGE)

    site = crawl(server.url("/sitemap.xml"), fetcher, CrawlLimits())

    assert [each.url for each in site.pages] == [server.url("/a?x=1&y=2")]
    assert ("http://b.example/", "a sitemap speaks for its own host only") in site.refused
    assert is_sitemap(index)
    assert not is_sitemap(PAGE)
    assert locations(b"<urlset><loc><![CDATA[http://a.example/]]></loc></urlset>") == ("http://a.example/",)


def test_a_folder_without_pages_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotHtmlError):
        read_folder(tmp_path, 1000)


def test_a_folder_is_not_left(tmp_path: Path) -> None:
    outside = tmp_path / "outside.css"
    outside.write_bytes(b"p{}")
    root = tmp_path / "site"
    (root / "sub").mkdir(parents=True)
    (root / "sub" / "a.html").write_bytes(
        PAGE + b"<link rel=stylesheet href=../a%20b.css><link rel=stylesheet href=../../outside.css>"
        b"<link rel=stylesheet href=/link.css>"
    )
    (root / "a b.css").write_bytes(b"i{}")
    (root / "link.css").symlink_to(outside)
    (root / "out.html").symlink_to(outside)

    site = read_folder(root, 1000)

    assert [each.path for each in site.pages] == ["sub/a.html"]
    assert dict(site.own) == {FOLDER_URL + "a%20b.css": "a b.css"}
    assert FOLDER_URL + "link.css" not in site.files
    assert FOLDER_URL + "../outside.css" not in site.files
    assert FOLDER_URL + "%2e%2e/outside.css" not in site.files


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("http://a.example", "a.example/index.html"),
        ("http://a.example/", "a.example/index.html"),
        ("http://a.example/b/", "a.example/b/index.html"),
        ("http://a.example/b", "a.example/b.html"),
        ("http://a.example/b.htm", "a.example/b.htm"),
    ],
)
def test_an_address_becomes_a_path(url: str, path: str) -> None:
    assert path_of(url, "text/html; charset=utf-8") == path


def test_no_address_leads_out_of_the_folder_and_no_two_share_a_file() -> None:
    urls = ["/..%2f..%2fetc/passwd", "/%2e%2e/a", "/a?x", "/a?y", "/a%00b", "/a_b", "/" + "a" * 300]

    written = [path_of("http://a.example" + url) for url in urls]

    assert len(set(written)) == len(urls)
    for each in written:
        assert Path("/out", each).resolve().is_relative_to("/out/a.example")
        assert all(len(part) < 200 for part in each.split("/"))


def test_links_follow_the_base_of_the_page() -> None:
    links = links_of(
        b"<base href=/sub/><a href=b#c>b</a><a href=http://[>x</a><link rel='X STYLESHEET' href=d>", "http://a/"
    )

    assert links.pages == ("http://a/sub/b",)
    assert links.stylesheets == ("http://a/sub/d",)
