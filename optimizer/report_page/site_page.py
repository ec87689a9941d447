"""The report of a whole site as one page: what each page and each linked file became."""

from __future__ import annotations

from html import escape
from typing import Any

from optimizer.report_page.style import STYLE

__all__ = ["site_html_of"]


def site_html_of(told: dict[str, Any]) -> bytes:
    """From the site's JSON report (docs/optimizer.md, "Sites")."""
    before, after = told["saved"]["before"], told["saved"]["after"]
    percent = 100 * (before - after) / before if before else 0.0
    name = escape(str(told["site"]))
    counts = f"{len(told['pages'])} pages and {len(told['linked'])} linked files"
    parts = [
        f'<h1>{name}</h1><p class="big">{percent:.1f} % lighter</p>',
        f'<p class="lead">{counts}: {before:,} bytes became {after:,}.</p>',
        _table("Pages", ("page", "before", "after", "left", "looks"), [_page(page) for page in told["pages"]]),
        _table("Linked files", ("file", "before", "after", "left", ""), [_linked(each) for each in told["linked"]]),
    ]
    if told["notRead"]:
        lines = (f"<li><code>{escape(each['url'])}</code>: {escape(each['reason'])}</li>" for each in told["notRead"])
        parts.append(f"<section><h2>Not read</h2><ul>{''.join(lines)}</ul></section>")
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{name} – LightDom</title>'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<style>{STYLE}</style></head><body><main>{''.join(parts)}</main></body></html>"
    ).encode()


def _table(title: str, heads: tuple[str, ...], rows: list[str]) -> str:
    if not rows:
        return ""
    head = "".join(f'<th scope="col">{each}' for each in heads)
    return (
        f'<section><h2>{title}</h2><div class="scroll"><table><thead><tr>{head}<tbody>{"".join(rows)}</table></div>'
        "</section>"
    )


def _page(page: dict[str, Any]) -> str:
    path = f"<tr><td><code>{escape(page['path'])}</code>"
    if "report" not in page:
        return f'{path}<td colspan="4" class="words">{escape(page["error"])}'
    size, render = page["report"]["sizes"]["raw"], page["report"]["render"]
    status = escape(render["status"])
    out = f", {len(render['takenOut'])} changes left out" if render["takenOut"] else ""
    return path + _size(size["before"], size["after"]) + f'<td><span class="state {status}">{status}</span>{out}'


def _linked(each: dict[str, Any]) -> str:
    path = f"<tr><td><code>{escape(each['path'])}</code>"
    return path + _size(each["before"], each["after"]) + f'<td class="words">{escape(each["kept"])}'


def _size(before: int, after: int) -> str:
    left = 100 * after / before if before else 100.0
    return f"<td>{before:,}<td>{after:,}<td>{left:.1f} %"
