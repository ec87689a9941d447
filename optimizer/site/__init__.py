"""Whole sites: a folder, a URL or a sitemap in; lighter pages, style sheets and scripts, a diff and a report out.

Start at optimizer.site.run; docs/optimizer.md, "Sites", says what is fetched, how politely, and what is written.
"""
