"""The chain as the mirror reads it: headers and logs out of a node's JSON, nothing believed that is not well formed."""

from collections.abc import Iterable
from typing import Any

from indexer.errors import NodeAnswerWrong
from indexer.log import Header, Log
from indexer.node import Call, Node
from indexer.target import Target


class Chain:
    """Reads headers and logs from one node."""

    def __init__(self, node: Node) -> None:
        self._node = node

    def other_node(self) -> bool:
        """Turns to the next node, if there is more than one."""
        self._node.turn()
        return self._node.count > 1

    def leave_node(self) -> bool:
        """Leaves the present node for good, if there is more than one."""
        others = self._node.count > 1
        self._node.leave()
        return others

    @property
    def rest_seconds(self) -> float:
        """How long the present node wants to be left alone still."""
        return self._node.rest_seconds

    @property
    def nodes(self) -> int:
        """How many nodes there are."""
        return self._node.count

    async def identity(self) -> tuple[int, bytes]:
        """Chain id and hash of the genesis block: what makes this chain this one."""
        chain_id, genesis = await self._node.batch([("eth_chainId", []), _block_call(0)])
        header = read_header(genesis)
        if header is None:
            raise NodeAnswerWrong("eth_getBlockByNumber", "no genesis block")
        return _number("eth_chainId", chain_id), header.hash

    async def latest(self) -> Header:
        """The newest block that the node has."""
        header = read_header(await self._node.call("eth_getBlockByNumber", "latest", False))
        if header is None:
            raise NodeAnswerWrong("eth_getBlockByNumber", "no latest block")
        return header

    async def tagged(self, tag: str) -> Header | None:
        """The block that the node calls by this tag, such as `finalized`."""
        return read_header(await self._node.call("eth_getBlockByNumber", tag, False))

    async def headers(self, numbers: Iterable[int]) -> dict[int, Header]:
        """The headers of these blocks; those that the node does not have are missing."""
        wanted = list(numbers)
        answers = await self._node.batch([_block_call(number) for number in wanted])
        found: dict[int, Header] = {}
        for number, answer in zip(wanted, answers, strict=True):
            header = read_header(answer)
            if header is None:
                continue
            if header.number != number:
                raise NodeAnswerWrong("eth_getBlockByNumber", f"block {header.number} instead of {number}")
            found[number] = header
        return found

    async def logs(self, target: Target, first: int, last: int) -> bytearray:
        """The node's answer about the logs of blocks first to last, as it came."""
        return await self._node.text("eth_getLogs", [_logs_call(target, first, last)])

    async def logs_between_headers(self, target: Target, first: int, last: int) -> bytearray:
        """The same, with the headers of the first block (id 0) and the last (id 2) in one batch; the logs have id 1."""
        calls = [_block_call(first), _logs_call(target, first, last), _block_call(last)]
        return await self._node.text("eth_getLogs", calls)

    async def has_logs(self, target: Target, block_hash: bytes) -> bool:
        """Whether the node knows logs of ours in this very block."""
        asked = {"address": _addresses(target), "blockHash": "0x" + block_hash.hex()}
        return bool(await self._node.call("eth_getLogs", asked | _topics(target)))


def _logs_call(target: Target, first: int, last: int) -> Call:
    asked = {"address": _addresses(target), "fromBlock": hex(first), "toBlock": hex(last)}
    return "eth_getLogs", [asked | _topics(target)]


def _addresses(target: Target) -> list[str]:
    return ["0x" + address.hex() for address in target.addresses]


def _topics(target: Target) -> dict[str, Any]:
    return {"topics": [["0x" + topic.hex() for topic in target.topics]]} if target.topics else {}


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


def _block_call(number: int) -> tuple[str, list[Any]]:
    return "eth_getBlockByNumber", [hex(number), False]


def read_header(answer: Any) -> Header | None:
    """A block out of an answer; None: the node does not have it."""
    if answer is None:
        return None
    try:
        return Header(
            number=int(answer["number"], 16),
            hash=_bytes(answer["hash"], 32),
            parent_hash=_bytes(answer["parentHash"], 32),
            time=int(answer["timestamp"], 16),
            bloom=None if answer.get("logsBloom") is None else _bytes(answer["logsBloom"], 256),
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
