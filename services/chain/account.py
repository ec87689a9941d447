"""Signing accounts of operators: a keystore file by role, or on the development chain the published test accounts."""

from __future__ import annotations

import json
from pathlib import Path

from eth_account import Account
from eth_account.signers.local import LocalAccount

from services.errors import KeyMissing, KeyRefused
from services.settings import Settings

DEVELOPMENT_CHAIN_ID = 31337
# Published with anvil and hardhat, known to everybody: worth nothing, and refused on any other chain.
DEVELOPMENT_MNEMONIC = "test test test test test test test test test test test junk"
DEVELOPMENT_ROLES = (
    "deployer",
    "harvester",
    "verifier_1",
    "verifier_2",
    "verifier_3",
    "challenger",
    "liar",
    "treasury",
    "answerer",
    "auditor",
)


def open_account(role: str, chain_id: int, settings: Settings) -> LocalAccount:
    """The account that signs for a role, e.g. `harvester`.

    A configured keystore wins. Raises KeyMissing where nothing is configured, KeyRefused where it does not open.
    """
    path = settings.keystores.get(role)
    if path is not None:
        return open_keystore(path, settings.passphrase_file)
    if chain_id == DEVELOPMENT_CHAIN_ID and role in DEVELOPMENT_ROLES:
        Account.enable_unaudited_hdwallet_features()
        index = DEVELOPMENT_ROLES.index(role)
        account: LocalAccount = Account.from_mnemonic(DEVELOPMENT_MNEMONIC, account_path=f"m/44'/60'/0'/0/{index}")
        return account
    raise KeyMissing(role, chain_id)


def open_keystore(path: Path, passphrase_file: Path | None) -> LocalAccount:
    """An account from an encrypted key file. Neither key nor passphrase ever appears in an error."""
    try:
        document = json.loads(path.read_text())
    except OSError as error:
        raise KeyRefused(str(path), error.strerror or "cannot be read") from error
    except ValueError as error:
        raise KeyRefused(str(path), "is not JSON") from error
    try:
        passphrase = passphrase_file.read_text().rstrip("\r\n") if passphrase_file else ""
    except OSError as error:
        raise KeyRefused(str(passphrase_file), error.strerror or "cannot be read") from error
    try:
        account: LocalAccount = Account.from_key(Account.decrypt(document, passphrase))
    except (ValueError, KeyError, TypeError, NotImplementedError):
        raise KeyRefused(str(path), "does not open with this passphrase, or is not a version 3 keystore") from None
    return account
