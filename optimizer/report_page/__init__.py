"""The report as one HTML page that needs nothing else: pictures, maps, tables; light and dark, mouse and keyboard."""

from __future__ import annotations

from optimizer.report_page.page import Picture, html_of
from optimizer.report_page.site_page import site_html_of

__all__ = ["Picture", "html_of", "site_html_of"]
