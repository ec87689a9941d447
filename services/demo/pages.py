"""The demonstration's pages: files of this repository, each with the public URL that the claim names."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

EXAMPLES = Path(__file__).parents[2] / "examples" / "pages"


@dataclass(frozen=True, slots=True)
class DemoPage:
    """A page to claim. The hosts are registered with their biomes by the development deployment."""

    name: str
    url: str

    def read(self) -> bytes:
        return (EXAMPLES / f"{self.name}.html").read_bytes()


PAGES = (
    DemoPage("shop", "https://shop.lightdom.example/trail-boots"),
    DemoPage("news", "https://news.lightdom.example/2026/harbour-bridge"),
    DemoPage("app", "https://app.lightdom.example/board"),
)
# The liar's page: a copy of the shop with a mark of its own, so that its source root is nobody else's.
LIE_URL = "https://copy.lightdom.example/trail-boots"


def lie_page() -> bytes:
    """The page that the planted lie is about."""
    return PAGES[0].read() + b"\n<!-- a copy, for a claim that lies -->\n"
