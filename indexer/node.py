"""A small JSON-RPC client: one node, batches, answers of bounded size, and errors that say whether to try again."""

from collections.abc import Sequence
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

import httpx
import orjson

from indexer.errors import AnswerTooLarge, NodeAnswerWrong, NodeBusy, NodeUnreachable

Call = tuple[str, list[Any]]

_TIMEOUT = httpx.Timeout(30, connect=5)
_BATCH = 100  # calls; common providers refuse more than that
_LOOPBACK = ("127.0.0.1", "localhost", "::1")

# How providers say that a range of blocks holds too much; in lower case.
_TOO_LARGE = (
    "block range",
    "more than",
    "too large",
    "too many",
    "response size",
    "result size",
    "exceeds",
    "timed out",
)
_BUSY = ("rate limit", "too many requests", "capacity")
_LIMIT_EXCEEDED = -32005


class Node:
    """Speaks to the node at one URL; close it, or use it as an async context."""

    def __init__(self, url: str, answer_bytes: int) -> None:
        parts = urlsplit(url)
        self._url = url
        self.name = f"{parts.scheme}://{parts.hostname}:{parts.port or (443 if parts.scheme == 'https' else 80)}"
        """The URL without user, path and query: providers put keys there, and this goes to the logs."""
        self._answer_bytes = answer_bytes
        # A proxy from the environment has no business between us and a node on this machine.
        self._client = httpx.AsyncClient(timeout=_TIMEOUT, trust_env=parts.hostname not in _LOOPBACK)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.aclose()

    async def call(self, method: str, *parameters: Any) -> Any:
        """The result of one call."""
        answer = await self._post(method, {"jsonrpc": "2.0", "id": 0, "method": method, "params": parameters})
        return _result(method, answer)

    async def batch(self, calls: Sequence[Call]) -> list[Any]:
        """The results of several calls, in their order; a long list goes in several requests."""
        results: list[Any] = []
        for start in range(0, len(calls), _BATCH):
            results += await self._one_batch(calls[start : start + _BATCH])
        return results

    async def _one_batch(self, calls: Sequence[Call]) -> list[Any]:
        body = [
            {"jsonrpc": "2.0", "id": number, "method": method, "params": parameters}
            for number, (method, parameters) in enumerate(calls)
        ]
        answers = await self._post(calls[0][0], body)
        if not isinstance(answers, list):
            # A node that refuses the batch as a whole answers with one object.
            _result(calls[0][0], answers)
            raise NodeAnswerWrong(calls[0][0], "one answer to a batch")
        by_id = {answer.get("id"): answer for answer in answers if isinstance(answer, dict)}
        return [_result(method, by_id.get(number)) for number, (method, _) in enumerate(calls)]

    async def _post(self, method: str, body: Any) -> Any:
        try:
            async with self._client.stream(
                "POST", self._url, content=orjson.dumps(body), headers={"Content-Type": "application/json"}
            ) as response:
                if response.status_code == httpx.codes.REQUEST_ENTITY_TOO_LARGE:
                    raise AnswerTooLarge(method, "HTTP status 413")
                if response.status_code >= httpx.codes.BAD_REQUEST:
                    raise NodeBusy(self.name, response.status_code)
                content = await self._bounded(method, response)
        except httpx.ReadTimeout as error:
            raise AnswerTooLarge(method, f"no answer within {_TIMEOUT.read} s") from error
        except httpx.HTTPError as error:
            raise NodeUnreachable(self.name, str(error) or type(error).__name__) from error
        try:
            return orjson.loads(content)
        except orjson.JSONDecodeError as error:
            raise NodeAnswerWrong(method, "the answer is not JSON") from error

    async def _bounded(self, method: str, response: httpx.Response) -> bytearray:
        content = bytearray()
        async for chunk in response.aiter_bytes():
            content += chunk
            if len(content) > self._answer_bytes:
                raise AnswerTooLarge(method, f"an answer of more than {self._answer_bytes} bytes")
        return content


def _result(method: str, answer: Any) -> Any:
    if not isinstance(answer, dict):
        raise NodeAnswerWrong(method, "no answer in the batch")
    if "error" not in answer:
        if "result" not in answer:
            raise NodeAnswerWrong(method, "neither a result nor an error")
        return answer["result"]
    error = answer["error"] if isinstance(answer["error"], dict) else {}
    message = str(error.get("message", answer["error"]))
    lowered = message.lower()
    if any(sign in lowered for sign in _BUSY):
        raise NodeBusy(method, httpx.codes.TOO_MANY_REQUESTS)
    if error.get("code") == _LIMIT_EXCEEDED or any(sign in lowered for sign in _TOO_LARGE):
        raise AnswerTooLarge(method, message)
    raise NodeAnswerWrong(method, message)
