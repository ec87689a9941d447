"""Random pages, selectors and style sheets out of a few names, so that they often speak of each other."""

from __future__ import annotations

from random import Random

__all__ = ["a_page", "a_selector", "a_sheet"]

TAGS = ["div", "p", "ul", "li", "i", "a", "svg", "table", "td", "template", "section", "DIV"]
CLASSES = ["a", "b", "c", "A", "d-e", "d_f", "md:x", "ü"]
IDS = ["x", "y", "X"]
ATTRIBUTES = ["title", "data-k", "type", "lang", "href", "class", "id"]
VALUES = ["", "v", "V", "v w", "v-w", "Two words", "text", "TEXT"]
DECLARATIONS = [
    *("color:red", "color : #FFFFFF", "color:var(--one)", "color:var(--two, blue)", "color: rgb( 1 , 2 , 3 )"),
    *("--one:green", "--one: #00FF00 ", "--two:var(--one)", "--three:{a:b}", "--two:var(--three)", "--four:"),
    *("margin:0px 0px 0px 0px", "margin:1px 2px 1px 2px", "margin: -0.50em auto", "padding:0.0px", "padding:-1px"),
    *("width:calc(1px + 2px)", "width:50.00%", "width:0px", "flex:1 1 0px", "z-index:1.0", "z-index:01", "order:+2"),
    *("opacity:0.50", "opacity:1e-1", "line-height:1.0", "line-height:0px", "font:bold 12px / 1.5 'A B' , serif"),
    *("font-weight:bold", "font-weight:normal", "background:white url( 'a.png' ) no-repeat", "background:BLACK"),
    *("background:#AABBCC", "border:0px solid #aabbccdd", "border-color:white black", "border-radius:0px / 0px"),
    *("content:'a  b'", 'content:"\\201C"', "content:counter(n) / 'x'", "animation:turn 10s -5s paused"),
    *("animation-name:slide , turn", "-webkit-animation:slide 9s -3s paused", "transform:translate( -50% , 0.0px )"),
    *("transition:all .30s ease , color 1.50s", "grid-area:1 / 2 / 3 / 4", "grid-template-areas:'a b' 'c  d'"),
    *("display:none", "display:flex", "display:-webkit-box", "*zoom:1", "_color:red", "colour:red", "color:", ":x"),
    *("color:blue !important", "color:blue! important", "margin:0!ie", "width:10px\\9", "filter:blur( 0px )"),
    *("all:unset", "white-space:pre", "color/**/:/**/teal", "width:/* a */3px", "inset:0px auto", "gap:0.10px 00px"),
    *("box-shadow:0px 0px 0px 1px white , inset 0px 1px black", "--registered:3px", "width:var(--registered)"),
    *("grid-template-columns:repeat( 2 , minmax( 0px , 1fr ) )", "grid-template-columns:[a] 10px [b  c] 1fr"),
    *("margin:calc( 1px * ( 2 + 3 ) )", "aspect-ratio:16 / 9", "background-position:0px 0%", "letter-spacing:0px"),
    *("quotes:'a' \"b\"", "unicode-bidi:normal", "font-family:Black , white", "color:Yellow", "fill:#FF0000"),
]
GROUPS = [
    *("@media print", "@media ( min-width : 600px )", "@media screen and (max-width:599px) , print", "@layer one"),
    *("@layer", "@layer two.three", "@supports ( display : grid )", "@supports not (color:red)", "@media (x:y)"),
    *("@media (prefers-color-scheme: dark)", "@container (min-width: 1px)", "@scope (.a) to (.b)", "@unheard y"),
]
STATEMENTS = [
    *("@layer two, one;", "@import url(x.css);", "@charset 'x';", "@namespace s url(http://www.w3.org/2000/svg);"),
    *("/* note */", "/*! licence */", "<!--", "-->", ";", "}", "@unheard;", "p{color:red;"),
    "@property --registered{syntax:'<length>';inherits:false;initial-value:1px}",
    *("@keyframes turn { from { color : red } 50.0% , to{ width:20px; margin:0px } }",),
    *("@keyframes slide{to{opacity:0.0;color:var(--one)}}", "@-webkit-keyframes turn{to{width:40px}}"),
    *("@font-face{font-family:'A B';src:url(x.woff)}", "@counter-style n{symbols:x y;suffix:' '}", "@page{margin:1cm}"),
]


def a_page(chance: Random) -> str:
    """A page of nested elements, in quirks mode or not."""
    written = [chance.choice(["", "<!doctype html>"])]
    for _ in range(chance.randint(1, 25)):
        if chance.random() < 0.25:
            written.append(chance.choice(["</div>", "</p>", "</ul>", "</section>", "</svg>", "text", " ", "<!--c-->"]))
            continue
        tag = f"<{chance.choice(TAGS)}"
        if chance.random() < 0.5:
            tag += f' class="{" ".join(chance.sample(CLASSES, chance.randint(0, 3)))}"'
        if chance.random() < 0.25:
            tag += f' id="{chance.choice(IDS)}"'
        if chance.random() < 0.5:
            tag += f' {chance.choice(ATTRIBUTES[:5])}="{chance.choice(VALUES)}"'
        written.append(tag + ">")
    return "".join(written)


def a_compound(chance: Random, depth: int) -> str:
    written = chance.choice(["", "*", *TAGS])
    for _ in range(chance.randint(0 if written else 1, 2)):
        kind = chance.randint(0, 5 if depth else 3)
        if kind == 0:
            written += "." + chance.choice(CLASSES).replace(":", "\\:")
        elif kind == 1:
            written += "#" + chance.choice(IDS)
        elif kind == 2:
            sign = chance.choice(["", "=", "~=", "|=", "^=", "$=", "*="])
            value = f'{sign}"{chance.choice(VALUES)}"{chance.choice(["", " i", " s"])}' if sign else ""
            written += f"[{chance.choice(ATTRIBUTES)}{value}]"
        elif kind == 3:
            place = chance.choice(["nth-child", "nth-last-child", "nth-of-type", "nth-last-of-type"])
            step = f"{place}({chance.randint(-3, 3)}n{chance.randint(-3, 4):+d})"
            simple = ["first-child", "last-child", "only-child", "first-of-type", "last-of-type", "only-of-type"]
            written += ":" + chance.choice([*simple, "root", "empty", step, f"{place}(odd)"])
        else:
            inner = ", ".join(a_selector(chance, depth - 1) for _ in range(chance.randint(1, 2)))
            lead = chance.choice(["", "> ", "+ ", "~ "])
            written += f":has({lead}{inner})" if kind == 5 else f":{chance.choice(['is', 'not', 'where'])}({inner})"
    return written


def a_selector(chance: Random, depth: int = 1) -> str:
    written = a_compound(chance, depth)
    for _ in range(chance.randint(0, 2)):
        written += chance.choice([" ", " > ", "+", " ~ "]) + a_compound(chance, depth)
    return written


def a_block(chance: Random) -> str:
    ends = [";", " ; ", ";\n", ";;", "; /* c */ "]
    return "".join(chance.choice(DECLARATIONS) + chance.choice(ends) for _ in range(chance.randint(0, 4)))


def a_rule(chance: Random) -> str:
    """A style rule; now and then with a state, a selector that browsers do not know, or a rule inside."""
    selectors = []
    for _ in range(chance.randint(1, 3)):
        selector = a_compound(chance, 0) if chance.random() < 0.6 else a_selector(chance)
        if chance.random() < 0.3:
            selector += chance.choice(
                [":hover", "::before", ":after", ":focus-visible", "::-moz-x", ":unheard", "::marker"]
            )
        selectors.append(selector)
    block = a_block(chance)
    if chance.random() < 0.1:
        block += chance.choice(["&:hover", "& i", ".a &", "i", "@media print", ":hover"]) + "{" + a_block(chance) + "}"
    space = chance.choice(["", " ", "\n"])
    return f"{(',' + space).join(selectors)}{space}{{{space}{block}}}"


def a_sheet(chance: Random, depth: int = 2) -> str:
    written = []
    for _ in range(chance.randint(1, 8)):
        kind = chance.random()
        if kind < 0.15 and depth:
            written.append(f"{chance.choice(GROUPS)} {{ {a_sheet(chance, depth - 1)} }}")
        elif kind < 0.35:
            written.append(chance.choice(STATEMENTS))
        else:
            written.append(a_rule(chance))
    return chance.choice(["", " ", "\n"]).join(written)
