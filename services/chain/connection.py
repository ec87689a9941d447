"""A connection to one chain with LightDom's contracts on it, and the one way transactions are sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from eth_account.signers.local import LocalAccount
from requests.exceptions import RequestException
from web3 import Web3
from web3.contract import Contract
from web3.exceptions import BlockNotFound, ContractCustomError, ContractLogicError, TimeExhausted, Web3RPCError
from web3.types import TxReceipt

from indexer import abi
from services.chain import figures
from services.chain.manifest import Manifest, read_manifest
from services.chain.revert import describe_revert
from services.errors import ChainUnreachable, NotDeployed, TransactionLost, TransactionRefused
from services.settings import Settings

CONTRACTS = (
    "DOMSpaceToken",
    "DomainControl",
    "OptimizationRegistry",
    "ProofOfOptimization",
    "RewardStreams",
    "VerifierStakes",
    "VirtualLandNFT",
    "WrappedEther",
)
RPC_SECONDS = 20
# Estimates are exact at one state; the state may move before the transaction is mined.
GAS_HEADROOM_PERCENT = 125


@dataclass(frozen=True, slots=True)
class Chain:
    """A chain that answers, its manifest, and web3 contracts by name."""

    web3: Web3
    manifest: Manifest
    contracts: dict[str, Contract]

    def __getitem__(self, name: str) -> Contract:
        return self.contracts[name]

    @property
    def chain_id(self) -> int:
        return self.manifest.chain_id

    def send(
        self, account: LocalAccount, call: Any, what: str, *, value_wei: int = 0, seconds: float = 60.0
    ) -> TxReceipt:
        """Signs and sends a contract call and waits for its receipt.

        `what` names the action in errors. Raises TransactionRefused with the decoded revert before anything is
        spent, TransactionLost after `seconds`.
        """
        function = str(getattr(call, "fn_name", "other"))
        try:
            receipt = self._sent(account, call, what, value_wei, seconds)
        except TransactionRefused:
            figures.transactions.labels(function, "refused").inc()
            raise
        except TransactionLost:
            figures.transactions.labels(function, "lost").inc()
            raise
        figures.transactions.labels(function, "mined").inc()
        figures.gas.labels(function).observe(receipt["gasUsed"])
        return receipt

    def _sent(self, account: LocalAccount, call: Any, what: str, value_wei: int, seconds: float) -> TxReceipt:
        try:
            sender = {"from": account.address, "value": value_wei}
            # "pending": what matters is the next block, its number and time, not the last one.
            gas = call.estimate_gas(sender, "pending") * GAS_HEADROOM_PERCENT // 100
            transaction = call.build_transaction(
                {
                    **sender,
                    "gas": gas,
                    "chainId": self.chain_id,
                    "nonce": self.web3.eth.get_transaction_count(account.address, "pending"),
                }
            )
            signed = account.sign_transaction(transaction)
            tx_hash = self.web3.eth.send_raw_transaction(signed.raw_transaction)
            receipt = self.web3.eth.wait_for_transaction_receipt(tx_hash, timeout=seconds, poll_latency=0.1)
        except (ContractCustomError, ContractLogicError) as error:
            raise TransactionRefused(what, describe_revert(error)) from error
        except TimeExhausted as error:
            raise TransactionLost(what, tx_hash.to_0x_hex(), seconds) from error
        except Web3RPCError as error:
            raise TransactionRefused(what, str(error.rpc_response or error.args[0])) from error
        except RequestException as error:
            raise ChainUnreachable(self.url) from error
        if receipt["status"] != 1:
            raise TransactionRefused(what, f"transaction {tx_hash.to_0x_hex()} reverted when it was mined")
        return receipt

    def estimate(self, sender: str, call: Any, what: str) -> int:
        """Gas that a call would use in the next block; raises TransactionRefused with the decoded revert."""
        try:
            return int(call.estimate_gas({"from": sender}, "pending"))
        except (ContractCustomError, ContractLogicError) as error:
            raise TransactionRefused(what, describe_revert(error)) from error
        except Web3RPCError as error:
            raise TransactionRefused(what, str(error.rpc_response or error.args[0])) from error
        except RequestException as error:
            raise ChainUnreachable(self.url) from error

    def view(self, call: Any, what: str) -> Any:
        """Calls a view function; a revert and a dead node get our own errors."""
        try:
            return call.call()
        except (ContractCustomError, ContractLogicError) as error:
            raise TransactionRefused(what, describe_revert(error)) from error
        except RequestException as error:
            raise ChainUnreachable(self.url) from error

    def time(self) -> int:
        """The newest block's timestamp, seconds."""
        try:
            return int(self.web3.eth.get_block("latest")["timestamp"])
        except RequestException as error:
            raise ChainUnreachable(self.url) from error

    def head(self) -> tuple[int, bytes]:
        """Number and hash of the newest block."""
        try:
            block = self.web3.eth.get_block("latest")
        except RequestException as error:
            raise ChainUnreachable(self.url) from error
        return int(block["number"]), bytes(block["hash"])

    def block_hash(self, number: int) -> bytes | None:
        """Hash of the block of that number, None where the chain is shorter."""
        try:
            return bytes(self.web3.eth.get_block(number)["hash"])
        except BlockNotFound:
            return None
        except RequestException as error:
            raise ChainUnreachable(self.url) from error

    def block_number(self) -> int:
        try:
            return int(self.web3.eth.block_number)
        except RequestException as error:
            raise ChainUnreachable(self.url) from error

    @property
    def url(self) -> str:
        return str(getattr(self.web3.provider, "endpoint_uri", "the configured node"))


def connect(settings: Settings) -> Chain:
    """A chain whose contracts are where the manifest says. Raises ChainUnreachable or NotDeployed."""
    web3 = Web3(Web3.HTTPProvider(settings.rpc_url, request_kwargs={"timeout": RPC_SECONDS}))
    try:
        chain_id = web3.eth.chain_id
        manifest = read_manifest(settings.deployments, chain_id)
        genesis = web3.eth.get_block(0)["hash"].to_0x_hex()
        if genesis != manifest.genesis_hash:
            raise NotDeployed(
                f"the manifest for chain {chain_id} is of another chain (genesis {manifest.genesis_hash})"
            )
        missing = [name for name in CONTRACTS if name not in manifest.contracts]
        if missing:
            raise NotDeployed(f"the manifest for chain {chain_id} lacks {', '.join(missing)}")
        for name in CONTRACTS:
            code = web3.eth.get_code(Web3.to_checksum_address(manifest.contracts[name].address))
            if Web3.keccak(code).to_0x_hex() != manifest.contracts[name].code_hash:
                raise NotDeployed(f"the code of {name} on chain {chain_id} is not the one in the manifest")
    except RequestException as error:
        raise ChainUnreachable(settings.rpc_url) from error
    contracts = {
        name: web3.eth.contract(Web3.to_checksum_address(manifest.contracts[name].address), abi=abi.load(name))
        for name in CONTRACTS
    }
    return Chain(web3, manifest, contracts)
