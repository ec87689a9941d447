"""What a verifier node has signed to be served, so that it never says of a page that it served two things at once.

Two such votes in one span of time cost the stake of the node that signed them, and a page may well change in between.
Written before a vote is sent, and whole, so that neither a crash nor a second process makes a node forget.
"""

from __future__ import annotations

import fcntl
import os
from dataclasses import dataclass
from pathlib import Path

from services.chain import Chain

# Older spans cannot come again: a vote is always about now.
_SPANS_KEPT = 1_000


@dataclass(frozen=True, slots=True)
class Journal:
    """A file of lines `page key, span, source root`, for all keys of one node on one chain."""

    path: Path
    span_seconds: int

    @classmethod
    def of(cls, chain: Chain, home: Path) -> Journal:
        """The node's journal on this chain. Raises TransactionRefused where the chain has no such rule."""
        span = chain.view(chain["VerifierStakes"].functions.BUCKET_SECONDS(), "BUCKET_SECONDS")
        return cls(home / "votes" / f"{chain.chain_id}.txt", int(span))

    def enter(self, page_key: bytes, src: bytes, observed_at: int) -> bool:
        """Whether a vote that `src` was served then may be signed; if so, it is written down first."""
        span = observed_at // self.span_seconds
        self.path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "r+") as stream:
            fcntl.flock(stream, fcntl.LOCK_EX)
            kept = [line.split() for line in stream if len(line.split()) == 3]
            kept = [words for words in kept if words[1].isdigit() and int(words[1]) > span - _SPANS_KEPT]
            signed = {words[2] for words in kept if words[:2] == [page_key.hex(), str(span)]}
            if signed:
                return signed == {src.hex()}
            kept.append([page_key.hex(), str(span), src.hex()])
            stream.seek(0)
            stream.truncate()
            stream.writelines(" ".join(words) + "\n" for words in kept)
            stream.flush()
            os.fsync(stream.fileno())
        return True
