"""Read-only calls to a chain from asynchronous code: one HTTP request each, and no library's weight at start-up."""

from __future__ import annotations

import httpx
import orjson

from services.errors import ChainUnreachable

# A call runs whatever code the caller's data leads to; this is what one may cost the node.
MOST_GAS = 10_000_000
_SECONDS = 10.0


class Calls:
    """A JSON-RPC node that is asked, never told."""

    def __init__(self, rpc_url: str) -> None:
        self._url = rpc_url
        self._client = httpx.AsyncClient(timeout=_SECONDS, trust_env=False)

    async def create(self, code: bytes) -> bytes | None:
        """What creation code returns at the head of the chain; None if it reverts. Raises ChainUnreachable."""
        request = {"data": "0x" + code.hex(), "gas": hex(MOST_GAS)}
        body = {"jsonrpc": "2.0", "id": 1, "method": "eth_call", "params": [request, "latest"]}
        try:
            answer = await self._client.post(self._url, json=body)
            content = orjson.loads(answer.content)
        except (httpx.HTTPError, orjson.JSONDecodeError):
            raise ChainUnreachable(self._url) from None
        if not isinstance(content, dict) or not {"result", "error"} & content.keys():
            raise ChainUnreachable(self._url)
        result = content.get("result")
        return bytes.fromhex(result[2:]) if isinstance(result, str) else None

    async def close(self) -> None:
        """Lets the connections go."""
        await self._client.aclose()
