"""CAR files (version 1) of one folder: content-addressed, so a file from anywhere is as good as an IPFS node's answer.

What is read holds what `ipfs dag export` of the folder's CID gives: every block has the digest that names it, none is
missing, none is idle, and the folder hashes to the root again. Sizes are bounded before anything is kept.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from aleph_cid import write_folder_car

from services.blobs.block import CID_BYTES, RAW, cid_text, directory_links, file_node, read_varint
from services.blobs.cid import folder_cid, write_folder
from services.errors import BlobCorrupt, CarMalformed, EvidenceTooLarge

CHUNK_BYTES = 256 * 1024
# IPFS nodes refuse larger blocks, so none of a folder that was ever stored is.
MAX_BLOCK_BYTES = 2 * 1024 * 1024
# {"roots": [CID], "version": 1} in dag-cbor has one form only.
_HEADER = (bytes.fromhex("a265726f6f747381d82a582500"), bytes.fromhex("6776657273696f6e01"))
# A 64 MiB file is two levels of links deep.
_DEEPEST = 6


def write_car(files: Mapping[str, bytes], path: Path) -> str:
    """Writes a folder as a CAR file, in place of what was there; gives its CID. The same files give the same bytes."""
    with TemporaryDirectory(prefix=".car-", dir=path.parent) as temporary:
        folder = Path(temporary) / "folder"
        folder.mkdir()
        write_folder(files, folder)
        return car_of_folder(folder, path)


def car_of_folder(folder: Path, path: Path) -> str:
    """The same of a folder on the same disk, whose files are nobody else's; something is written beside it."""
    car = folder.parent / "folder.car"
    cid = str(write_folder_car(str(folder), str(car)))
    car.replace(path)
    return cid


def read_car(path: Path, limits: Mapping[str, int]) -> tuple[str, dict[str, bytes]]:
    """The CID and the files of a folder; the names in `limits`, each at most so many bytes, must be all that it holds.

    Raises CarMalformed, EvidenceTooLarge, or BlobCorrupt where the folder was cut otherwise than IPFS cuts it.
    """
    with path.open("rb", buffering=0) as stream:
        size = os.fstat(stream.fileno()).st_size
        total = sum(limits.values())
        # Names, digests and links take 1/1 000 of chunks of 256 KiB; twice, for blocks that a careless writer repeats.
        if size > 2 * (total + total // 500 + MAX_BLOCK_BYTES):
            raise EvidenceTooLarge(path.name, total)
        folder = _Blocks(stream.fileno(), size)
        files = folder.files(limits)
    got = folder_cid(files)
    if got != cid_text(folder.root):
        raise BlobCorrupt(cid_text(folder.root), got)
    return got, files


class _Blocks:
    """Where each block of an open CAR file lies, once its digest has been checked."""

    def __init__(self, descriptor: int, size: int) -> None:
        self._descriptor = descriptor
        self._places: dict[bytes, tuple[int, int]] = {}
        self._used: set[bytes] = set()
        length, offset = self._length_at(0, size)
        header = os.pread(descriptor, length, offset)
        before, after = _HEADER
        if len(header) != len(before) + CID_BYTES + len(after) or not (
            header.startswith(before) and header.endswith(after)
        ):
            raise CarMalformed(0, "the header is not that of a CAR file, version 1, with one root")
        self.root = header[len(before) : len(before) + CID_BYTES]
        cid_text(self.root)
        offset += length
        while offset < size:
            offset = self._index(offset, size)

    def files(self, limits: Mapping[str, int]) -> dict[str, bytes]:
        """The folder's files, by name."""
        links = directory_links(self._block(self.root), self._places[self.root][0])
        if sorted(links) != sorted(limits):
            raise CarMalformed(self._places[self.root][0], f"the folder holds {sorted(links)}, not {sorted(limits)}")
        files = {name: self._file(links[name], name, limit) for name, limit in limits.items()}
        idle = self._places.keys() - self._used
        if idle:
            raise CarMalformed(min(self._places[cid][0] for cid in idle), "a block belongs to no file")
        return files

    def _index(self, offset: int, size: int) -> int:
        length, start = self._length_at(offset, size)
        if not CID_BYTES <= length <= CID_BYTES + MAX_BLOCK_BYTES:
            raise CarMalformed(offset, f"a block of {length} bytes")
        section = os.pread(self._descriptor, length, start)
        cid = section[:CID_BYTES]
        cid_text(cid, offset)
        if hashlib.sha256(section[CID_BYTES:]).digest() != cid[4:]:
            raise CarMalformed(offset, f"the block is not what {cid_text(cid)} names")
        self._places[cid] = (start + CID_BYTES, length - CID_BYTES)
        return start + length

    def _length_at(self, offset: int, size: int) -> tuple[int, int]:
        """The length that is written there, and where what it counts begins."""
        head = os.pread(self._descriptor, 10, offset)
        length, used = read_varint(head, 0, offset)
        if length > size - offset - used:
            raise CarMalformed(offset, f"{length} bytes were to follow, {size - offset - used} do")
        return length, offset + used

    def _block(self, cid: bytes) -> bytes:
        if cid not in self._places:
            raise CarMalformed(0, f"the block {cid_text(cid)} is missing")
        self._used.add(cid)
        offset, length = self._places[cid]
        return os.pread(self._descriptor, length, offset)

    def _file(self, root: bytes, name: str, limit: int) -> bytes:
        content = bytearray()
        # A folder may link one block many times: what it unfolds to is counted, not what it holds.
        visits = 2 * (limit // CHUNK_BYTES) + 16
        stack = [(root, 0)]
        while stack:
            cid, depth = stack.pop()
            visits -= 1
            if visits < 0 or depth > _DEEPEST:
                raise CarMalformed(0, f"{name} is cut into too many blocks")
            block = self._block(cid)
            offset = self._places[cid][0]
            children, inside = ([], block) if cid.startswith(RAW) else file_node(block, offset)
            content += inside
            if len(content) > limit:
                raise EvidenceTooLarge(name, limit)
            stack += [(child, depth + 1) for child in reversed(children)]
        return bytes(content)
