"""What a deployment is parametrised by, read once from the environment. See docs/contracts.md, "Deployment"."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from eth_utils.address import is_address, to_checksum_address

DEVELOPMENT_CHAIN_ID = 31337

#: Hosts of the pages in examples/, with their biomes by name. Registered on development chains only.
EXAMPLE_HOSTS = {
    "shop.lightdom.example": "COMMERCIAL",
    "news.lightdom.example": "PROFESSIONAL",
    "app.lightdom.example": "PRODUCTION",
}

#: In the order of contracts/interfaces/IOptimizationRegistry.sol.
BIOMES = (
    "DIGITAL",
    "ENTERTAINMENT",
    "COMMUNITY",
    "KNOWLEDGE",
    "SOCIAL",
    "COMMERCIAL",
    "PROFESSIONAL",
    "PRODUCTION",
)


class ParameterError(Exception):
    """A setting of the environment is missing or wrong."""


class ParameterMissing(ParameterError):
    """A setting that a public chain needs was not given: set it and run again."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name} is not set: {reason}")
        self.name = name


class ParameterWrong(ParameterError):
    """A setting does not say what it should: correct it and run again."""

    def __init__(self, name: str, value: str, expected: str) -> None:
        super().__init__(f"{name} is {value!r}, not {expected}")
        self.name = name
        self.value = value


@dataclass(frozen=True, slots=True)
class Parameters:
    """Wei are of the bond token. On a development chain the verifiers are anvil's accounts 2, 3 and 4."""

    is_development: bool
    home: Path
    minimum_window_seconds: int
    required_bits: int
    """What a vote must say to count: 1 served, 2 renders equal, 4 data available. Fixed for ever."""
    window_seconds: int
    quorum: int
    minimum_bond_wei: int
    dsh_price_wei: int
    answer_seconds: int
    """How long a claim has to answer a demand for its data."""
    minimum_stake_wei: int
    """What a verifier node stakes, in wei of the bond token."""
    unbonding_seconds: int
    """How long a stake is held after its verifier left. Fixed for ever."""
    domain_quota_wei: int
    """DSH wei that a domain without fees may earn in thirty days."""
    perspectives: int
    """Verifiers that must see a domain's owner token. Fixed for ever."""
    dissent_seconds: int
    """How long verifiers may say that they do not see it. Fixed for ever."""
    treasury: str
    verifiers: tuple[str, ...]
    bond_token: str | None
    """None: a WrappedEther of our own."""
    safe: str | None
    """The Safe that the house is handed over to; None: the deployer keeps it, on a development chain alone."""
    admin_delay_seconds: int
    """How long what the Safe decides on roles and code waits. Fixed for ever."""
    parameter_delay_seconds: int
    """How long what the holders of DSH decide waits. Fixed for ever."""
    voting_delay_seconds: int
    voting_seconds: int
    mining_window_seconds: int
    """How long a recipe's score can be challenged."""
    stable_token: str | None
    """A token that plans are paid in beside DSH; None: DSH alone."""
    stable_decimals: int
    hosts: Mapping[str, str]

    def recorded(self) -> dict[str, int | str | list[str]]:
        """As the manifest keeps them."""
        return {
            "requiredBits": self.required_bits,
            "windowSeconds": self.window_seconds,
            "quorum": self.quorum,
            "minimumBondWei": str(self.minimum_bond_wei),
            "dshPriceWei": str(self.dsh_price_wei),
            "answerSeconds": self.answer_seconds,
            "minimumStakeWei": str(self.minimum_stake_wei),
            "unbondingSeconds": self.unbonding_seconds,
            "domainQuotaWei": str(self.domain_quota_wei),
            "perspectives": self.perspectives,
            "dissentSeconds": self.dissent_seconds,
            "adminDelaySeconds": self.admin_delay_seconds,
            "parameterDelaySeconds": self.parameter_delay_seconds,
            "miningWindowSeconds": self.mining_window_seconds,
            "stableToken": self.stable_token or "",
            "treasury": self.treasury,
            "verifiers": list(self.verifiers),
        }


def read_parameters(chain_id: int, root: Path, accounts: tuple[str, ...]) -> Parameters:
    """`accounts`: anvil's, used on a development chain only. Raises ParameterError."""
    home = Path(os.environ.get("LIGHTDOM_HOME") or root / ".lightdom")
    if chain_id == DEVELOPMENT_CHAIN_ID:
        window_seconds = _integer("LIGHTDOM_WINDOW_SECONDS", 10)
        return Parameters(
            is_development=True,
            home=home,
            minimum_window_seconds=1,
            # No host serves the example pages, and their rule set proves that rendering stays the same.
            required_bits=4,
            window_seconds=window_seconds,
            # Two of three: one verifier that is down stops nobody, one that lies decides nothing.
            quorum=_integer("LIGHTDOM_QUORUM", 2),
            minimum_bond_wei=_integer("LIGHTDOM_MINIMUM_BOND_WEI", 10**16),
            dsh_price_wei=_integer("LIGHTDOM_DSH_PRICE_WEI", 10**15),
            answer_seconds=_integer("LIGHTDOM_ANSWER_SECONDS", max(1, window_seconds // 3)),
            minimum_stake_wei=_integer("LIGHTDOM_MINIMUM_STAKE_WEI", 10**17),
            unbonding_seconds=_integer("LIGHTDOM_UNBONDING_SECONDS", 60),
            domain_quota_wei=_integer("LIGHTDOM_DOMAIN_QUOTA_WEI", 10_000 * 10**18),
            # Two of the three verifiers, as for a claim.
            perspectives=_integer("LIGHTDOM_PERSPECTIVES", 2),
            dissent_seconds=_integer("LIGHTDOM_DISSENT_SECONDS", 1),
            treasury=accounts[7],
            verifiers=accounts[2:5],
            bond_token=None,
            safe=_optional_address("LIGHTDOM_SAFE"),
            admin_delay_seconds=_integer("LIGHTDOM_ADMIN_DELAY_SECONDS", 60),
            parameter_delay_seconds=_integer("LIGHTDOM_PARAMETER_DELAY_SECONDS", 60),
            voting_delay_seconds=_integer("LIGHTDOM_VOTING_DELAY_SECONDS", 1),
            voting_seconds=_integer("LIGHTDOM_VOTING_SECONDS", 60),
            mining_window_seconds=_integer("LIGHTDOM_MINING_WINDOW_SECONDS", 60),
            stable_token=_optional_address("LIGHTDOM_STABLE_TOKEN"),
            stable_decimals=_integer("LIGHTDOM_STABLE_DECIMALS", 6),
            hosts=EXAMPLE_HOSTS,
        )
    return Parameters(
        is_development=False,
        home=home,
        minimum_window_seconds=60,
        required_bits=7,
        window_seconds=_integer("LIGHTDOM_WINDOW_SECONDS", 7 * 24 * 3600),
        quorum=_integer("LIGHTDOM_QUORUM"),
        minimum_bond_wei=_integer("LIGHTDOM_MINIMUM_BOND_WEI"),
        dsh_price_wei=_integer("LIGHTDOM_DSH_PRICE_WEI"),
        # Thirteen answers, from the root of a large page to its leaf, fit into half of the default window.
        answer_seconds=_integer("LIGHTDOM_ANSWER_SECONDS", 6 * 3600),
        minimum_stake_wei=_integer("LIGHTDOM_MINIMUM_STAKE_WEI"),
        unbonding_seconds=_integer("LIGHTDOM_UNBONDING_SECONDS", 30 * 24 * 3600),
        domain_quota_wei=_integer("LIGHTDOM_DOMAIN_QUOTA_WEI"),
        perspectives=_integer("LIGHTDOM_PERSPECTIVES", 5),
        dissent_seconds=_integer("LIGHTDOM_DISSENT_SECONDS", 24 * 3600),
        treasury=_addresses("LIGHTDOM_TREASURY", "the address that gets the initial supply")[0],
        verifiers=_addresses("LIGHTDOM_VERIFIERS", "addresses of the verifier nodes, with commas"),
        bond_token=_addresses("LIGHTDOM_BOND_TOKEN", "the ERC-20 that bonds are paid in, such as the chain's WETH")[0],
        safe=_addresses("LIGHTDOM_SAFE", "the Safe, of two signatures or more, that the house is handed over to")[0],
        # Longer than a claim's window, so that whoever disagrees can end what is pending first.
        admin_delay_seconds=_integer("LIGHTDOM_ADMIN_DELAY_SECONDS", 8 * 24 * 3600),
        parameter_delay_seconds=_integer("LIGHTDOM_PARAMETER_DELAY_SECONDS", 2 * 24 * 3600),
        voting_delay_seconds=_integer("LIGHTDOM_VOTING_DELAY_SECONDS", 24 * 3600),
        voting_seconds=_integer("LIGHTDOM_VOTING_SECONDS", 7 * 24 * 3600),
        mining_window_seconds=_integer("LIGHTDOM_MINING_WINDOW_SECONDS", 3 * 24 * 3600),
        stable_token=_optional_address("LIGHTDOM_STABLE_TOKEN"),
        stable_decimals=_integer("LIGHTDOM_STABLE_DECIMALS", 6),
        hosts={},
    )


def _addresses(name: str, reason: str) -> tuple[str, ...]:
    value = os.environ.get(name, "")
    if not value:
        raise ParameterMissing(name, reason)
    addresses = tuple(part.strip() for part in value.split(","))
    for address in addresses:
        # A checksum that is there is checked; one that is not, cannot be.
        if not is_address(address):
            raise ParameterWrong(name, address, "an address")
    return tuple(str(to_checksum_address(address)) for address in addresses)


def _optional_address(name: str) -> str | None:
    return _addresses(name, "")[0] if os.environ.get(name) else None


def _integer(name: str, default: int | None = None) -> int:
    value = os.environ.get(name, "")
    if value:
        if not value.isascii() or not value.isdigit():
            raise ParameterWrong(name, value, "a whole number")
        return int(value)
    if default is None:
        raise ParameterMissing(name, "a public chain has no default for it")
    return default
