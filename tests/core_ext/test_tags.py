"""Tags written shorter: what is refused, what is kept, and that a parser sees the same element."""

import random

import hostile
import pytest
import reference_rules
from selectolax.lexbor import LexborHTMLParser

import core_ext
from core_ext import DROP_EMPTY_ATTR, NORMALIZE_TAG, START

# Deep runs draw more.
TAGS = 4000


@pytest.mark.parametrize(
    "tag",
    [b"<a/=b>", b"<a =b>", b"<a", b"<a b='>", b"<a>b", b"< a>", b"<a " + b"b" * 1024 + b">"],
)
def test_a_tag_that_would_be_read_otherwise_is_refused(tag: bytes) -> None:
    assert core_ext.apply_rule(NORMALIZE_TAG, START, 0, tag) is None
    assert core_ext.apply_rule(DROP_EMPTY_ATTR, START, 0, tag) is None


@pytest.mark.parametrize(
    ("tag", "written"),
    [
        (b'<A HREF="x"  class=\'b c\' d = "e">', b"<a HREF=x class='b c' d=e>".replace(b"HREF", b"href")),
        (b"<br />", b"<br>"),
        (b'<svg a="b"/>', b"<svg a=b />"),
        (b'<a href="x/">', b'<a href="x/">'),
        (b'<a b="c d"e="f g">', b'<a b="c d"e="f g">'),
        (b'<a b="&amp;&amp; c" d="&amp;e">', b'<a b="&& c" d=&amp;e>'),
        (b"<a b='`' c='=' d='<'>", b"<a b='`' c='=' d='<'>"),
        (b"<p class='' title=''>", b"<p class title>"),
    ],
)
def test_a_tag_is_written_the_short_way(tag: bytes, written: bytes) -> None:
    assert core_ext.apply_rule(NORMALIZE_TAG, START, 0, tag) == (1, written)


@pytest.mark.parametrize(
    ("tag", "written"),
    [
        (b"<p class='' class=x>", b"<p class class=x>"),
        (b"<p title='' lang='' alt=''>", b"<p title lang alt>"),
        (b"<x-y class='' onclick='' disabled=disabled>", b"<x-y class onclick disabled=disabled>"),
        (b"<script type=text/javascript language=vbscript>", b"<script type=text/javascript language=vbscript>"),
        (b"<script type=module>", b"<script type=module>"),
        (b"<p class=' ' id='' onclick='' style=''>", b"<p>"),
        (b"<input disabled=DISABLED checked=yes>", b"<input disabled checked=yes>"),
        (b"<style type='text/css' media=all>", b"<style>"),
        (b"<form method=GET>", b"<form>"),
    ],
)
def test_attributes_go_only_where_they_mean_nothing(tag: bytes, written: bytes) -> None:
    assert core_ext.apply_rule(DROP_EMPTY_ATTR, START, 0, tag) == (1, written)


def test_names_in_foreign_content_keep_their_case() -> None:
    assert core_ext.apply_rule(NORMALIZE_TAG, START, 0x80, b'<G viewBox="a b"/>') == (1, b'<G viewBox="a b"/>')


def test_tags_agree_with_the_oracle_are_no_longer_and_stay_as_they_are() -> None:
    source = random.Random(11)
    written = 0
    for _ in range(TAGS):
        kind, flags, data = hostile.tag(source)
        for rule in (NORMALIZE_TAG, DROP_EMPTY_ATTR):
            try:
                expected: tuple[int, bytes] | None = (1, reference_rules.rewrite(rule, kind, flags, data))
            except reference_rules.Refused:
                expected = None
            found = core_ext.apply_rule(rule, kind, flags, data)
            assert found == expected, (rule, kind, hex(flags), data)
            if found is not None:
                written += 1
                assert len(found[1]) <= len(data)
                assert core_ext.apply_rule(rule, kind, flags, found[1]) == found

    assert written > TAGS // 2


def test_a_parser_sees_the_same_element() -> None:
    source = random.Random(12)
    for _ in range(TAGS // 2):
        kind, flags, data = hostile.tag(source)
        found = core_ext.apply_rule(NORMALIZE_TAG, kind, flags, data)
        if found is None or kind != START or flags:
            continue
        assert _tree(found[1]) == _tree(data), data


def _tree(tag: bytes) -> list[tuple[str, dict[str, str | None]]]:
    tree = LexborHTMLParser(b"<!doctype html><body>" + tag + b"x")
    return [(node.tag or "", _values(node.attributes)) for node in tree.root.traverse(include_text=True)]


def _values(attributes: dict[str, str | None]) -> dict[str, str | None]:
    """An attribute without a value has the empty one."""
    return {name: value or "" for name, value in attributes.items()}
