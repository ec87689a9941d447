"""The arguments of `lightdom optimize`."""

from __future__ import annotations

import argparse

__all__ = ["parser_of"]

_EPILOG = """\
exit codes:
  0 done                         6 encoding unknown or wrong
  2 wrong usage                  7 the page cannot be fetched
  3 no page: empty or not HTML   8 the address is not a public one
  4 cannot be read               9 the result cannot be written
  5 too large                    24 --render, --run or --engine is not possible

Nothing is written unless all of it can be. docs/optimizer.md says what each level may change, and what counts as
looking the same.
"""


def parser_of() -> argparse.ArgumentParser:
    """All of them, with their help."""
    parser = argparse.ArgumentParser(
        prog="lightdom optimize",
        description="Make a page, or a whole site, lighter without changing how it renders.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    _page(parser.add_argument)
    _looking(parser.add_argument_group("looking whether it renders the same").add_argument)
    _site(parser.add_argument_group("whole sites").add_argument)
    return parser


def _page(add: object) -> None:
    assert callable(add)
    add(
        "source",
        metavar="IN",
        help="the page: a file, an http(s) URL, or - for standard input; or a site: a folder, a sitemap.xml (file or "
        "URL), or with --follow a URL",
    )
    add(
        "-o",
        "--output",
        metavar="OUT",
        help="where the lighter page goes; - or a pipe: standard output; a site: a folder",
    )
    add("--report", metavar="FILE.json", help="write the report there (schema: optimizer/report.schema.json)")
    add("--html", metavar="FILE.html", help="write the report as one page, with pictures where a browser is")
    add(
        "--level",
        choices=("safe", "max"),
        default="safe",
        help="safe: what scripts can see stays too; max: what people see stays (default: safe)",
    )
    add("--encoding", metavar="NAME", help="the page's encoding, if it is not what the page declares")
    add("--json", dest="as_json", action="store_true", help="print the report instead of the page")
    add("-q", "--quiet", action="store_true", help="no summary")
    add("--max-bytes", metavar="N", type=_positive_int, default=32 * 1024 * 1024, help="refuse larger pages (32 MiB)")
    add("--timeout", metavar="SECONDS", type=_positive, default=30.0, help="time that fetching may take (30)")


def _looking(add: object) -> None:
    assert callable(add)
    add(
        "--render",
        action=argparse.BooleanOptionalAction,
        default=None,
        help="look at both versions in Chromium and take out what shows (default: where a browser is installed)",
    )
    add("--run", action="store_true", help="run the page's scripts too, and count what they were seen to use as used")


def _site(add: object) -> None:
    assert callable(add)
    add("--follow", action="store_true", help="read the pages that the one at the URL links to, on the same host")
    add("--max-pages", metavar="N", type=_positive_int, default=100, help="read no more pages than this (100)")
    add("--delay", metavar="SECONDS", type=_positive, default=1.0, help="between two requests to a host (1)")
    add("--jobs", metavar="N", type=_positive_int, default=1, help="pages worked on at a time (1)")
    add("--engine", choices=("processes", "ray"), default="processes", help="what --jobs are (ray: pip install ray)")
    add("--fresh", action="store_true", help="begin anew, whatever an earlier run left in OUT")


def _positive_int(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def _positive(text: str) -> float:
    number = float(text)
    if not 0 < number < float("inf"):
        raise ValueError(text)
    return number
