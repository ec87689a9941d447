"""`lightdom optimize`: makes one page lighter, alone and offline."""

from __future__ import annotations

import json
import os
import sys
from typing import Annotated, Any

import typer

from cli.errors import exits_by_class


@exits_by_class
def optimize(
    source: Annotated[
        str, typer.Argument(metavar="IN", help="The page: a file, an http(s) URL, or - for standard input.")
    ],
    output: Annotated[
        str,
        typer.Option("--output", "-o", metavar="OUT", help="Where the lighter page goes; - is standard output."),
    ] = "",
    report: Annotated[str, typer.Option(metavar="FILE.json", help="Write the report there.")] = "",
    level: Annotated[
        str, typer.Option(help="safe: what scripts can see stays too. max: what people see stays.")
    ] = "safe",
    encoding: Annotated[
        str, typer.Option(metavar="NAME", help="The page's encoding, if it is not what the page declares.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print the report instead of the page.")] = False,
    max_bytes: Annotated[int, typer.Option(min=1, help="Refuse larger pages.")] = 32 * 1024 * 1024,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds that fetching a URL may take.")] = 30.0,
) -> None:
    """Make a page lighter without changing how it renders.

    Exit codes: 0 done, 2 usage, 3 no page, 4 unreadable, 5 too large, 6 encoding, 7 fetch failed, 8 address not public,
    9 output unwritable.
    """
    import optimizer
    from optimizer.encoding import from_utf8
    from optimizer.output import write_all
    from optimizer.report import report as report_of
    from optimizer.source import ReadLimits, read_source

    if level not in tuple(optimizer.Level):
        raise typer.BadParameter(f"{level!r} is neither safe nor max", param_hint="--level")
    if report and os.path.realpath(report) in (os.path.realpath(source), os.path.realpath(output or ".")):
        raise typer.BadParameter("the report would overwrite the page", param_hint="--report")
    limits = ReadLimits(max_bytes, timeout, os.environ.get("LIGHTDOM_ALLOW_PRIVATE_ADDRESSES") == "1")
    page = read_source(source, limits, encoding or None)
    result = optimizer.optimize(page.content, level=level)
    written = from_utf8(result.optimized, page.encoding)
    told = report_of(page, result, written_bytes=len(written))

    told_json = (json.dumps(told, indent=2, ensure_ascii=False) + "\n").encode()
    files = [(report, told_json)] if report else []
    if output not in ("", "-"):
        files.append((output, written))
    write_all(files)
    if as_json:
        _to_stdout(told_json)
        return
    is_shown = output == "-" or (not output and not sys.stdout.isatty())
    if is_shown:
        _to_stdout(written)
    _summarize(told, output, is_shown=is_shown)


def _to_stdout(data: bytes) -> None:
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # The reader has seen enough. Python would complain once more while closing.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _summarize(told: dict[str, Any], output: str, *, is_shown: bool) -> None:
    """For people, on standard error: the page may be on standard output."""
    from cli.summary import print_summary

    print_summary(told)
    if not output and not is_shown:
        print("Nothing was written: name a file with -o, or - for standard output.", file=sys.stderr)
