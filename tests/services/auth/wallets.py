"""Wallets that sign in: what a browser's wallet would put its name to."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from eth_account import Account
from eth_account.messages import encode_defunct
from eth_account.signers.local import LocalAccount

from services.auth.sign_in import Site

SITE = Site(("https://lightdom.example", "http://localhost:8420"), 31_337)


def wallet(number: int = 1) -> LocalAccount:
    made: LocalAccount = Account.from_key(number.to_bytes(32, "big"))
    return made


def message(address: str, nonce: str, now: datetime, **changed: Any) -> str:
    """A message as our own page asks a wallet to sign it, with some fields changed; None leaves a line out."""
    fields = {
        "domain": "lightdom.example",
        "statement": "Sign in to LightDom.",
        "uri": "https://lightdom.example/",
        "version": "1",
        "chain_id": "31337",
        "nonce": nonce,
        "issued_at": now.isoformat().replace("+00:00", "Z"),
        "expires_at": (now + timedelta(minutes=10)).isoformat().replace("+00:00", "Z"),
        "not_before": None,
    } | changed
    lines = [
        f"{fields['domain']} wants you to sign in with your Ethereum account:",
        address,
        "",
        *([fields["statement"]] if fields["statement"] else []),
        "",
        f"URI: {fields['uri']}",
        f"Version: {fields['version']}",
        f"Chain ID: {fields['chain_id']}",
        f"Nonce: {fields['nonce']}",
        f"Issued At: {fields['issued_at']}",
        *([f"Expiration Time: {fields['expires_at']}"] if fields["expires_at"] else []),
        *([f"Not Before: {fields['not_before']}"] if fields["not_before"] else []),
    ]
    return "\n".join(lines)


def signed(account: LocalAccount, text: str) -> bytes:
    return bytes(account.sign_message(encode_defunct(text=text)).signature)
