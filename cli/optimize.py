"""`lightdom optimize`: makes a page, or a whole site, lighter, and looks whether it still renders the same.

Parsed by argparse, unlike the other verbs: typer alone takes longer to import than a page takes to optimize.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from cli.errors import exits_by_class
from cli.optimize_arguments import parser_of

__all__ = ["main", "optimize"]


def optimize() -> None:
    """Make a page or a site lighter without changing how it renders."""
    raise SystemExit(main(sys.argv[2:]))


@exits_by_class
def main(argv: Sequence[str]) -> int:
    """Runs the verb with the arguments after its name."""
    parser = parser_of()
    asked = parser.parse_args(argv)
    places = [os.path.realpath(each) for each in (asked.source, asked.output, asked.report, asked.html) if each]
    written = [os.path.realpath(each) for each in (asked.report, asked.html) if each]
    if any(places.count(each) > 1 for each in written):
        parser.error("--report and --html need places of their own, not that of the page or of each other")

    from cli.optimize_site import is_site, optimize_site

    if is_site(asked):
        if asked.output in (None, "-"):
            parser.error("a site needs a folder to write to: -o OUT")
        return optimize_site(asked)
    return _optimize_page(asked)


def _optimize_page(asked: argparse.Namespace) -> int:
    from optimizer.encoding import from_utf8
    from optimizer.output import write_all
    from optimizer.source import ReadLimits, read_source
    from optimizer.work import Looking, pictures_of, told_of, work_on

    loopback_permitted = os.environ.get("LIGHTDOM_ALLOW_PRIVATE_ADDRESSES") == "1"
    source = read_source(asked.source, ReadLimits(asked.max_bytes, asked.timeout, loopback_permitted), asked.encoding)
    with Looking(asked.render, runs_scripts=asked.run) as looking:
        done = work_on(source, level=asked.level, looking=looking)
        written = from_utf8(done.checked.result.optimized, source.encoding)
        told = told_of(source, done, written_bytes=len(written), with_packed=bool(asked.report or asked.html))
        pictures = pictures_of(source, done, looking) if asked.html else ()

    import json

    told_json = (json.dumps(told, indent=2, ensure_ascii=False) + "\n").encode()
    files = [(asked.report, told_json)] if asked.report else []
    if asked.html:
        from optimizer.report_page import html_of

        files.append((asked.html, html_of(told, source.content, done.checked.result.optimized, pictures)))
    if asked.output not in (None, "-"):
        files.append((asked.output, written))
    write_all(files)
    if asked.as_json:
        _to_stdout(told_json)
        return 0
    is_shown = asked.output == "-" or (asked.output is None and not sys.stdout.isatty())
    if is_shown:
        _to_stdout(written)
    if not asked.quiet:
        from cli.summary import print_summary

        print_summary(told)
        if asked.output is None and not is_shown:
            print("Nothing was written: name a file with -o, or - for standard output.", file=sys.stderr)
    return 0


def _to_stdout(data: bytes) -> None:
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # The reader has seen enough. Python would complain once more while closing.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
