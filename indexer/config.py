"""A configuration file that names any contracts by address and ABI: `python -m indexer run --config FILE.toml`."""

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer.errors import SettingInvalid

PARTITION_BLOCKS = 1_000_000

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*$")


@dataclass(frozen=True, slots=True)
class Factory:
    """A contract of the same file whose event names, in this argument, the contracts that it creates."""

    contract: str
    event: str
    argument: str


@dataclass(frozen=True, slots=True)
class ConfiguredContract:
    """One contract: its events, or those of them that `events` names, from `start_block` on."""

    name: str
    address: bytes
    events: tuple[dict[str, Any], ...]
    start_block: int
    factory: Factory | None = None
    """Where its addresses come from; then it is a template and has none of its own."""


@dataclass(frozen=True, slots=True)
class Config:
    """What to mirror and where to."""

    database_url: str
    rpc_url: str
    schema: str
    contracts: tuple[ConfiguredContract, ...]
    name: str = ""
    """The chain's, where the file names several."""
    ws_url: str = ""
    partition_blocks: int = PARTITION_BLOCKS
    keeps_answers: bool = False


def read_config(path: Path, environment: Mapping[str, str], chain: str | None = None) -> Config:
    """The file's content, for its only chain or the one of this name. Raises SettingInvalid."""
    configs = read_configs(path, environment)
    found = [config for config in configs if chain in (None, config.name)]
    if len(found) != 1:
        raise SettingInvalid("--chain", f"must be one of {', '.join(config.name for config in configs)}")
    return found[0]


def read_configs(path: Path, environment: Mapping[str, str]) -> tuple[Config, ...]:
    """One for each chain in the file; what it does not say comes from the environment. Raises SettingInvalid."""
    try:
        content = tomllib.loads(path.read_text())
    except (OSError, ValueError) as error:
        raise SettingInvalid("--config", f"{path}: {error}") from error
    chains = content.pop("chains", None)
    if chains is None:
        return (_config(content, path, environment, ""),)
    configs = []
    for chain in chains:
        name = chain.get("name", "")
        if not _NAME.match(name):
            raise SettingInvalid("chains.name", f"{name!r} is not a plain name")
        if not chain.get("rpc_url"):
            raise SettingInvalid("chains.rpc_url", f"{name} has none: every chain has its own node")
        configs.append(_config({"schema": name} | content | chain, path, environment, name))
    if not configs:
        raise SettingInvalid("chains", f"{path} names none")
    for field in ("name", "schema"):
        if len({getattr(config, field) for config in configs}) < len(configs):
            raise SettingInvalid(f"chains.{field}", "two have the same")
    return tuple(configs)


def _config(content: dict[str, Any], path: Path, environment: Mapping[str, str], name: str) -> Config:
    database_url = content.get("database_url") or environment.get("LIGHTDOM_DATABASE_URL") or ""
    rpc_url = content.get("rpc_url") or environment.get("LIGHTDOM_RPC_URL") or ""
    for field, value in (("database_url", database_url), ("rpc_url", rpc_url)):
        if not value:
            raise SettingInvalid(field, f"is neither in {path} nor in the environment")
    contracts = content.get("contracts") or []
    if not contracts:
        raise SettingInvalid("contracts", f"{path} names none: it needs [[contracts]] with name, address and abi")
    schema = content.get("schema", "public")
    if not _NAME.match(schema):
        raise SettingInvalid("schema", f"{schema!r} is not a plain name")
    partition_blocks = content.get("partition_blocks", PARTITION_BLOCKS)
    if not isinstance(partition_blocks, int) or partition_blocks < 0:
        raise SettingInvalid("partition_blocks", f"{partition_blocks!r} is not a number of blocks, or 0 for none")
    found = tuple(sorted((_contract(entry, path.parent) for entry in contracts), key=lambda c: c.name))
    fixed = [contract for contract in found if contract.factory is None]
    for names, field in (([c.name for c in found], "name"), ([c.address for c in fixed], "address")):
        if len(set(names)) < len(names):
            raise SettingInvalid("contracts", f"two have the same {field}")
    for contract in found:
        _check_factory(contract, fixed)
    return Config(
        database_url,
        rpc_url,
        schema,
        found,
        name,
        str(content.get("ws_url", "")),
        partition_blocks,
        content.get("keep_answers") is True,
    )


def _contract(entry: dict[str, Any], folder: Path) -> ConfiguredContract:
    name = entry.get("name", "")
    if not _NAME.match(name):
        raise SettingInvalid("contracts.name", f"{name!r} is not a plain name")
    try:
        factory = Factory(**entry["factory"]) if "factory" in entry else None
        address = b"" if factory else bytes.fromhex(str(entry["address"]).removeprefix("0x"))
        start_block = int(entry.get("start_block", 0))
        abi = json.loads((folder / entry["abi"]).read_text())
    except (KeyError, OSError, TypeError, ValueError) as error:
        raise SettingInvalid(f"contracts.{name}", f"address, abi or start_block cannot be read ({error!r})") from error
    if len(address) != (0 if factory else 20) or start_block < 0:
        raise SettingInvalid(f"contracts.{name}", "address is not 20 bytes, or start_block is negative")
    entries = abi["abi"] if isinstance(abi, dict) else abi
    wanted = entry.get("events")
    events = tuple(
        e
        for e in entries
        if e.get("type") == "event" and not e.get("anonymous") and (wanted is None or e["name"] in wanted)
    )
    missing = set(wanted or ()) - {e["name"] for e in events}
    if missing or not events:
        raise SettingInvalid(f"contracts.{name}.events", f"{', '.join(sorted(missing)) or 'any'}: not in the ABI")
    return ConfiguredContract(name, address, events, start_block, factory)


def _check_factory(contract: ConfiguredContract, fixed: list[ConfiguredContract]) -> None:
    """Raises SettingInvalid unless the factory is a contract with an address whose event has such an argument."""
    factory = contract.factory
    if factory is None:
        return
    said = [
        argument["type"]
        for other in fixed
        if other.name == factory.contract
        for event in other.events
        if event["name"] == factory.event
        for argument in event["inputs"]
        if argument["name"] == factory.argument
    ]
    if said != ["address"]:
        raise SettingInvalid(
            f"contracts.{contract.name}.factory",
            f"{factory.contract} has no event {factory.event} with one address {factory.argument!r}",
        )
