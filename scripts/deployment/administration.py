"""Who owns the house after a deployment: a Safe before a timelock, and the holders of DSH before another.

Invariant: once `hand_over` has run, no account of one key holds the admin's role or one that sets, stops or upgrades
anything. It is the last transaction of a deployment, and one transaction.
"""

from __future__ import annotations

from typing import Any

from eth_utils.address import to_checksum_address
from eth_utils.crypto import keccak

from scripts.deployment.contracts import Deployer
from scripts.deployment.parameters import Parameters
from scripts.deployment.roles import OPERATOR_ROLES, ROLES

ADMIN = 0
_NOBODY = "0x" + "00" * 20
#: Who gets a role of the deployer's when it hands over. REGISTRAR goes to nobody: hosts are registered by votes.
_HEIRS = {
    "GOVERNOR": "ParameterTimelock",
    "PAUSER": "Safe",
    "CANARY_KEEPER": "Safe",
    "METER": "Safe",
    "STEWARD": "Safe",
    "UPGRADER": "AdminTimelock",
    "SUPER_ADMIN": "Safe",
    "DISPATCHER": "Safe",
}


class SafeTooWeak(Exception):
    """LIGHTDOM_SAFE is no Safe, or one signature is enough for it: raise its threshold to two or more."""

    def __init__(self, address: str, threshold: int | None) -> None:
        found = "does not answer as a Safe does" if threshold is None else f"needs {threshold} signature"
        super().__init__(f"LIGHTDOM_SAFE {address} {found}. {self.__doc__}")
        self.address = address
        self.threshold = threshold


def is_handed_over(deployer: Deployer, authority: Any, parameters: Parameters) -> bool:
    """Whether the deploying account has given the house away already."""
    return parameters.safe is not None and not authority.hasRole(ADMIN, deployer.account.address)[0]


def deploy_administration(deployer: Deployer, token: Any, parameters: Parameters, contracts: Any) -> dict[str, Any]:
    """Two timelocks and the governor by their names; none without a Safe. Raises SafeTooWeak."""
    if parameters.safe is None:
        return {}
    threshold = deployer.number_at(parameters.safe, "getThreshold()")
    if threshold is None or threshold < 2:
        raise SafeTooWeak(parameters.safe, threshold)
    deployer.note("Safe", parameters.safe)
    safe = [parameters.safe]
    admin = deployer.ensure(
        "AdminTimelock", contracts.HouseTimelock, parameters.admin_delay_seconds, safe, safe, _NOBODY
    )
    # The governor comes after its timelock and must be told to it: until then the deployer administers it.
    timelock = deployer.ensure(
        "ParameterTimelock",
        contracts.HouseTimelock,
        parameters.parameter_delay_seconds,
        [],
        [_NOBODY],  # what was decided and has waited may be carried out by anyone
        deployer.account.address,
    )
    governor = deployer.ensure(
        "DSHGovernor",
        contracts.DSHGovernor,
        token.address,
        timelock.address,
        parameters.voting_delay_seconds,
        parameters.voting_seconds,
    )
    for role, member in (
        (timelock.PROPOSER_ROLE(), governor.address),
        (timelock.CANCELLER_ROLE(), governor.address),
        (timelock.CANCELLER_ROLE(), parameters.safe),
    ):
        if not timelock.hasRole(role, member):
            deployer.send(timelock.grantRole, role, member)
    if timelock.hasRole(timelock.DEFAULT_ADMIN_ROLE(), deployer.account.address):
        deployer.send(timelock.renounceRole, timelock.DEFAULT_ADMIN_ROLE(), deployer.account.address)
    return {"AdminTimelock": admin, "ParameterTimelock": timelock, "DSHGovernor": governor}


def hand_over(deployer: Deployer, authority: Any, administration: dict[str, Any], parameters: Parameters) -> None:
    """Gives every role of the deployer's to its heir, and the admin's last. Without a Safe it keeps them."""
    if parameters.safe is None or is_handed_over(deployer, authority, parameters):
        return
    heirs = {name: contract.address for name, contract in administration.items()} | {"Safe": parameters.safe}
    operator = deployer.account.address
    calls = [
        authority.grantRole.encode_input(ROLES[role], to_checksum_address(heirs[heir]), 0)
        for role, heir in _HEIRS.items()
    ]
    calls.append(authority.grantRole.encode_input(ADMIN, heirs["AdminTimelock"], 0))
    calls += [authority.revokeRole.encode_input(ROLES[role], operator) for role in OPERATOR_ROLES]
    calls.append(authority.revokeRole.encode_input(ADMIN, operator))
    deployer.send(authority.multicall, calls)


def schedule(timelock: Any, calls: list[tuple[str, bytes]], delay_seconds: int) -> tuple[bytes, bytes]:
    """What the Safe sends to the timelock: calldata to schedule these calls as one, and calldata to execute it."""
    targets = [target for target, _ in calls]
    payloads = [data for _, data in calls]
    salt = keccak(b"".join(bytes.fromhex(target[2:]) + data for target, data in calls))
    rest = (targets, [0] * len(calls), payloads, bytes(32), salt)
    return (
        bytes(timelock.scheduleBatch.encode_input(*rest, delay_seconds)),
        bytes(timelock.executeBatch.encode_input(*rest)),
    )
