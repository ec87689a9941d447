"""The chain as the mirror reads it: headers and logs out of a node's JSON, nothing believed that is not well formed."""

from collections.abc import Iterable, Sequence
from typing import Any

from indexer.errors import NodeAnswerWrong
from indexer.log import Header, Log
from indexer.node import Node


class Chain:
    """Reads headers and logs from one node."""

    def __init__(self, node: Node) -> None:
        self._node = node

    async def identity(self) -> tuple[int, bytes]:
        """Chain id and hash of the genesis block: what makes this chain this one."""
        chain_id, genesis = await self._node.batch([("eth_chainId", []), _block_call(0)])
        header = _header(genesis)
        if header is None:
            raise NodeAnswerWrong("eth_getBlockByNumber", "no genesis block")
        return _number("eth_chainId", chain_id), header.hash

    async def latest(self) -> Header:
        """The newest block that the node has."""
        header = _header(await self._node.call("eth_getBlockByNumber", "latest", False))
        if header is None:
            raise NodeAnswerWrong("eth_getBlockByNumber", "no latest block")
        return header

    async def headers(self, numbers: Iterable[int]) -> dict[int, Header]:
        """The headers of these blocks; those that the node does not have are missing."""
        wanted = list(numbers)
        answers = await self._node.batch([_block_call(number) for number in wanted])
        found: dict[int, Header] = {}
        for number, answer in zip(wanted, answers, strict=True):
            header = _header(answer)
            if header is None:
                continue
            if header.number != number:
                raise NodeAnswerWrong("eth_getBlockByNumber", f"block {header.number} instead of {number}")
            found[number] = header
        return found

    async def logs(self, addresses: Sequence[bytes], first: int, last: int) -> list[dict[str, Any]]:
        """The logs of these contracts in blocks first to last, as the node gave them; `log` reads one."""
        answer = await self._node.call(
            "eth_getLogs",
            {"address": ["0x" + a.hex() for a in addresses], "fromBlock": hex(first), "toBlock": hex(last)},
        )
        if not isinstance(answer, list) or not all(isinstance(entry, dict) for entry in answer):
            raise NodeAnswerWrong("eth_getLogs", "not a list of logs")
        return answer


def log(answer: dict[str, Any], times: dict[int, int]) -> Log:
    """One log out of an answer; the block's time from `times` where the node does not say it with the log."""
    try:
        number = int(answer["blockNumber"], 16)
        time = answer.get("blockTimestamp")
        found = Log(
            address=_bytes(answer["address"], 20),
            topics=tuple([_bytes(topic, 32) for topic in answer["topics"]]),
            data=bytes.fromhex(answer["data"][2:]),
            block_number=number,
            block_hash=_bytes(answer["blockHash"], 32),
            block_time=times[number] if time is None else int(time, 16),
            tx_hash=_bytes(answer["transactionHash"], 32),
            log_index=int(answer["logIndex"], 16),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise NodeAnswerWrong("eth_getLogs", f"not a log ({error!r})") from error
    if answer.get("removed"):
        raise NodeAnswerWrong("eth_getLogs", f"a log of block {number} that is marked removed")
    return found


def blocks_without_time(answers: Iterable[dict[str, Any]]) -> set[int]:
    """The blocks whose time the node does not say with their logs."""
    return {_number("eth_getLogs", a.get("blockNumber")) for a in answers if a.get("blockTimestamp") is None}


def _block_call(number: int) -> tuple[str, list[Any]]:
    return "eth_getBlockByNumber", [hex(number), False]


def _header(answer: Any) -> Header | None:
    if answer is None:
        return None
    try:
        return Header(
            number=int(answer["number"], 16),
            hash=_bytes(answer["hash"], 32),
            parent_hash=_bytes(answer["parentHash"], 32),
            time=int(answer["timestamp"], 16),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise NodeAnswerWrong("eth_getBlockByNumber", f"not a block ({error!r})") from error


def _bytes(text: str, size: int) -> bytes:
    content = bytes.fromhex(text[2:])
    if len(content) != size:
        raise ValueError(f"{len(content)} bytes instead of {size}")
    return content


def _number(method: str, text: Any) -> int:
    try:
        return int(text, 16)
    except (TypeError, ValueError) as error:
        raise NodeAnswerWrong(method, f"{text!r} is not a number") from error
