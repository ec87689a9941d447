"""EIP-712 data of the house's contracts: the domain is LightDom, version 2, the chain and the contract."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from eth_account.messages import encode_typed_data
from eth_account.signers.local import LocalAccount

from services.chain.connection import Chain

_DOMAIN = {"name": "string", "version": "string", "chainId": "uint256", "verifyingContract": "address"}


def sign_typed(
    chain: Chain, account: LocalAccount, contract: str, primary: str, fields: Mapping[str, str], message: dict[str, Any]
) -> bytes:
    """65 bytes that this contract takes for the account's; `fields` are the type's, by name, in its order."""
    data = {
        "types": {"EIP712Domain": _listed(_DOMAIN), primary: _listed(fields)},
        "primaryType": primary,
        "domain": {
            "name": "LightDom",
            "version": "2",
            "chainId": chain.chain_id,
            "verifyingContract": chain[contract].address,
        },
        "message": message,
    }
    return bytes(account.sign_message(encode_typed_data(full_message=data)).signature)


def _listed(fields: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"name": name, "type": solidity} for name, solidity in fields.items()]
