"""PNG pictures packed anew: the same pixels in fewer bytes, or left alone."""

from __future__ import annotations

import base64
import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import optimizer
from optimizer.png import smaller_png

ROWS = b"".join(b"\0" + bytes(range(0, 192, 3)) * 3 for _ in range(64))


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(rows: bytes = ROWS, *, extra: bytes = b"", pieces: int = 2, level: int = 1) -> bytes:
    packed = zlib.compress(rows, level)
    cut = len(packed) // pieces + 1
    parts = b"".join(chunk(b"IDAT", packed[at : at + cut]) for at in range(0, len(packed), cut))
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 64, 64, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + extra + parts + chunk(b"IEND", b"")


def rows_of(picture: bytes) -> bytes:
    place, packed = 8, b""
    while place < len(picture):
        size = int.from_bytes(picture[place : place + 4])
        packed += picture[place + 8 : place + 8 + size] if picture[place + 4 : place + 8] == b"IDAT" else b""
        place += 12 + size
    return zlib.decompress(packed)


@pytest.mark.parametrize(
    "picture",
    [
        b"",
        b"GIF89a" + png(),
        png()[:-3],
        png()[:60] + b"\0" + png()[61:],
        png(extra=chunk(b"acTL", bytes(8))),
        png()[:33] + chunk(b"IDAT", b"no zlib") + chunk(b"IEND", b""),
    ],
)
def test_a_picture_that_is_not_understood_stays(picture: bytes) -> None:
    assert smaller_png(picture) is None


@settings(deadline=None, max_examples=30)
@given(st.binary(max_size=600), st.integers(1, 4))
def test_every_row_stays_as_it_was(rows: bytes, pieces: int) -> None:
    picture = png(rows, pieces=pieces, level=0)
    told = smaller_png(picture)

    if told is not None:
        assert rows_of(told) == rows
        assert len(told) < len(picture)
        assert smaller_png(told) is None


def test_notes_that_no_viewer_shows_go_and_colours_stay() -> None:
    told = smaller_png(png(extra=chunk(b"gAMA", bytes(4)) + chunk(b"tEXt", b"Software\0x")))

    assert told is not None
    assert b"gAMA" in told
    assert b"tEXt" not in told


def test_a_picture_in_a_page_is_packed_anew_at_both_levels() -> None:
    page = b"<!doctype html><title>x</title><p><img src='data:image/png;base64," + base64.b64encode(png()) + b"'>"

    for level in optimizer.Level:
        made = optimizer.optimize(page, level=level).optimized
        told = base64.b64decode(made.partition(b"base64,")[2].partition(b"'")[0].partition(b">")[0].rstrip(b'"'))
        assert len(made) < len(page)
        assert rows_of(told) == ROWS
