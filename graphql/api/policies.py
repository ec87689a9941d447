"""Whom each operation of the API is for. An operation without a row here stops the process before it serves.

`tests/api/test_policies.py` walks operation × caller.
"""

from __future__ import annotations

from services.auth.policy import OPEN, PEOPLE, Policy, holders, staff
from services.auth.roles import Role
from services.auth.scopes import Scope

REST: dict[tuple[str, str], Policy] = {
    ("POST", "/api/v1/auth/nonce"): OPEN,
    ("POST", "/api/v1/auth/sign-in"): OPEN,
    ("GET", "/api/v1/auth/session"): holders(Scope.READ),
    ("DELETE", "/api/v1/auth/session"): PEOPLE,
    ("GET", "/api/v1/auth/sessions"): PEOPLE,
    ("DELETE", "/api/v1/auth/sessions/{session_id}"): PEOPLE,
    ("GET", "/api/v1/keys"): PEOPLE,
    ("POST", "/api/v1/keys"): PEOPLE,
    ("POST", "/api/v1/keys/{key_id}/rotate"): PEOPLE,
    ("DELETE", "/api/v1/keys/{key_id}"): PEOPLE,
    ("GET", "/api/v1/keys/{key_id}/usage"): PEOPLE,
    ("GET", "/api/v1/audit/head"): OPEN,
    ("GET", "/api/v1/audit/entries"): staff(Role.ADMIN, Role.SUPER_ADMIN),
    ("GET", "/api/v1/optimizations"): OPEN,
    ("GET", "/api/v1/optimizations/{claim_id}"): OPEN,
    ("GET", "/api/v1/harvesters"): OPEN,
    ("GET", "/api/v1/harvesters/{address}"): OPEN,
    ("GET", "/api/v1/analytics"): OPEN,
    ("GET", "/api/v1/metaverse/stats"): OPEN,
    ("GET", "/api/v1/metaverse/assets"): OPEN,
}
"""(Method, path as the route writes it) -> policy."""
