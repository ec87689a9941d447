"""Who may do what: one policy an operation, deny by default. The contract decides what happens on chain; this decides
what the API even tries.
"""

from __future__ import annotations

from dataclasses import dataclass

from services.auth.errors import NotPermitted, NotSignedIn
from services.auth.identity import Identity
from services.auth.roles import Role
from services.auth.scopes import Scope


@dataclass(frozen=True, slots=True)
class Policy:
    """Whom an operation is for. Without `is_open`, a caller must be known; `scope` None: people only, no keys."""

    is_open: bool = False
    scope: Scope | None = None
    roles: frozenset[Role] = frozenset()


OPEN = Policy(is_open=True)
"""Anybody: what the chain tells everybody, and signing in itself."""

PEOPLE = Policy()
"""Whoever is signed in with a wallet; no key, whatever its scopes."""


def holders(scope: Scope) -> Policy:
    """People, and keys with that scope."""
    return Policy(scope=scope)


def staff(*roles: Role, scope: Scope | None = None) -> Policy:
    """Accounts with one of these roles on chain; with `scope`, their keys too."""
    return Policy(scope=scope, roles=frozenset(roles))


def permit(policy: Policy, identity: Identity) -> None:
    """Returns if the caller may. Raises NotSignedIn, NotPermitted."""
    if policy.is_open:
        return
    if identity.is_anonymous:
        raise NotSignedIn()
    if not identity.is_person and policy.scope not in identity.scopes:
        raise NotPermitted(f"a key with the scope {policy.scope}" if policy.scope else "a person who is signed in")
    if policy.roles and not policy.roles & identity.roles:
        raise NotPermitted(" or ".join(sorted(policy.roles)))
