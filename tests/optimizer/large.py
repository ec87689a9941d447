"""Pages of any size: deep trees, long texts, long style sheets; made, not saved, so that they can be doubled."""

from __future__ import annotations

from random import Random

__all__ = ["SHAPES", "a_large_page"]

SHAPES = ("tree", "text", "styles")
_WORDS = ["proof", "saves", "bytes", "page", "light", "render", "same", "claim", "chain", "node", "tree", "rule"]


def a_large_page(shape: str, size: int) -> bytes:
    """A tree of `size` elements 20 levels deep, about `size` bytes of articles, or `size` bytes of style rules."""
    chance = Random(f"{shape} {size}")
    head = "<!DOCTYPE html>\n<html>\n<head>\n<meta charset='utf-8'>\n<title>Large</title>\n"
    if shape == "tree":
        return (head + _rules(chance, 400) + "</head>\n<body>\n" + _tree(chance, size) + "</body>\n</html>\n").encode()
    if shape == "styles":
        body = _tree(chance, 600)
        return (head + _rules(chance, size // 64) + "</head>\n<body>\n" + body + "</body>\n</html>\n").encode()
    body = "".join(_article(chance, number) for number in range(size // 920))
    return (head + _rules(chance, 400) + "</head>\n<body>\n" + body + "</body>\n</html>\n").encode()


def _tree(chance: Random, elements: int) -> str:
    written: list[str] = []
    depth = 0
    for number in range(elements):
        if depth and (depth >= 18 or chance.random() < 0.45):  # html and body are above
            close = chance.randint(1, depth)
            for _ in range(close):
                depth -= 1
                written.append("  " * depth + "</div>\n")
        written.append(f"{'  ' * depth}<div class='c{chance.randrange(500)} k{number % 7}' id='i{number}'>\n")
        if chance.random() < 0.4:
            written.append(f"{'  ' * depth}  {chance.choice(_WORDS)}  {chance.choice(_WORDS)} <!-- note {number} -->\n")
        depth += 1
    return "".join(written) + "</div>\n" * depth


def _article(chance: Random, number: int) -> str:
    words = " ".join(chance.choice(_WORDS) for _ in range(120))
    return (
        f"<article class='c{chance.randrange(500)}'>\n    <h2 id='h{number}'>  {chance.choice(_WORDS)} {number}</h2>\n"
        f"    <p class='k{number % 7} c3'>\n        {words}  <a href='#h{number}'>back</a>\n    </p>\n"
        f"    <!-- article {number} ends -->\n"
        "    <ul>\n        <li>one</li>\n        <li>two</li>\n    </ul>\n</article>\n"
    )


def _rules(chance: Random, count: int) -> str:
    rules = []
    for number in range(count):
        name = f".c{chance.randrange(5000)}"
        parts = [name, f"{name} > .k{number % 9}", f"div{name}:hover", f"{name} .c{number % 997}, #i{number * 7}"]
        rules.append(f"{chance.choice(parts)} {{\n  color : #{number % 4096:03x}000;\n  margin : 0px 1.50em;\n}}\n")
    return "<style>\n" + "".join(rules) + "</style>\n"
