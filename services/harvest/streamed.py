"""A claim file written stretch by stretch, so that a page of any size is proven in the same memory.

The page and the optimized page may be mapped files. Invariant: the file is byte for byte the one that
`write_claim_file` makes of the honest evidence.
"""

from __future__ import annotations

import json
import shutil
import struct
from collections.abc import Mapping
from contextlib import ExitStack
from mmap import ACCESS_READ, mmap
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

import core_ext
from core_ext.stream import ProofStream
from services.blobs import car_of_folder
from services.errors import NothingSaved

# Rules that what stands around a token may forbid.
_ON_SURROUNDINGS = bytes([core_ext.DROP_WS_TEXT, core_ext.DROP_OPTIONAL_END, core_ext.DROP_UNUSED_RULE])
_COLUMNS = ("kinds", "starts", "steps", "out_starts")
_UINT32 = struct.Struct("=I")


def stream_claim_file(
    path: Path,
    page: bytes | mmap,
    rules: bytes,
    replacements: Mapping[int, bytes],
    report: dict[str, Any],
    ruleset: int,
) -> str:
    """Proves a page and writes the evidence; adds the figures to `report` as its claim, and gives the CID.

    Raises NothingSaved, or what core_ext.trace() raises.
    """
    with TemporaryDirectory(prefix=".claim-", dir=path.parent) as temporary:
        folder = Path(temporary) / "folder"
        folder.mkdir()
        stream = ProofStream(page, rules, replacements)
        _write_parts(stream, Path(temporary), folder / "optimized.html")
        figures = _figures(stream, ruleset)
        if rules.translate(None, _ON_SURROUNDINGS) != rules:
            _require_surroundings(Path(temporary), page, folder / "optimized.html", rules)
        with (folder / "page.html").open("wb") as copy:
            copy.write(page)
        with (folder / "trace.bin").open("wb") as trace:
            trace.write(struct.pack(">4sII", b"LDT2", stream.n, stream.m))
            for name in ("tokens", "steps", "out_tokens"):
                with (Path(temporary) / name).open("rb") as part:
                    shutil.copyfileobj(part, trace)
        report["claim"] = figures
        (folder / "report.json").write_text(json.dumps(report, indent=2, sort_keys=True))
        return car_of_folder(folder, path)


def _write_parts(stream: ProofStream, folder: Path, optimized: Path) -> None:
    with ExitStack() as stack:
        names = {*_COLUMNS, "tokens", "out_tokens"}
        parts: dict[str, IO[bytes]] = {name: stack.enter_context((folder / name).open("wb")) for name in names}
        parts["optimized"] = stack.enter_context(optimized.open("wb"))
        for stretch in stream:
            for name, file in parts.items():
                file.write(getattr(stretch, name))
        # One more start each: the page's end.
        parts["starts"].write(_UINT32.pack(stream.src_bytes))
        parts["out_starts"].write(_UINT32.pack(stream.opt_bytes))


def _figures(stream: ProofStream, ruleset: int) -> dict[str, Any]:
    """By the names of docs/claim.schema.json."""
    saved = stream.src_bytes - stream.opt_bytes
    # The running total is modulo 2^32: above half of that it is less than nothing.
    attested = (stream.attested_bytes + 2**31) % 2**32 - 2**31
    if not 0 <= attested <= saved or not saved:
        raise NothingSaved(saved, attested)
    return {
        "ruleset": ruleset,
        "src": "0x" + stream.src.hex(),
        "opt": "0x" + stream.opt.hex(),
        "trace": "0x" + stream.trace.hex(),
        "srcBytes": stream.src_bytes,
        "optBytes": stream.opt_bytes,
        "attestedBytes": stream.attested_bytes,
        "n": stream.n,
        "m": stream.m,
        "depthS": stream.depth_s,
        "depthO": stream.depth_o,
    }


def _require_surroundings(folder: Path, page: bytes | mmap, optimized: Path, rules: bytes) -> None:
    """Rules 3, 5 and 7 by more than their own token, on columns that the system may put aside. Raises RuleViolation."""
    with ExitStack() as stack:
        kinds, starts, steps, out_starts = (stack.enter_context(_mapped(folder / name)) for name in _COLUMNS)
        made = stack.enter_context(_mapped(optimized))
        # Views before maps are closed: the stack does it in that order.
        begins = stack.enter_context(stack.enter_context(memoryview(starts)).cast("I"))
        out_begins = stack.enter_context(stack.enter_context(memoryview(out_starts)).cast("I"))
        for index, first, last, _, _ in core_ext.misplaced(page, kinds, begins, steps, made, out_begins)[:1]:
            raise core_ext.RuleViolation(index, rules[index], f"not between tokens {first} and {last}")
        for index, _ in core_ext.matched(page, kinds, begins, steps)[:1]:
            raise core_ext.RuleViolation(index, rules[index], "it may match an element of the page")


def _mapped(path: Path) -> mmap:
    with path.open("rb") as file:
        return mmap(file.fileno(), 0, access=ACCESS_READ)
