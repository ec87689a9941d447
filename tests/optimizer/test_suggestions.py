"""What the report suggests and the optimizer does not do."""

from __future__ import annotations

from optimizer.suggestions import suggestions


def test_pictures_of_the_first_screen_and_lazy_ones_are_let_be() -> None:
    page = b"<img src=a><img src=b><img src=c><img src=d loading=lazy><img src=data:x><img alt=e>"

    assert suggestions(page) == ()


def test_later_pictures_could_wait() -> None:
    page = b"".join(b"<img src=%c.png>" % letter for letter in b"abcde")

    assert [each.text for each in suggestions(page)] == ['loading="lazy" for d.png', 'loading="lazy" for e.png']


def test_a_font_could_come_earlier_unless_it_does() -> None:
    style = b"<style>@font-face{font-family:a;src:url(a.woff2)}</style>"

    assert [each.code for each in suggestions(style)] == ["preload_font"]
    assert suggestions(b"<link rel=preload href=a.woff2 as=font crossorigin>" + style) == ()
