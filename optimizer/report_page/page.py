"""Writes the page: what was saved, whether it looks the same, where the bytes were, what each pass did and left."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from optimizer.report_page.census import CATEGORIES, census
from optimizer.report_page.style import SCRIPT, STYLE
from optimizer.report_page.treemap import squarify

__all__ = ["Picture", "html_of"]

_MAP_WIDTH, _MAP_HEIGHT = 1000, 300
# One hue each, light enough for dark letters on it in both schemes.
_COLOURS = dict(
    zip(
        CATEGORIES,
        [
            *("#7cc7a3", "#a9dcc5", "#f2c166", "#f5dca8", "#c3a6e8", "#dcc8f2", "#8db8ec"),
            *("#b5d0f3", "#9ad6d9", "#c3e7e8", "#e9a39b", "#d8dcc9", "#c9cfcb", "#e0c9b8"),
        ],
        strict=True,
    )
)
_STATES = {
    "same": "renders the same",
    "unjudged": "not judged: the page differs from itself",
    "off": "the render check was turned off",
    "unavailable": "no render check",
    "differs": "differs",
}


@dataclass(frozen=True, slots=True)
class Picture:
    """The page at one width, before and after: JPEG, cut off at the same height."""

    width: int
    before: bytes
    after: bytes


def html_of(told: dict[str, Any], before: bytes, after: bytes, pictures: Sequence[Picture] = ()) -> bytes:
    """The report as a page, from its JSON (report.schema.json) and both versions in UTF-8."""
    parts = [
        _head(told),
        _sizes(told),
        _pictures(pictures),
        _maps(census(before), census(after)),
        _passes(told),
        _refused(told),
    ]
    name = escape(str(told["input"]["name"]))
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{name} – LightDom</title>'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<style>{STYLE}</style></head><body><main>{''.join(parts)}"
        f"<footer>Recipe <code>{escape(str(told['recipe']['id']))}</code>, level {escape(str(told['level']))}.</footer>"
        f"</main><script>{SCRIPT}</script></body></html>"
    ).encode()


def _head(told: dict[str, Any]) -> str:
    raw, saved = told["sizes"]["raw"], told["saved"]
    render = told.get("render", {"status": "off"})
    status = str(render["status"])
    words = _STATES.get(status, status)
    detail = f" {escape(str(render['reason']))}." if render.get("reason") else ""
    return (
        f"<h1>{escape(str(told['input']['name']))}</h1>"
        f'<p class="big">{saved["percent"]:.1f} % lighter</p>'
        f'<p class="lead">{raw["before"]:,} bytes became {raw["after"]:,}. {saved["provenBytes"]:,} of the saved bytes '
        f"can be proven on chain, {saved['attestedBytes']:,} rest on those who render both pages.</p>"
        f'<p><span class="state {escape(status)}">{escape(words)}</span>{detail}</p>'
    )


def _sizes(told: dict[str, Any]) -> str:
    rows = []
    for key, name in (("raw", "plain"), ("gzip", "gzip"), ("brotli", "brotli")):
        size = told["sizes"][key]
        if "unavailable" in size:
            rows.append(f'<tr><td>{name}<td colspan="3" class="words">{escape(str(size["unavailable"]))}')
            continue
        left = 100 * size["after"] / size["before"] if size["before"] else 100
        rows.append(f"<tr><td>{name}<td>{size['before']:,}<td>{size['after']:,}<td>{left:.1f} %")
    if nodes := told.get("nodes"):
        left = 100 * nodes["after"] / nodes["before"] if nodes["before"] else 100
        rows.append(f"<tr><td>nodes<td>{nodes['before']:,}<td>{nodes['after']:,}<td>{left:.1f} %")
    return (
        '<section><h2>Size</h2><div class="scroll"><table><thead><tr><th scope="col">bytes<th scope="col">before'
        f'<th scope="col">after<th scope="col">left<tbody>{"".join(rows)}</table></div></section>'
    )


def _pictures(pictures: Sequence[Picture]) -> str:
    if not pictures:
        return ""
    figures = []
    for picture in pictures:
        first, second = _image("before", picture.width, picture.before), _image("after", picture.width, picture.after)
        narrow = " narrow" if picture.width < 600 else ""
        figures.append(
            f'<figure class="slider{narrow}"><figcaption>{picture.width} px wide: before on the left, after on the '
            'right</figcaption><label class="control"><span>before</span>'
            '<input type="range" min="0" max="100" value="50" '
            f'aria-label="How much of the picture before, from the left, at {picture.width} pixels"><span>after</span>'
            f'</label><div class="frame" tabindex="0" role="group" aria-label="Pictures at {picture.width} pixels">'
            f'<div>{second}<div class="over">{first}</div><div class="edge"></div></div></div></figure>'
        )
    return f"<section><h2>Before and after</h2>{''.join(figures)}</section>"


def _image(word: str, width: int, jpeg: bytes) -> str:
    data = base64.b64encode(jpeg).decode()
    return f'<img alt="{word} at {width} pixels" src="data:image/jpeg;base64,{data}">'


def _maps(before: dict[str, int], after: dict[str, int]) -> str:
    whole, rest = sum(before.values()), sum(after.values())
    share = rest / whole if whole else 1.0
    rows = "".join(
        f'<tr><td><span class="key" style="background:{_COLOURS[key]}"></span>{CATEGORIES[key]}'
        f"<td>{before[key]:,}<td>{after[key]:,}<td>{before[key] - after[key]:,}"
        for key in sorted(CATEGORIES, key=lambda key: -before[key])
        if before[key] or after[key]
    )
    return (
        "<section><h2>Where the bytes are</h2><figure><figcaption>Before</figcaption>"
        f"{_map(before, 1.0)}</figure><figure><figcaption>After, at the same scale</figcaption>{_map(after, share)}"
        '</figure><div class="scroll"><table><thead><tr><th scope="col">bytes<th scope="col">before'
        f'<th scope="col">after<th scope="col">saved<tbody>{rows}</table></div></section>'
    )


def _map(figures: dict[str, int], share: float) -> str:
    """An SVG; the table below it says the same in words."""
    drawn = []
    for tile in squarify(list(figures.items()), _MAP_WIDTH * share, _MAP_HEIGHT):
        name = CATEGORIES[tile.key]
        label = f"{name}: {figures[tile.key]:,} bytes"
        drawn.append(
            f'<g><title>{label}</title><rect x="{tile.x:.1f}" y="{tile.y:.1f}" width="{tile.width:.1f}" '
            f'height="{tile.height:.1f}" fill="{_COLOURS[tile.key]}"/>'
        )
        short = name.partition(" (")[0]
        if tile.width > 8 * len(short) + 12 and tile.height > 24:
            drawn.append(f'<text x="{tile.x + 8:.1f}" y="{tile.y + 19:.1f}">{short}</text>')
        drawn.append("</g>")
    return f'<svg viewBox="0 0 {_MAP_WIDTH} {_MAP_HEIGHT}" aria-hidden="true">{"".join(drawn)}</svg>'


def _passes(told: dict[str, Any]) -> str:
    has_packed = any("packed" in each for each in told["passes"])
    rows = []
    for each in sorted(told["passes"], key=lambda one: -one["savedBytes"]):
        packed = each.get("packed", {})
        cells = "".join(f"<td>{packed[key]:,}" if key in packed else "<td>–" for key in ("gzip", "brotli"))
        rows.append(
            f"<tr><td><code>{escape(each['name'])}</code><td>{escape(each['standing'])}<td>{each['tokens']:,}"
            f"<td>{each['savedBytes']:,}{cells if has_packed else ''}"
        )
    packed_head = '<th scope="col">gzip<th scope="col">brotli' if has_packed else ""
    note = (
        '<p class="lead">Packed: by how much the packed page would grow without this pass alone.</p>'
        if has_packed
        else ""
    )
    return (
        f'<section><h2>What each pass saved</h2>{note}<div class="scroll"><table><thead><tr><th scope="col">pass'
        f'<th scope="col">standing<th scope="col">places<th scope="col">bytes{packed_head}<tbody>{"".join(rows)}'
        "</table></div></section>"
    )


def _refused(told: dict[str, Any]) -> str:
    kept = [
        f"<tr><td><code>{escape(each['name'])}</code><td>{kept['tokens']:,}"
        f'<td class="words">{escape(str(kept["reason"]).replace("_", " "))}'
        for each in told["passes"]
        for kept in each["kept"]
    ]
    render = told.get("render", {})
    taken = [f"<li><code>{escape(str(group))}</code></li>" for group in render.get("takenOut", ())]
    apart = [
        f"<li>{escape(each['state'])}, {escape(each['kind'])}: {escape(each['detail'])}</li>"
        for each in (*render.get("differences", ()), *render.get("unstable", ()))
    ]
    notes = [f"<li>{escape(each['text'])}</li>" for each in told["notes"]]
    parts = []
    if taken:
        parts.append(f"<h2>Taken out, because the page looked different with it</h2><ul>{''.join(taken)}</ul>")
    if apart:
        parts.append(f"<h2>What the render check saw</h2><ul>{''.join(apart)}</ul>")
    if kept:
        head = '<th scope="col">pass<th scope="col">places<th scope="col" style="text-align:left">why'
        parts.append(
            f'<h2>Left alone, and why</h2><div class="scroll"><table><thead><tr>{head}<tbody>'
            f"{''.join(kept)}</table></div>"
        )
    if notes:
        parts.append(f"<h2>Notes</h2><ul>{''.join(notes)}</ul>")
    return "".join(f"<section>{part}</section>" for part in parts)
