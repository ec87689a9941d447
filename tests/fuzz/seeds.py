"""Writes what fuzzing starts from: small pages, pieces and CAR files, and a dictionary of HTML's and CSS's words.

Run with the folder to write to.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from services.blobs import write_car

ROOT = Path(__file__).parents[2]
WORDS = (
    *("<!--", "-->", "--!>", "<!doctype", "<![CDATA[", "]]>", "<script", "</script", "<style>", "</style", "<svg>"),
    *("<math>", "<textarea>", "<title>", "<plaintext>", "<pre>", "<table>", "<p>", "</p>", "<li>", "<br/>", '="', "='"),
    *("@media{", "@import", "url(", "/*", "*/", "}", "{", "\\", "&nbsp;", 'class=""', 'style=""', " \n", "<!--[if"),
)

STYLES = (
    *(
        b".a b>c{d:e}|<c class='x a'>|<b>",
        b"#i,.md\\:x:not([a=b]){}|<i id=i>|<svg>",
        b"a+b~c::d(e f){}|<c class=&amp;>",
    ),
    *(b"[a^='b' i] *{x:url(y)}|<p a>", b".x{a:b;c:url('d');[e]}|<image class=x>"),
)


def main() -> int:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    seeds = [bytes([first]) + seed for first in (0, 2, 4) for seed in pages()]
    seeds += [b"\6" + rule.replace(b"|", b"\0") for rule in STYLES]
    pieces = json.loads((ROOT / "tests" / "vectors" / "pieces.json").read_text())
    for case in pieces["pieces"][::40]:
        head = bytes([1, len(seeds) % 8, case["kind"] % 10]) + case["flags"].to_bytes(2, "big")
        seeds.append(head + bytes.fromhex(case["data"][2:]))
    car = folder / "seed.car"
    for page in (b"", b"<p>", bytes(262145)):
        write_car({"page.html": page, "report.json": b"{}"}, car)
        seeds.append(b"\3" + car.read_bytes())
    car.unlink()
    for i, seed in enumerate(seeds):
        (folder / f"seed-{i}").write_bytes(seed)
    (folder.parent / "words.dict").write_text("".join(f'"{escaped(word)}"\n' for word in WORDS))
    return 0


def pages() -> list[bytes]:
    """Examples in parts of 2 KiB, and the html of the vectors' pages."""
    texts = [path.read_bytes() for path in sorted((ROOT / "examples" / "pages").glob("*.html"))]
    return [text[at : at + 2048] for text in texts for at in range(0, min(len(text), 40_000), 4096)]


def escaped(word: str) -> str:
    return "".join(c if c.isalnum() else f"\\x{ord(c):02x}" for c in word)


if __name__ == "__main__":
    sys.exit(main())
