"""The short screen at the end of `make up`: where to look, whose keys these are, how to stop."""

from __future__ import annotations

from services.supervisor.chain import CHAIN_ID
from services.supervisor.home import Home, RunRecord
from services.supervisor.probe import NoAnswer, rpc

# The order of anvil's own mnemonic; scripts/deploy.py gives the first eight accounts these parts.
ROLES = (
    "deployer and admin",
    "harvester",
    "verifier",
    "verifier",
    "verifier",
    "challenger",
    "liar (plants the demo's false claim)",
    "treasury",
)


def final_screen(home: Home, record: RunRecord) -> str:
    """The screen of a run that is up, asked of the run itself."""
    chain = _chain(record.rpc_url)
    rows = [
        ("Dashboard", f"{record.api_url}/"),
        ("GraphQL", f"{record.api_url}/graphql"),
        ("Chain", f"{record.rpc_url}   {chain}"),
        ("IPFS", record.ipfs_url),
        ("Database", f"{_without_password(record.database_url)}   (whole address: {home.record})"),
    ]
    lines = ["", *(f"  {name:<10} {value}" for name, value in rows), *_accounts(record.rpc_url), ""]
    lines += [f"  Logs       {home.logs}/", "  Stop       Ctrl-C here, or `make down` from anywhere", ""]
    return "\n".join(lines)


def _chain(url: str) -> str:
    try:
        return f"chain {int(rpc(url, 'eth_chainId'), 16)}, block {int(rpc(url, 'eth_blockNumber'), 16)}"
    except NoAnswer as why:
        return f"does not answer: {why}"


def _accounts(url: str) -> list[str]:
    try:
        if int(rpc(url, "eth_chainId"), 16) != CHAIN_ID:
            return []
        addresses = rpc(url, "eth_accounts")
    except NoAnswer:
        return []
    from eth_utils.address import to_checksum_address

    lines = ["", "  Accounts   of anvil's public test mnemonic: everybody has these keys, send nothing real to them"]
    shown = map(to_checksum_address, addresses)
    return lines + [f"             {address}  {role}" for address, role in zip(shown, ROLES, strict=False)]


def _without_password(url: str) -> str:
    return f"postgresql://...@{url.rpartition('@')[2]}" if "@" in url else url
