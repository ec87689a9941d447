"""What a host asks of robots (RFC 9309), and how long to wait between two requests to it."""

from __future__ import annotations

import time
from collections.abc import Callable
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from optimizer.errors import PageTooLargeError, RobotsForbidError, StatusNotOkError
from optimizer.fetch import Fetched, FetchLimits, fetch

__all__ = ["AGENT", "PoliteFetcher"]

AGENT = "LightDom"
MAX_ROBOTS_BYTES = 512 * 1024
MAX_DELAY_SECONDS = 30.0


class PoliteFetcher:
    """Fetches one address after the other, never faster and never more than a host allows."""

    def __init__(
        self,
        limits: FetchLimits,
        delay_seconds: float,
        *,
        sleep: Callable[[float], None] = time.sleep,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._limits = limits
        self._delay = delay_seconds
        self._sleep = sleep
        self._now = now
        self._rules: dict[str, RobotFileParser] = {}
        self._next: dict[str, float] = {}
        self._slower: dict[str, float] = {}

    def fetch(self, url: str, accept: str = "text/html") -> Fetched:
        """The answer, after robots.txt was asked and the time between requests has passed. Raises a FetchError."""
        host = _host(url)
        rules = self._rules_of(host)
        if not rules.can_fetch(AGENT, url):
            raise RobotsForbidError(url)
        self._wait(host)
        try:
            fetched = fetch(url, self._limits, accept)
        except StatusNotOkError as error:
            if error.status in (429, 503):  # the host is tired: half as fast from now on
                self._slower[host] = min(MAX_DELAY_SECONDS, 2 * self._slower.get(host, max(1.0, self._delay)))
            raise
        if _host(fetched.url) != host and not self._rules_of(_host(fetched.url)).can_fetch(AGENT, fetched.url):
            raise RobotsForbidError(fetched.url)
        return fetched

    def sitemaps(self, url: str) -> tuple[str, ...]:
        """Sitemaps that the host's robots.txt names."""
        return tuple(self._rules_of(_host(url)).site_maps() or ())

    def _rules_of(self, host: str) -> RobotFileParser:
        if host not in self._rules:
            rules = RobotFileParser(f"{host}/robots.txt")
            limits = FetchLimits(MAX_ROBOTS_BYTES, self._limits.timeout_seconds, self._limits.loopback_permitted)
            try:
                text = fetch(f"{host}/robots.txt", limits, "text/plain").body.decode("utf-8", "replace")
                rules.parse(text.splitlines())
            except StatusNotOkError as error:
                # RFC 9309, 2.3.1: where there is none, all is allowed; where the server fails, nothing is.
                rules.parse([] if error.status < 500 else ["User-agent: *", "Disallow: /"])
            except PageTooLargeError:
                rules.parse(["User-agent: *", "Disallow: /"])
            self._rules[host] = rules
            self._next[host] = self._now() + self._delay
        return self._rules[host]

    def _wait(self, host: str) -> None:
        asked = self._rules[host].crawl_delay(AGENT)
        delay = min(MAX_DELAY_SECONDS, max(self._delay, float(asked or 0), self._slower.get(host, 0.0)))
        moment = max(self._next.get(host, 0.0), self._now())
        if moment > self._now():
            self._sleep(moment - self._now())
        self._next[host] = moment + delay


def _host(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
