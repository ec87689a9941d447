"""Content identifiers of evidence bundles, from the digest that a claim commits to."""

from __future__ import annotations

import base64

_PREFIX = bytes((0x01, 0x71, 0x12, 0x20))
"""CIDv1, dag-cbor, sha2-256, 32 bytes: https://github.com/multiformats/cid"""


def digest_to_cid(digest: bytes) -> str:
    """The CID of the dag-cbor block whose sha2-256 digest this is, in base32."""
    return "b" + base64.b32encode(_PREFIX + digest).decode().lower().rstrip("=")
