"""CAR files: whatever a stranger's file holds, it is refused with a reason, or it is the folder that its CID names."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.blobs import folder_cid, read_car, write_car
from services.errors import BlobCorrupt, CarMalformed, EvidenceTooLarge

LIMITS = {"a.html": 1 << 20, "b.json": 1000}
FILES = {"a.html": bytes(range(256)) * 2100, "b.json": b"{}"}


def varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])


def field(number: int, value: bytes | int) -> bytes:
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    return varint(number << 3 | 2) + varint(len(value)) + value


def cid_of(block: bytes, codec: int) -> bytes:
    return bytes([1, codec, 0x12, 0x20]) + hashlib.sha256(block).digest()


def raw(data: bytes) -> tuple[bytes, bytes]:
    return cid_of(data, 0x55), data


def node(links: list[tuple[str, bytes]], entry: bytes, *, link_bytes: int = 3) -> tuple[bytes, bytes]:
    """A dag-pb node's CID and block."""
    block = b"".join(field(2, field(1, cid) + field(2, name.encode()) + field(3, link_bytes)) for name, cid in links)
    block += field(1, entry)
    return cid_of(block, 0x70), block


def car(root: bytes, blocks: list[tuple[bytes, bytes]]) -> bytes:
    head = bytes.fromhex("a265726f6f747381d82a582500") + root + bytes.fromhex("6776657273696f6e01")
    return varint(len(head)) + head + b"".join(varint(len(cid + data)) + cid + data for cid, data in blocks)


def folder(a: bytes, blocks: list[tuple[bytes, bytes]]) -> bytes:
    """A folder whose a.html is the block `a`, and b.json a block of three bytes."""
    b = raw(b"{ }")
    root = node([("a.html", a), ("b.json", b[0])], field(1, 1))
    return car(root[0], [root, b, *blocks])


PLAIN = raw(b"<p>")
DIRECTORY = field(1, 1)
EMPTY_FILE = node([], field(1, 2))
TWICE = node([("", PLAIN[0])] * 2, field(1, 2))


def bomb(levels: int) -> bytes:
    """A file of no bytes at all that unfolds to 2^levels blocks."""
    blocks = [raw(b"")]
    for _ in range(levels):
        blocks.append(node([("", blocks[-1][0])] * 2, field(1, 2)))
    return folder(blocks[-1][0], blocks)


HOSTILE = {
    "nothing": (b"", "no end"),
    "a number without end": (b"\xff" * 40, "no end"),
    "a number in a longer form": (b"\x80\x00" + bytes(80), "shortest form"),
    "a header longer than the file": (varint(2**62) + bytes(80), "were to follow"),
    "a header of another kind": (varint(10) + bytes(10), "header"),
    "no root": (varint(17) + bytes.fromhex("a265726f6f7473806776657273696f6e01"), "header"),
    "version 2": (car(PLAIN[0], []).replace(b"version\x01", b"version\x02"), "header"),
    "a root of another hash": (car(bytes.fromhex("01701b20") + bytes(32), []), "does not begin the CID"),
    "a block longer than the file": (folder(PLAIN[0], [PLAIN])[:-1], "were to follow"),
    "a block shorter than its CID": (car(PLAIN[0], []) + varint(3) + b"abc", "a block of 3 bytes"),
    "a block of 3 MiB": (folder(PLAIN[0], [PLAIN, raw(bytes(3 << 20))]), "a block of"),
    "a wrong digest": (folder(PLAIN[0], [(PLAIN[0], b"<q>")]), "is not what"),
    "a missing block": (folder(PLAIN[0], []), "is missing"),
    "a missing root": (car(node([], DIRECTORY)[0], [PLAIN]), "is missing"),
    "an idle block": (folder(PLAIN[0], [PLAIN, raw(b"idle")]), "belongs to no file"),
    "a file for a root": (car(EMPTY_FILE[0], [EMPTY_FILE]), "no directory"),
    "a raw root": (car(PLAIN[0], [PLAIN]), "wire type"),
    "a directory for a file": (folder(node([], DIRECTORY)[0], [node([], DIRECTORY)]), "no file"),
    "another name": (car((r := node([("../a", PLAIN[0])], DIRECTORY))[0], [r, PLAIN]), "the folder holds"),
    "a name twice": (car((r := node([("a.html", PLAIN[0])] * 2, DIRECTORY))[0], [r, PLAIN]), "twice"),
    "a field beyond its block": (folder((n := (cid_of(b"\x0a\x7f", 0x70), b"\x0a\x7f"))[0], [n]), "a field of 127"),
    "an unknown field": (folder((n := (cid_of(b"\x48\x01", 0x70), b"\x48\x01"))[0], [n]), "field 9"),
    "two to the power of sixty blocks": (bomb(60), "too many blocks"),
    "two to the power of five blocks": (bomb(5), "too many blocks"),
}


@pytest.mark.parametrize("case", HOSTILE, ids=lambda name: name.replace(" ", "-"))
def test_a_hostile_file_is_refused_and_says_why(case: str, tmp_path: Path) -> None:
    content, said = HOSTILE[case]
    (tmp_path / "x.car").write_bytes(content)

    with pytest.raises(CarMalformed, match=said):
        read_car(tmp_path / "x.car", LIMITS)


def test_a_file_over_its_limit_is_refused_before_it_is_whole(tmp_path: Path) -> None:
    many = node([("", raw(b"x" * 262144)[0])] * 9, field(1, 2))
    (tmp_path / "x.car").write_bytes(folder(many[0], [many, raw(b"x" * 262144)]))

    with pytest.raises(EvidenceTooLarge, match=r"a\.html"):
        read_car(tmp_path / "x.car", LIMITS)


def test_a_file_that_could_not_hold_only_the_folder_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "x.car").open("wb") as sparse:
        sparse.truncate(1 << 33)

    with pytest.raises(EvidenceTooLarge):
        read_car(tmp_path / "x.car", LIMITS)


def test_a_folder_cut_otherwise_than_ipfs_cuts_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.car").write_bytes(folder(TWICE[0], [TWICE, PLAIN]))

    with pytest.raises(BlobCorrupt):
        read_car(tmp_path / "x.car", LIMITS)


@pytest.mark.parametrize("size", [0, 1, 262144, 262145, 1 << 20])
def test_a_folder_comes_back_under_its_cid(size: int, tmp_path: Path) -> None:
    files = {"a.html": bytes(size), "b.json": b"{}"}
    cid = write_car(files, tmp_path / "x.car")

    assert cid == folder_cid(files)
    assert read_car(tmp_path / "x.car", LIMITS) == (cid, files)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["x.car"]


def test_the_same_folder_gives_the_same_file(tmp_path: Path) -> None:
    write_car(FILES, tmp_path / "x.car")
    write_car(dict(reversed(FILES.items())), tmp_path / "y.car")

    assert (tmp_path / "x.car").read_bytes() == (tmp_path / "y.car").read_bytes()


def test_a_file_made_by_hand_is_read_as_well(tmp_path: Path) -> None:
    (tmp_path / "x.car").write_bytes(folder(PLAIN[0], [PLAIN]))
    cid, files = read_car(tmp_path / "x.car", LIMITS)

    assert files == {"a.html": b"<p>", "b.json": b"{ }"}
    assert cid == folder_cid(files)


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_file_is_refused_or_is_the_same_folder(data: st.DataObject, tmp_path: Path) -> None:
    files = {"a.html": b"<p>" * 20, "b.json": b"{}"}
    cid = write_car(files, tmp_path / "x.car")
    content = bytearray((tmp_path / "x.car").read_bytes())
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(content) - 1))
        cut = data.draw(st.integers(0, 3))
        content[place : place + cut] = data.draw(st.binary(max_size=3))
    (tmp_path / "y.car").write_bytes(content)
    try:
        read = read_car(tmp_path / "y.car", LIMITS)
    except (CarMalformed, EvidenceTooLarge, BlobCorrupt):
        return
    assert read == (cid, files)
