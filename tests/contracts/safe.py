"""A real Safe on a chain: Safe's own published code, made by its own factory, and transactions that its owners sign."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from eth_abi import encode
from eth_account import Account
from eth_account.signers.local import LocalAccount
from eth_utils import keccak

_BUILD = Path(__file__).parents[2] / "node_modules/@safe-global/safe-smart-account/build/artifacts/contracts"
_ZERO = "0x" + "00" * 20

#: method, parameters -> result.
Rpc = Callable[[str, list[Any]], Any]


def deploy_safe(rpc: Rpc, sender: str, owners: Sequence[str], threshold: int) -> str:
    """The address of a new Safe of these owners. `sender` is an account that the node unlocks."""
    singleton = _create(rpc, sender, "Safe.sol/Safe.json")
    factory = _create(rpc, sender, "proxies/SafeProxyFactory.sol/SafeProxyFactory.json")
    setup = _call(
        "setup(address[],uint256,address,bytes,address,address,uint256,address)",
        [list(owners), threshold, _ZERO, b"", _ZERO, _ZERO, 0, _ZERO],
    )
    creation = _call("createProxyWithNonce(address,bytes,uint256)", [singleton, setup, 0])
    address = "0x" + str(_ask(rpc, factory, creation))[-40:]
    _send(rpc, sender, factory, creation)
    return address


def execute(rpc: Rpc, sender: str, safe: str, owners: Sequence[LocalAccount], to: str, data: bytes) -> bool:
    """One transaction of the Safe, signed by these owners; false if the Safe refused it."""
    nonce = int(_ask(rpc, safe, _call("nonce()", [])), 16)
    what = [to, 0, data, 0, 0, 0, 0, _ZERO, _ZERO]
    types = "address,uint256,bytes,uint8,uint256,uint256,uint256,address,address"
    digest = bytes.fromhex(_ask(rpc, safe, _call(f"getTransactionHash({types},uint256)", [*what, nonce]))[2:])
    # The Safe wants the signatures in the order of their signers.
    signatures = b"".join(
        bytes(Account.unsafe_sign_hash(digest, owner.key).signature)
        for owner in sorted(owners, key=lambda owner: int(owner.address, 16))
    )
    receipt = _send(rpc, sender, safe, _call(f"execTransaction({types},bytes)", [*what, signatures]))
    return int(receipt["status"], 16) == 1


def _create(rpc: Rpc, sender: str, artifact: str) -> str:
    code = json.loads((_BUILD / artifact).read_text())["bytecode"]
    return str(_send(rpc, sender, None, bytes.fromhex(code[2:]))["contractAddress"])


def _send(rpc: Rpc, sender: str, to: str | None, data: bytes) -> Any:
    # A gas limit of its own: an estimate of what reverts would raise here.
    transaction = {"from": sender, "data": "0x" + data.hex(), "gas": hex(8_000_000)}
    digest = rpc("eth_sendTransaction", [transaction | ({"to": to} if to else {})])
    # The node answers before it has mined.
    for _ in range(200):
        receipt = rpc("eth_getTransactionReceipt", [digest])
        if receipt is not None:
            return receipt
        time.sleep(0.1)
    raise AssertionError(f"the chain never mined {digest}")


def _ask(rpc: Rpc, to: str, data: bytes) -> str:
    return str(rpc("eth_call", [{"to": to, "data": "0x" + data.hex()}, "latest"]))


def _call(signature: str, arguments: list[Any]) -> bytes:
    types = signature[signature.index("(") + 1 : -1]
    return keccak(text=signature)[:4] + encode(types.split(",") if types else [], arguments)
