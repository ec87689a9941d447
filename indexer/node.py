"""A small JSON-RPC client: one node, batches, answers of bounded size, and errors that say whether to try again."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

import orjson

from indexer import metrics
from indexer.errors import AnswerTooLarge, NodeAnswerWrong, NodeBusy, NodeUnreachable, Retryable
from indexer.wire import Wire, WireError, WireTooLarge

Call = tuple[str, list[Any]]

TIMEOUT_SECONDS = 30.0
_BATCH = 100  # calls; common providers refuse more than that
_TOO_MANY_REQUESTS = 429
_LONGEST_REST_SECONDS = 60.0  # a node that asks for more is asked again after this
_OK = 200
_ENTITY_TOO_LARGE = 413

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


@dataclass(slots=True)
class _Endpoint:
    """One node, and until when it asked to be left alone (Retry-After), on the monotonic clock."""

    name: str
    wire: Wire
    rests_until: float = 0.0


class Node:
    """Speaks to one node at a time, of those at the URLs given with commas between; use it as an async context."""

    def __init__(self, urls: str, answer_bytes: int, timeout_seconds: float = TIMEOUT_SECONDS) -> None:
        self._timeout_seconds = timeout_seconds
        self._nodes = [_Endpoint(_public(url), Wire(url, answer_bytes)) for url in urls.split(",")]

    @property
    def name(self) -> str:
        """The URL without user, path and query: providers put keys there, and this goes to the logs."""
        return self._nodes[0].name

    @property
    def count(self) -> int:
        """How many nodes there are to choose from."""
        return len(self._nodes)

    @property
    def rest_seconds(self) -> float:
        """How long the present node wants to be left alone still; more than 0 only if all the others do too."""
        return max(0.0, self._nodes[0].rests_until - time.monotonic())

    def turn(self) -> None:
        """Leaves the present node for the next one that is not at rest, and comes back to it after all others."""
        self._nodes.append(self._nodes.pop(0))
        for _ in range(len(self._nodes) - 1):
            if self.rest_seconds:
                self._nodes.append(self._nodes.pop(0))
        if self.rest_seconds:  # all are: the one that is first to be asked again
            self._nodes.sort(key=lambda node: node.rests_until)

    def leave(self) -> None:
        """Leaves the present node for good: it serves another chain."""
        if len(self._nodes) > 1:
            self._nodes.pop(0).wire.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for node in self._nodes:
            node.wire.close()

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

    async def text(self, method: str, calls: Sequence[Call]) -> bytearray:
        """The node's whole answer to one call, or to several at once, as it came; ids count from 0."""
        body: Any = [
            {"jsonrpc": "2.0", "id": number, "method": name, "params": parameters}
            for number, (name, parameters) in enumerate(calls)
        ]
        return await self._text(method, body[0] if len(calls) == 1 else body)

    async def _post(self, method: str, body: Any) -> Any:
        try:
            return orjson.loads(await self._text(method, body))
        except orjson.JSONDecodeError as error:
            raise NodeAnswerWrong(method, "the answer is not JSON") from error

    async def _text(self, method: str, body: Any) -> bytearray:
        started = time.monotonic()
        outcome = "error"
        node = self._nodes[0]
        try:
            answer = await node.wire.post(orjson.dumps(body), self._timeout_seconds)
            outcome = str(answer.status)
        except TimeoutError as error:
            raise AnswerTooLarge(method, f"no answer within {self._timeout_seconds:g} s") from error
        except WireTooLarge as error:
            raise AnswerTooLarge(method, str(error)) from error
        except WireError as error:
            raise NodeUnreachable(node.name, str(error)) from error
        finally:
            metrics.rpc(method, outcome, time.monotonic() - started)
        if answer.status == _ENTITY_TOO_LARGE:
            raise AnswerTooLarge(method, "HTTP status 413")
        if answer.status != _OK:
            rest = min(answer.retry_after or 0, _LONGEST_REST_SECONDS)
            node.rests_until = time.monotonic() + rest
            raise NodeBusy(node.name, answer.status, rest)
        return answer.body


def _public(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.hostname}:{parts.port or (443 if parts.scheme == 'https' else 80)}"


def refusal(method: str, text: bytes) -> Retryable:
    """What the error in an answer means, given as its JSON text."""
    try:
        _result(method, {"error": orjson.loads(text)})
    except Retryable as error:
        return error
    except orjson.JSONDecodeError:
        pass
    return NodeAnswerWrong(method, "an error that is not JSON")


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
        raise NodeBusy(method, _TOO_MANY_REQUESTS)
    if error.get("code") == _LIMIT_EXCEEDED or any(sign in lowered for sign in _TOO_LARGE):
        raise AnswerTooLarge(method, message)
    raise NodeAnswerWrong(method, message)
