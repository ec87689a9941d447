"""Where verifier nodes leave each other their signed words that a page is still served: a folder they share.

The contract wants a quorum in one call, and no node has one alone. Whoever reads enough of them sends them. A vote is
worth nothing changed, so the folder needs no trust: the contract checks every signature.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from services.supervisor.home import write_whole
from services.verifier.serving import ServedVote


@dataclass(frozen=True, slots=True)
class Board:
    """A file for each claim and verifier, replaced whole by the next word of that verifier."""

    folder: Path

    def put(self, vote: ServedVote) -> None:
        path = self.folder / vote.claim_id.hex() / f"{vote.verifier.lower()}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        told = {
            "verifier": vote.verifier,
            "servedBytes": vote.served_bytes,
            "observedAt": vote.observed_at,
            "signature": "0x" + vote.signature.hex(),
        }
        write_whole(path, json.dumps(told).encode() + b"\n")

    def votes(self, claim_id: bytes, since: int) -> list[ServedVote]:
        """Words about a claim that were given at this chain time or later, one a verifier, signers ascending."""
        found = [self._read(claim_id, path) for path in sorted((self.folder / claim_id.hex()).glob("0x*.json"))]
        return [vote for vote in found if vote is not None and vote.observed_at >= since]

    def _read(self, claim_id: bytes, path: Path) -> ServedVote | None:
        # Another node may write here whatever it likes: what is no vote is passed over.
        try:
            told = json.loads(path.read_bytes())
            signature = bytes.fromhex(told["signature"].removeprefix("0x"))
            served_bytes, observed_at = int(told["servedBytes"]), int(told["observedAt"])
            verifier = str(told["verifier"])
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None
        is_its_own = path.stem == verifier.lower()
        is_in_range = 0 <= served_bytes < 1 << 64 and 0 <= observed_at < 1 << 64
        return (
            ServedVote(claim_id, verifier, served_bytes, observed_at, signature) if is_its_own and is_in_range else None
        )
