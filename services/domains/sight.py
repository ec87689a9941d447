"""Whether a host shows its owner's token: in its DNS, in a well-known file, or in a meta tag of its first page.

The token binds host, owner, nonce and chain, so it need not be secret and cannot be used again. An answer from another
host, behind a redirect, is nobody's word on this one.
"""

from __future__ import annotations

from dataclasses import dataclass

import dns.exception
import dns.resolver
from selectolax.lexbor import LexborHTMLParser

from optimizer.errors import OptimizerError, StatusNotOkError
from optimizer.fetch import FetchLimits, fetch
from services.harvest.build import PageUrlInvalid, split_url

DNS_SECONDS = 5.0
PREFIX = "lightdom="


@dataclass(frozen=True, slots=True)
class Sight:
    """`is_seen` is None where the host could not be asked: that is no dissent."""

    is_seen: bool | None
    words: str


@dataclass(frozen=True, slots=True)
class Look:
    """How a verifier looks: `origin` with {host} in it, and the resolver, are others in tests alone."""

    limits: FetchLimits
    origin: str = "https://{host}"
    resolver: dns.resolver.Resolver | None = None

    def at(self, host: str, token: str) -> Sight:
        """Looks in all three places, and stops where it sees the token."""
        answers = []
        for look in (self._in_file, self._in_page, self._in_dns):
            sight = look(host, token)
            if sight.is_seen:
                return sight
            answers.append(sight)
        words = "; ".join(answer.words for answer in answers)
        # One place that could not be asked may be the one.
        return Sight(None if any(answer.is_seen is None for answer in answers) else False, words)

    def _in_file(self, host: str, token: str) -> Sight:
        url = f"{self.origin.format(host=host)}/.well-known/lightdom.txt"
        found = self._body(host, url, "text/plain")
        if isinstance(found, Sight):
            return found
        lines = found.decode(errors="replace").split()
        is_seen = any(_is_token(line.removeprefix(PREFIX), token) for line in lines)
        return Sight(is_seen, f"{url} {'shows' if is_seen else 'does not show'} the token")

    def _in_page(self, host: str, token: str) -> Sight:
        url = f"{self.origin.format(host=host)}/"
        found = self._body(host, url, "text/html")
        if isinstance(found, Sight):
            return found
        tags = LexborHTMLParser(found).css('meta[name="lightdom" i]')
        is_seen = any(_is_token(tag.attributes.get("content") or "", token) for tag in tags)
        return Sight(is_seen, f"{url} {'has' if is_seen else 'has not'} the token in a meta tag")

    def _in_dns(self, host: str, token: str) -> Sight:
        resolver = self.resolver or dns.resolver.Resolver()
        try:
            records = resolver.resolve(host, "TXT", lifetime=DNS_SECONDS)
        except (dns.resolver.NoAnswer, dns.resolver.NXDOMAIN):
            return Sight(False, f"{host} has no TXT record")
        except dns.exception.DNSException as error:
            return Sight(None, f"the TXT records of {host} could not be asked for: {error}")
        texts = [b"".join(record.strings).decode(errors="replace").strip() for record in records]
        is_seen = any(text.startswith(PREFIX) and _is_token(text.removeprefix(PREFIX), token) for text in texts)
        return Sight(is_seen, f"the TXT records of {host} {'hold' if is_seen else 'do not hold'} the token")

    def _body(self, host: str, url: str, accept: str) -> bytes | Sight:
        try:
            fetched = fetch(url, self.limits, accept)
            is_its_own = split_url(fetched.url)[0] == host
        except StatusNotOkError as error:
            # That there is none is an answer; a server that is in trouble, or does not like us, gave none.
            return Sight(False if error.status in (404, 410) else None, str(error))
        except (OptimizerError, PageUrlInvalid) as error:
            return Sight(None, f"{url} could not be fetched: {error}")
        return fetched.body if is_its_own else Sight(False, f"{url} leads to another host, {fetched.url}")


def _is_token(text: str, token: str) -> bool:
    return text.strip().lower() == token.lower()
