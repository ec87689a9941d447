"""`lightdom optimize`: makes one page lighter, alone and offline.

Parsed by argparse, unlike the other verbs: typer alone takes longer to import than a page takes to optimize.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from cli.errors import exits_by_class

__all__ = ["main", "optimize"]

_EPILOG = """\
exit codes:
  0 done                         5 too large
  2 wrong usage                  6 encoding unknown or wrong
  3 no page: empty or not HTML   7 the page cannot be fetched
  4 cannot be read               8 the address is not a public one
                                 9 the result cannot be written

Nothing is written unless all of it can be. docs/optimizer.md says what each level may change.
"""


def optimize() -> None:
    """Make a page lighter without changing how it renders."""
    raise SystemExit(main(sys.argv[2:]))


@exits_by_class
def main(argv: Sequence[str]) -> int:
    """Runs the verb with the arguments after its name."""
    parser = _parser()
    asked = parser.parse_args(argv)
    if asked.report and os.path.realpath(asked.report) in map(os.path.realpath, (asked.source, asked.output or ".")):
        parser.error("--report would overwrite the page")

    import optimizer
    from optimizer.encoding import from_utf8
    from optimizer.output import write_all
    from optimizer.report import report_of
    from optimizer.source import ReadLimits, read_source

    loopback_permitted = os.environ.get("LIGHTDOM_ALLOW_PRIVATE_ADDRESSES") == "1"
    page = read_source(asked.source, ReadLimits(asked.max_bytes, asked.timeout, loopback_permitted), asked.encoding)
    result = optimizer.optimize(page.content, level=asked.level)
    written = from_utf8(result.optimized, page.encoding)

    import json

    told = report_of(page, result, written_bytes=len(written))
    told_json = (json.dumps(told, indent=2, ensure_ascii=False) + "\n").encode()
    files = [(asked.report, told_json)] if asked.report else []
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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="lightdom optimize",
        description="Make a page lighter without changing how it renders.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    add = parser.add_argument
    add("source", metavar="IN", help="the page: a file, an http(s) URL, or - for standard input")
    add("-o", "--output", metavar="OUT", help="where the lighter page goes; - or a pipe: standard output")
    add("--report", metavar="FILE.json", help="write the report there (schema: optimizer/report.schema.json)")
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
    return parser


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


def _to_stdout(data: bytes) -> None:
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # The reader has seen enough. Python would complain once more while closing.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
