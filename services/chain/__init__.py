"""Access to the chain for workers and the command line: contracts by name, signing accounts, transactions."""

from services.chain.account import DEVELOPMENT_CHAIN_ID, open_account
from services.chain.claim import Claim, Status
from services.chain.connection import Chain, connect
from services.chain.manifest import Deployed, Manifest, read_manifest

__all__ = [
    "DEVELOPMENT_CHAIN_ID",
    "Chain",
    "Claim",
    "Deployed",
    "Manifest",
    "Status",
    "connect",
    "open_account",
    "read_manifest",
]
