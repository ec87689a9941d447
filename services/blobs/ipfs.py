"""A blob store on an IPFS node, by its RPC (Kubo's, or any that speaks it).

No answer is believed: every CID is recomputed.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

from aleph_cid import write_folder_car

from services.blobs.cid import cid_to_digest, folder_cid, write_folder
from services.errors import BlobCorrupt, BlobMissing, BlobStoreUnreachable, EvidenceTooLarge

# An absent CID makes a node search for it without end; a present one on loopback answers in milliseconds.
FETCH_SECONDS = 20.0
STORE_SECONDS = 120.0


class IpfsStore:
    """Folders go in as one CAR with a pinned root and come out file by file."""

    def __init__(self, url: str, fetch_seconds: float = FETCH_SECONDS) -> None:
        self._url = url
        self._fetch_seconds = fetch_seconds
        self._client: Any = None

    def put(self, files: Mapping[str, bytes]) -> str:
        client = self._connected()
        with TemporaryDirectory(prefix="lightdom-car-") as temporary:
            folder = Path(temporary) / "folder"
            folder.mkdir()
            write_folder(files, folder)
            car = Path(temporary) / "bundle.car"
            cid = write_folder_car(str(folder), str(car))
            with car.open("rb") as stream:
                answer = self._ask(lambda: client.dag.imprt(stream, timeout=STORE_SECONDS))
        stored = _root_of(answer)
        if stored != cid:
            raise BlobCorrupt(cid, stored)
        return cid

    def get(self, cid: str, limits: Mapping[str, int]) -> dict[str, bytes]:
        cid_to_digest(cid)
        files = {name: self._cat(cid, name, limit) for name, limit in limits.items()}
        got = folder_cid(files)
        if got != cid:
            raise BlobCorrupt(cid, got)
        return files

    def check(self) -> str:
        client = self._connected()
        version = self._ask(lambda: client.version(timeout=5))
        return f"IPFS node {version['Version']} at {self._url}"

    def _cat(self, cid: str, name: str, limit: int) -> bytes:
        import ipfshttpclient.exceptions as failures

        client = self._connected()
        content = bytearray()
        try:
            with client.cat(f"{cid}/{name}", stream=True, timeout=self._fetch_seconds) as chunks:
                for chunk in chunks:
                    content += chunk
                    if len(content) > limit:
                        raise EvidenceTooLarge(name, limit)
        except failures.ConnectionError as error:
            raise BlobStoreUnreachable(self._url) from error
        except (failures.TimeoutError, failures.ErrorResponse, failures.StatusError, failures.ProtocolError) as error:
            raise BlobMissing(cid, name) from error
        return bytes(content)

    def _ask(self, call: Any) -> Any:
        import ipfshttpclient.exceptions as failures

        try:
            return call()
        except failures.Error as error:
            raise BlobStoreUnreachable(self._url) from error

    def _connected(self) -> Any:
        if self._client is None:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # it warns about the versions of nodes it was tried with
                import ipfshttpclient

            # It passes urllib3 an option that version 2 ignores, and would be told so at each connection.
            warnings.filterwarnings("ignore", message="The 'strict' parameter", category=FutureWarning)
            parts = urlsplit(self._url)
            host, port = parts.hostname or "127.0.0.1", parts.port or (443 if parts.scheme == "https" else 80)
            kind = "ip6" if ":" in host else ("ip4" if host.replace(".", "").isdigit() else "dns")
            # Client, not connect(): connect() asks for the version and refuses newer nodes.
            self._client = ipfshttpclient.Client(f"/{kind}/{host}/tcp/{port}/{parts.scheme}", session=True)
        return self._client


def _root_of(answer: Any) -> str:
    item = answer[0] if isinstance(answer, list) else answer
    return str(item["Root"]["Cid"]["/"])
