"""Single blocks of an IPFS folder: varints, CIDs, dag-pb nodes, UnixFS entries. Every byte read here is a stranger's.

Only what UnixFS folders of our own are made of is known: CIDv1, sha2-256, dag-pb and raw, files and directories.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator

from services.errors import CarMalformed

FOLDER = bytes.fromhex("01701220")
RAW = bytes.fromhex("01551220")
CID_BYTES = 36
_DIRECTORY = 1
_FILE = 2


def read_varint(data: bytes, at: int, offset: int) -> tuple[int, int]:
    """An unsigned varint of at most nine bytes, in its shortest form, and where what follows it begins.

    `offset` is what the errors name: where in the file this block lies.
    """
    value = 0
    for count, byte in enumerate(data[at : at + 9]):
        value |= (byte & 0x7F) << (7 * count)
        if byte < 0x80:
            if byte == 0 and count:
                raise CarMalformed(offset, "a number is not in its shortest form")
            return value, at + count + 1
    raise CarMalformed(offset, "a number has no end")


def cid_text(cid: bytes, offset: int = 0) -> str:
    """The CID as text. Raises CarMalformed unless it is a version 1, dag-pb or raw, sha2-256 one."""
    if len(cid) != CID_BYTES or cid[:4] not in (FOLDER, RAW):
        raise CarMalformed(offset, f"{cid[:4].hex()} does not begin the CID of a folder's block")
    return "b" + base64.b32encode(cid).decode().rstrip("=").lower()


def directory_links(block: bytes, offset: int) -> dict[str, bytes]:
    """The entries of a UnixFS directory: a CID each."""
    links, data = _node(block, offset)
    kind, inside = _entry(data, offset)
    if kind != _DIRECTORY or inside:
        raise CarMalformed(offset, "the root is no directory")
    names = [name for _, name in links]
    if len(set(names)) != len(names):
        raise CarMalformed(offset, "a name comes twice in the directory")
    return {name: cid for cid, name in links}


def file_node(block: bytes, offset: int) -> tuple[list[bytes], bytes]:
    """What a UnixFS file's node links, in order, and the bytes that it holds itself."""
    links, data = _node(block, offset)
    kind, inside = _entry(data, offset)
    if kind != _FILE:
        raise CarMalformed(offset, "an entry of the folder is no file")
    return [cid for cid, _ in links], inside


def _node(block: bytes, offset: int) -> tuple[list[tuple[bytes, str]], bytes]:
    """Links (CID and name) and data of a dag-pb node."""
    links, data = [], b""
    for field, value in _fields(block, offset):
        if field == 2 and isinstance(value, bytes):
            links.append(_link(value, offset))
        elif field == 1 and isinstance(value, bytes):
            data = value
        else:
            raise CarMalformed(offset, f"field {field} is not one of a dag-pb node")
    return links, data


def _link(block: bytes, offset: int) -> tuple[bytes, str]:
    cid, name = b"", ""
    for field, value in _fields(block, offset):
        if field == 1 and isinstance(value, bytes):
            cid = value
        elif field == 2 and isinstance(value, bytes):
            try:
                name = value.decode()
            except UnicodeDecodeError as error:
                raise CarMalformed(offset, "a name is not UTF-8") from error
        elif field != 3:
            raise CarMalformed(offset, f"field {field} is not one of a dag-pb link")
    cid_text(cid, offset)
    return cid, name


def _entry(data: bytes, offset: int) -> tuple[int, bytes]:
    """Type and own bytes of a UnixFS entry; sizes that it states are not believed, and not needed."""
    kind, inside = 0, b""
    for field, value in _fields(data, offset):
        if field == 1 and isinstance(value, int):
            kind = value
        elif field == 2 and isinstance(value, bytes):
            inside = value
        elif field not in (3, 4):
            raise CarMalformed(offset, f"field {field} is not one of a file's or directory's entry")
    return kind, inside


def _fields(message: bytes, offset: int) -> Iterator[tuple[int, int | bytes]]:
    """Fields of a protobuf message: numbers and byte strings."""
    at = 0
    while at < len(message):
        key, at = read_varint(message, at, offset)
        value, at = read_varint(message, at, offset)
        if key & 7 == 0:
            yield key >> 3, value
        elif key & 7 == 2:
            if value > len(message) - at:
                raise CarMalformed(offset, f"a field of {value} bytes in a block that has {len(message) - at} left")
            yield key >> 3, message[at : at + value]
            at += value
        else:
            raise CarMalformed(offset, f"wire type {key & 7} is not used in a folder's blocks")
