"""A throw-away chain: anvil, mining only when told to."""

import ctypes
import http.client
import json
import platform
import select
import signal
import socket
import subprocess
import time
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Any, Self

_MACHINE = {"x86_64": "amd64", "aarch64": "arm64"}[platform.machine()]
# The real program: npm's wrapper outlives a killed test run.
_ANVIL = Path(__file__).parents[2] / f"node_modules/@foundry-rs/anvil-linux-{_MACHINE}/bin/anvil"
_PR_SET_PDEATHSIG = 1


class Anvil:
    """One chain on a free port of the loopback, or on the port that it had before `restart`."""

    def __init__(self, *arguments: str) -> None:
        self._arguments = arguments
        self._port = _free_port()
        # Not an HTTP library: its client and its hundred calls a test cost more CPU than what is tested.
        self._connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self.url = f"http://127.0.0.1:{self._port}"

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        self._connection.close()

    def start(self, *more: str) -> None:
        fixed = ["--host", "127.0.0.1", "--port", str(self._port), "--quiet", "--no-mining", "--base-fee", "0"]
        gas = ["--gas-limit", "3000000000", "--disable-code-size-limit", "--accounts", "3"]
        self._process = subprocess.Popen(
            [_ANVIL, *fixed, *gas, *self._arguments, *more], stdout=subprocess.DEVNULL, preexec_fn=_end_with_parent
        )
        deadline = time.monotonic() + 20
        while True:
            try:
                self.call("eth_chainId")
                return
            except (OSError, http.client.HTTPException):
                if time.monotonic() > deadline or self._process.poll() is not None:
                    raise
                time.sleep(0.02)

    def stop(self) -> None:
        if self._process and self._process.poll() is None:
            self._process.kill()
            self._process.wait(10)

    def call(self, method: str, *parameters: Any) -> Any:
        body = {"jsonrpc": "2.0", "id": 1, "method": method, "params": parameters}
        with self._lock:
            answer = json.loads(self._post(json.dumps(body).encode()))
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']}")
        return answer["result"]

    def _post(self, body: bytes) -> bytes:
        if self._connection.sock is not None and select.select([self._connection.sock], [], [], 0)[0]:
            self._connection.close()  # nothing is asked, so what there is to read is the end of the connection
        try:
            self._connection.request("POST", "/", body, {"Content-Type": "application/json"})
            return self._connection.getresponse().read()
        except BaseException:
            self._connection.close()
            raise

    @property
    def head(self) -> int:
        return int(self.call("eth_blockNumber"), 16)

    def block_hash(self, number: int) -> bytes:
        return bytes.fromhex(self.call("eth_getBlockByNumber", hex(number), False)["hash"][2:])

    def mine(self, blocks: int = 1) -> None:
        self.call("anvil_mine", hex(blocks))

    def reorg(self, depth: int) -> None:
        """Replaces the last blocks by as many empty ones; what they held is gone."""
        self.call("anvil_reorg", depth, [])
        self.call("anvil_dropAllTransactions")

    def rollback(self, depth: int) -> None:
        """Takes the last blocks off."""
        self.call("anvil_rollback", depth)
        self.call("anvil_dropAllTransactions")

    def send(self, to: str | None, data: str, sender: int = 0, gas: int = 200_000_000) -> str:
        account = self.call("eth_accounts")[sender]
        transaction = {"from": account, "data": data, "gas": hex(gas), "gasPrice": "0x0"}
        if to is not None:
            transaction["to"] = to
        return str(self.call("eth_sendTransaction", transaction))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _end_with_parent() -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
