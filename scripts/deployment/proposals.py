"""What a deployment would do and may not: files that the Safe's owners sign.

The files are what Safe's Transaction Builder imports. Nothing in them is sent by us.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scripts.deployment.administration import schedule
from scripts.deployment.contracts import Deployer


@dataclass(slots=True)
class Proposals:
    """Takes a Deployer's place where roles are wired or code is changed: it writes down what that would send."""

    deployer: Deployer
    calls: list[tuple[str, bytes]] = field(default_factory=list)

    @property
    def account(self) -> Any:
        return self.deployer.account

    @property
    def manifest(self) -> Any:
        return self.deployer.manifest

    def send(self, method: Any, *arguments: Any) -> None:
        self.calls.append((str(method.contract.address), bytes(method.encode_input(*arguments))))

    def upgrade(self, name: str, proxied: Any) -> bool:
        address = self.manifest.implementations[name].address
        if self.deployer.implementation_of(proxied.address) == address:
            return False
        self.send(proxied.upgradeToAndCall, address, b"")
        return True

    def write(self, timelock: Any, safe: str) -> tuple[Path, Path] | None:
        """Two files beside the manifest, to schedule and to execute; None if there is nothing to propose."""
        if not self.calls:
            return None
        first, second = schedule(timelock, self.calls, timelock.getMinDelay())
        path = self.manifest.path
        return (
            _write(path.with_suffix(".schedule.json"), self.manifest.chain_id, safe, timelock.address, first),
            _write(path.with_suffix(".execute.json"), self.manifest.chain_id, safe, timelock.address, second),
        )


def _write(path: Path, chain_id: int, safe: str, target: str, data: bytes) -> Path:
    document = {
        "version": "1.0",
        "chainId": str(chain_id),
        "meta": {"name": f"LightDom {path.stem.rsplit('.', 1)[-1]}", "createdFromSafeAddress": safe},
        "transactions": [{"to": target, "value": "0", "data": "0x" + data.hex()}],
    }
    path.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")
    return path
