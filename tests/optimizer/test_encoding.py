"""Which encoding a page is in, and the way to UTF-8 and back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optimizer.encoding import Encoding, detect, from_utf8, invalid_utf8_offset, to_utf8
from optimizer.errors import BytesUndecodableError, EncodingUnknownError


@pytest.mark.parametrize("label", ["", "nonsense", "utf-7", "x-user-defined", "rot13", "punycode", "hex"])
def test_an_unknown_encoding_is_refused(label: str) -> None:
    with pytest.raises(EncodingUnknownError):
        detect(b"<p>", override=label)


@pytest.mark.parametrize(
    ("name", "page", "offset"),
    [
        ("shift_jis", b"<p>\x82", 3),
        ("euc-jp", b"<p>ok\xff", 5),
        ("utf-16le", b"<\0p\0>", 4),
        ("windows-1253", b"\xaa", 0),
    ],
)
def test_bytes_that_do_not_fit_are_refused_with_their_offset(name: str, page: bytes, offset: int) -> None:
    with pytest.raises(BytesUndecodableError) as caught:
        to_utf8(page, Encoding(name, "meta"))
    assert caught.value.offset == offset


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (b"<p>plain", Encoding("utf-8", "default")),
        (b"\xef\xbb\xbf<meta charset=koi8-r>", Encoding("utf-8", "bom")),
        (b"\xff\xfe<\0p\0>\0", Encoding("utf-16le", "bom")),
        (b"<meta charset=Latin1>", Encoding("windows-1252", "meta")),
        (b"<META CHARSET = 'Shift-JIS' />", Encoding("shift_jis", "meta")),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=gb2312">', Encoding("gbk", "meta")),
        (b'<meta content="text/html; charset=gb2312">', Encoding("utf-8", "default")),
        (b"<!-- <meta charset=koi8-r> --><meta charset=koi8-u>", Encoding("koi8-u", "meta")),
        (b"<title x='<meta charset=koi8-r>'></title><meta charset=koi8-u>", Encoding("koi8-u", "meta")),
        (b"<body><meta charset=koi8-r>", Encoding("utf-8", "default")),
        (b"<meta charset=utf-16>", Encoding("utf-8", "meta")),
        (b"<meta charset=bogus><meta charset=koi8-r>", Encoding("koi8-r", "meta")),
        (b"<?xml version='1.0' encoding='iso-8859-2'?><html>", Encoding("iso-8859-2", "meta")),
        (b"<!--" + b"x" * 3000 + b"--><meta charset=koi8-r>", Encoding("koi8-r", "meta")),
    ],
)
def test_a_page_tells_its_encoding(page: bytes, expected: Encoding) -> None:
    assert expected == detect(page)


def test_the_header_outweighs_the_page_and_the_caller_both() -> None:
    page = b"<meta charset=koi8-r>"

    assert detect(page, "text/html; charset=windows-1251") == Encoding("windows-1251", "http")
    assert detect(page, "text/html; charset=bogus") == Encoding("koi8-r", "meta")
    assert detect(page, "text/html; charset=windows-1251", "utf8") == Encoding("utf-8", "option")


@pytest.mark.parametrize("name", ["windows-1252", "windows-1251", "windows-1258", "koi8-r", "iso-8859-2", "macintosh"])
def test_every_byte_of_a_single_byte_encoding_comes_back(name: str) -> None:
    page = bytes(range(256))

    assert from_utf8(to_utf8(page, Encoding(name, "meta")), Encoding(name, "meta")) == page


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("shift_jis", "<p>日本語①～"), ("euc-jp", "<p>日本語"), ("iso-2022-jp", "<p>日本語</p>"), ("gbk", "<p>汉字镕"),
        ("gb18030", "<p>汉字😀"), ("big5", "<p>漢字"), ("euc-kr", "<p>한국어똠"), ("utf-16le", "\ufeff<p>ü😀"),
        ("utf-16be", "<p>ü"),
    ],
)  # fmt: skip
def test_wide_encodings_come_back(name: str, text: str) -> None:
    encoding = Encoding(name, "meta")
    page = from_utf8(text.encode(), encoding)

    assert to_utf8(page, encoding).decode() == text


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_a_utf8_page_keeps_every_byte(page: bytes) -> None:
    encoding = Encoding("utf-8", "default")

    assert from_utf8(to_utf8(page, encoding), encoding) == page
    offset = invalid_utf8_offset(page)
    assert (offset is None) == (page.decode(errors="ignore").encode() == page)


@settings(deadline=None)
@given(st.binary(max_size=300).map(lambda tail: b"<meta charset" + tail))
def test_no_bytes_break_the_detection(page: bytes) -> None:
    assert detect(page).name
