"""A blob store in a directory: what stands in for IPFS where no node can run. Only this machine can read it."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from tempfile import mkdtemp

from aleph_cid import hash_folder

from services.blobs.cid import cid_to_digest, folder_cid, write_folder
from services.errors import BlobCorrupt, BlobMissing, EvidenceTooLarge


class DirectoryStore:
    """One folder per CID, put in place by a rename, so a reader never sees half of one."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, files: Mapping[str, bytes]) -> str:
        self._root.mkdir(parents=True, exist_ok=True)
        temporary = Path(mkdtemp(prefix=".put-", dir=self._root))
        try:
            write_folder(files, temporary)
            cid = hash_folder(str(temporary))
            if not (self._root / cid).exists():
                temporary.rename(self._root / cid)
        finally:
            shutil.rmtree(temporary, ignore_errors=True)
        return cid

    def get(self, cid: str, limits: Mapping[str, int]) -> dict[str, bytes]:
        cid_to_digest(cid)  # a CID is also a path here: nothing else may pass
        folder = self._root / cid
        files: dict[str, bytes] = {}
        for name, limit in limits.items():
            path = folder / name
            if not path.is_file():
                raise BlobMissing(cid, name)
            if path.stat().st_size > limit:
                raise EvidenceTooLarge(name, limit)
            files[name] = path.read_bytes()
        got = folder_cid(files)
        if got != cid:
            raise BlobCorrupt(cid, got)
        return files

    def check(self) -> str:
        return f"directory {self._root} (not IPFS: only this machine can read it)"
