"""Writes the three example pages from their templates: `python examples/build_pages.py`. The same bytes every time."""

from __future__ import annotations

from pathlib import Path

from templates import app, news, shop

PAGES = {"app.html": app.page, "news.html": news.page, "shop.html": shop.page}


def main() -> None:
    """Writes every page and prints its size."""
    folder = Path(__file__).parent / "pages"
    folder.mkdir(exist_ok=True)
    for name, page in PAGES.items():
        data = page().encode()
        (folder / name).write_bytes(data)
        print(f"{name}: {len(data):,} bytes")


if __name__ == "__main__":
    main()
