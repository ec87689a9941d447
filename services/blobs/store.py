"""What every blob store does, and which one a URL means."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit


class BlobStore(Protocol):
    """Keeps folders of files under the CID of their content. What it gives back always matches the CID."""

    def put(self, files: Mapping[str, bytes]) -> str:
        """Stores and pins a folder; gives its CID."""

    def get(self, cid: str, limits: Mapping[str, int]) -> dict[str, bytes]:
        """The named files of a folder, each at most its limit in bytes; they must be all that it holds.

        Raises BlobMissing, BlobCorrupt, EvidenceTooLarge or BlobStoreUnreachable.
        """

    def check(self) -> str:
        """One line on what answers; raises BlobStoreUnreachable."""


def open_store(url: str) -> BlobStore:
    """A store from its URL: http(s) is an IPFS node's RPC, file is a directory on this machine."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        from services.blobs.directory import DirectoryStore

        return DirectoryStore(Path(unquote(parts.path)))
    from services.blobs.ipfs import IpfsStore

    return IpfsStore(url)
