"""Proves a mapped page of a given size; tells the memory of its own (KiB) that the proof took, and the claim file.

`python tests/services/mapped_proof.py BYTES FOLDER`. Memory is anonymous memory above what the process held before:
mapped files are the system's to put aside.
"""

from __future__ import annotations

import sys
import threading
import time
from collections import deque
from mmap import ACCESS_READ, mmap
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import core_ext  # noqa: E402 - the project need not be installed
from core_ext.stream import ProofStream  # noqa: E402
from services.harvest.streamed import stream_claim_file  # noqa: E402

ROW = b"<tr class='row'>\n  <td>%d</td>\n  <td><a href=\"/item/%d\">some   words</a><!-- note --></td>\n</tr>\n"
HEAD = b"<!doctype html><title>t</title><table>\n"
TICK_SECONDS = 0.001


def own_kib() -> int:
    status = Path("/proc/self/status").read_text()
    return int(status.split("RssAnon:")[1].split()[0])


class Peak(threading.Thread):
    """The most anonymous memory while it runs, looked at each millisecond; the compiled code lets it."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.kib = self.before = own_kib()
        self._is_over = threading.Event()

    def run(self) -> None:
        while not self._is_over.wait(TICK_SECONDS):
            self.kib = max(self.kib, own_kib())

    def stop(self) -> int:
        self._is_over.set()
        self.join()
        return self.kib - self.before


def page_of(path: Path, size: int) -> bytes:
    """Writes rows up to a size; gives a rule a token, of which as many as rows are the same."""
    with path.open("wb") as file:
        file.write(HEAD)
        row = 0
        while file.tell() < size:
            file.write(b"".join(ROW % (row + i, row + i) for i in range(1000)))
            row += 1000
    head = core_ext.lex(HEAD).count
    kinds = core_ext.lex(HEAD + ROW % (1, 1)).kinds[head:]
    rules = {core_ext.TEXT: core_ext.COLLAPSE_WS, core_ext.COMMENT: core_ext.DROP_COMMENT}
    return bytes(head) + bytes(rules.get(kind, core_ext.KEEP) for kind in kinds) * row


def main() -> None:
    """Prints KiB for the proof, KiB for the claim file, CPU seconds of both, tokens."""
    size, folder = int(sys.argv[1]), Path(sys.argv[2])
    rules = page_of(folder / "page.html", size)
    took = []
    with (folder / "page.html").open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as page:
        for work in (
            lambda: deque(ProofStream(page, rules), 0),
            lambda: stream_claim_file(folder / "c.car", page, rules, {}, {"url": "https://a.example/"}, 1),
        ):
            peak = Peak()
            began = time.process_time()
            peak.start()
            work()
            took.append((peak.stop(), time.process_time() - began))
    print(*(kib for kib, _ in took), *(f"{seconds:.2f}" for _, seconds in took), len(rules))


if __name__ == "__main__":
    main()
