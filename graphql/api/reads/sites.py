"""Lists of registered hosts and of verifier nodes, each in the order of its key."""

from __future__ import annotations

from sqlalchemy import select

from api.lists import ListOf
from api.pages import Ordering
from indexer.tables import hosts, verifiers


def host_list() -> ListOf:
    """All registered hosts. By domain id: names may be of any length, and two spellings of nothing sort alike."""
    ordering = Ordering("hosts", (hosts.c.domain_id,), (bytes,), is_descending=False)
    return ListOf(("hosts",), select(hosts), (), ordering)


def verifier_list() -> ListOf:
    """All accounts that ever were verifiers."""
    ordering = Ordering("verifiers", (verifiers.c.address,), (bytes,), is_descending=False)
    return ListOf(("verifiers",), select(verifiers), (), ordering)
