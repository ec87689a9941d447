"""Refusals of sign-in, sessions and keys. None says more than the caller may know.

ServiceError
└── AccessRefused
    ├── SignInRefused     SIGN_IN_REFUSED: names the field of the message that is wrong
    ├── NonceUnknown      NONCE_UNKNOWN: used, expired or never given out
    ├── SessionUnknown    SESSION_UNKNOWN: no such session, or not any more
    ├── KeyUnknown        KEY_UNKNOWN: no such key, or not any more
    ├── KeyLimit          KEY_LIMIT
    ├── NotSignedIn       NOT_SIGNED_IN
    ├── NotPermitted      NOT_PERMITTED
    ├── ForeignOrigin     FOREIGN_ORIGIN
    └── SecretsMissing    UNAVAILABLE
"""

from __future__ import annotations

from services.errors import ServiceError


class AccessRefused(ServiceError):
    """The caller is not let in."""

    code = "ACCESS_REFUSED"


class SignInRefused(AccessRefused):
    """A message or its signature does not let anybody in. `field`: of EIP-4361, or "signature"."""

    code = "SIGN_IN_REFUSED"

    def __init__(self, field: str, why: str) -> None:
        super().__init__(f"{field}: {why}", "Ask for a new nonce and sign a new message.")
        self.field = field


class NonceUnknown(AccessRefused):
    """A nonce lets in once, for ten minutes."""

    code = "NONCE_UNKNOWN"

    def __init__(self) -> None:
        super().__init__("the nonce was used, has expired or was never given out", "Ask for a new nonce.")
        self.field = "nonce"


class SessionUnknown(AccessRefused):
    """No session has this token now."""

    code = "SESSION_UNKNOWN"

    def __init__(self) -> None:
        super().__init__("the session has ended", "Sign in again.")


class KeyUnknown(AccessRefused):
    """No API key is this one now."""

    code = "KEY_UNKNOWN"

    def __init__(self) -> None:
        super().__init__("the API key is not valid: mistyped, expired or revoked", "Make a new key and use that.")


class KeyLimit(AccessRefused):
    """An account has as many keys as it may."""

    code = "KEY_LIMIT"

    def __init__(self, most: int) -> None:
        super().__init__(f"an account has at most {most} keys that work", "Revoke one that is not used any more.")


class NotSignedIn(AccessRefused):
    """The operation wants to know who calls."""

    code = "NOT_SIGNED_IN"

    def __init__(self) -> None:
        super().__init__("this needs an account", "Sign in with a wallet, or send an API key as a bearer token.")


class NotPermitted(AccessRefused):
    """The caller is known, and this is not for them."""

    code = "NOT_PERMITTED"

    def __init__(self, wanted: str) -> None:
        super().__init__(f"this is for {wanted}")


class ForeignOrigin(AccessRefused):
    """A page of another site has sent a browser's cookie along."""

    code = "FOREIGN_ORIGIN"

    def __init__(self) -> None:
        super().__init__("a session acts only from this site's own pages", "Programs use an API key.")


class SecretsMissing(AccessRefused):
    """The operator has configured no secrets."""

    code = "UNAVAILABLE"

    def __init__(self) -> None:
        super().__init__(
            "API keys are unavailable: no secrets are configured",
            "Set LIGHTDOM_SECRETS_FILE to a file that `python -m services.auth make-secret` has written.",
        )
