"""Where a follower may start again: the first block that still has a claim to look at, kept in a small file.

Only what is done for good is left out, so an old checkpoint costs time, never a claim. One of another chain is ignored.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from services.chain import Chain
from services.supervisor.home import write_whole


@dataclass(slots=True)
class Checkpoint:
    """A file for one role on one chain; it is written only when it changes."""

    path: Path
    genesis_hash: str
    written: int = -1

    @classmethod
    def of(cls, chain: Chain, folder: Path, role: str) -> Checkpoint:
        return cls(folder / f"{role}-{chain.chain_id}.json", chain.manifest.genesis_hash)

    def read(self, first_block: int) -> int:
        """The block to start at: the first one if there is no checkpoint, or none of this chain and deployment."""
        try:
            known = json.loads(self.path.read_text())
            block = int(known["nextBlock"])
        except (OSError, ValueError, KeyError, TypeError):
            return first_block
        is_ours = known.get("genesis") == self.genesis_hash and known.get("firstBlock") == first_block
        return max(first_block, block) if is_ours else first_block

    def write(self, first_block: int, next_block: int) -> None:
        """Replaces the file whole."""
        if next_block == self.written:
            return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        told = {"genesis": self.genesis_hash, "firstBlock": first_block, "nextBlock": next_block}
        write_whole(self.path, json.dumps(told).encode() + b"\n")
        self.written = next_block
