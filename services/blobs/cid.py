"""CIDs of evidence folders. On chain only the 32-byte digest is kept: version, codec and hash are fixed.

The prefix 01 70 12 20 says CIDv1, dag-pb, sha2-256, 32 bytes (multiformats); base32 lower-case after a `b`.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from aleph_cid import hash_folder

_PREFIX = bytes.fromhex("01701220")


def digest_to_cid(digest: bytes) -> str:
    """The CID of a UnixFS folder from the digest that the claim carries (32 bytes)."""
    if len(digest) != 32:
        raise ValueError(f"a sha2-256 digest has 32 bytes, not {len(digest)}")
    return "b" + base64.b32encode(_PREFIX + digest).decode().rstrip("=").lower()


def cid_to_digest(cid: str) -> bytes:
    """The digest that goes on chain. Raises ValueError unless the CID is a version 1, dag-pb, sha2-256 one."""
    if not cid.startswith("b"):
        raise ValueError(f"{cid!r} is not a base32 CIDv1")
    raw = base64.b32decode(cid[1:].upper() + "=" * (-len(cid[1:]) % 8))
    if raw[:4] != _PREFIX or len(raw) != 36:
        raise ValueError(f"{cid!r} is not a dag-pb, sha2-256 CID")
    return raw[4:]


def write_folder(files: Mapping[str, bytes], folder: Path) -> None:
    """Writes plain files; names come from our own code, never from outside."""
    for name, content in files.items():
        (folder / name).write_bytes(content)


def folder_cid(files: Mapping[str, bytes]) -> str:
    """The CID that an IPFS node gives to a folder of these files (raw leaves, 256 KiB chunks)."""
    with TemporaryDirectory(prefix="lightdom-cid-") as temporary:
        write_folder(files, Path(temporary))
        return hash_folder(temporary)
