"""A node with a chain of any length, made as it is asked for: what no test chain can hold in memory.

    python bench/endless_chain/node.py BLOCKS LOGS_PER_BLOCK      prints its port

Every block has the same transfers at its own place, and names the block before it as its parent. It is for the
benchmark of memory and of speed at ten million events only: it answers what a backfill asks and nothing else.
"""

import asyncio
import hashlib
import sys

import orjson

ADDRESS = "0x" + "5f" * 20
_TOPIC = "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef"
_PLACE, _HASH, _TIME = b"@NUMBER@", b"@HASH@", b"@TIME@"


def main() -> None:
    asyncio.run(_serve(int(sys.argv[1]), int(sys.argv[2])))


async def _serve(blocks: int, logs: int) -> None:
    chain = Chain(blocks, logs)
    server = await asyncio.start_server(chain.answer, "127.0.0.1", 0, limit=1 << 20)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    async with server:
        await server.serve_forever()


class Chain:
    """Blocks 0 to `head`, with so many transfers in each but the first."""

    def __init__(self, head: int, logs: int) -> None:
        self._head = head
        self._logs = b",".join(_log(number, logs) for number in range(logs))

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                size = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
                asked = orjson.loads(await reader.readexactly(size))
                if isinstance(asked, list):
                    body = b"[" + b",".join(self._reply(call) for call in asked) + b"]"
                else:
                    body = self._reply(asked)
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body))
                writer.write(body)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    def _reply(self, call: dict[str, object]) -> bytes:
        return b'{"jsonrpc":"2.0","id":%d,"result":%s}' % (call["id"], self._result(call["method"], call["params"]))

    def _result(self, method: object, parameters: object) -> bytes:
        assert isinstance(parameters, list)
        match method:
            case "eth_chainId":
                return b'"0x7a69"'
            case "eth_getBlockByNumber":
                asked = parameters[0]
                return self._header(self._head if asked in ("latest", "finalized") else int(asked, 16))
            case "eth_getLogs":
                first, last = (int(parameters[0][name], 16) for name in ("fromBlock", "toBlock"))
                return b"[" + b",".join(self._block(n) for n in range(max(1, first), last + 1)) + b"]"
        return b"null"

    def _block(self, number: int) -> bytes:
        found = self._logs.replace(_PLACE, b"0x%x" % number).replace(_HASH, _hash(number))
        return found.replace(_TIME, b"0x%x" % _time(number))

    def _header(self, number: int) -> bytes:
        fields = (number, _hash(number), _hash(number - 1), _time(number))
        return b'{"number":"0x%x","hash":"%s","parentHash":"%s","timestamp":"0x%x"}' % fields


def _time(number: int) -> int:
    return 1_700_000_000 + number


def _hash(number: int) -> bytes:
    if number < 0:
        return b"0x" + b"00" * 32
    return b"0x" + hashlib.blake2b(number.to_bytes(8), digest_size=32).hexdigest().encode()


def _log(number: int, logs: int) -> bytes:
    words = [hashlib.blake2b(number.to_bytes(8) + logs.to_bytes(8) + bytes([n])).hexdigest() for n in range(2)]
    accounts = [f"0x{words[0][start : start + 40]:0>64}" for start in (0, 40)]
    return (
        f'{{"address":"{ADDRESS}","topics":["{_TOPIC}","{accounts[0]}","{accounts[1]}"],"data":"0x{words[1][:64]}",'
        f'"blockHash":"{_HASH.decode()}","blockNumber":"{_PLACE.decode()}","blockTimestamp":"{_TIME.decode()}",'
        f'"transactionHash":"0x{words[1][64:]}","transactionIndex":"0x0","logIndex":"{number:#x}","removed":false}}'
    ).encode()


if __name__ == "__main__":
    main()
