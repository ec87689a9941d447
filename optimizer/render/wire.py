"""The Chrome DevTools Protocol over a pipe: one browser process, commands, events, and an end to both.

Every wait has a deadline, and while it waits the process's memory is watched; a browser that hangs, grows or dies is
killed and raises. The browser ends when the pipe closes, so a killed LightDom leaves none behind.

Not Playwright's library: it brings a second Node and 160 MB, waits for some commands without a limit, and what is
needed of it here is this file.
"""

from __future__ import annotations

import fcntl
import json
import os
import select
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from optimizer.errors import BrowserFailedError, RenderTimedOutError
from optimizer.render.locate import isolation

__all__ = ["Wire"]

Handler = Callable[[str, dict[str, Any]], None]

MAX_RESIDENT_BYTES = 3 * 1024**3
_WATCH_SECONDS = 1.0
_FLAGS = (
    "--headless=new",
    "--remote-debugging-pipe",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--disable-breakpad",
    "--disable-dev-shm-usage",
    "--disable-popup-blocking",
    "--mute-audio",
    "--password-store=basic",
    "--use-mock-keychain",
    # No network, whatever the page asks for: no name resolves and the proxy is not there.
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-server=http://127.0.0.1:9",
    "--proxy-bypass-list=<-loopback>",
    # One process a page: nothing here is worth protecting from another site's frame.
    "--disable-features=IsolateOrigins,site-per-process,Translate,OptimizationHints,MediaRouter,DialMediaRouteProvider",
    "--disable-site-isolation-trials",
    # The same pixels every time.
    "--hide-scrollbars",
    "--force-device-scale-factor=1",
    "--font-render-hinting=none",
    "--disable-lcd-text",
    "--disable-partial-raster",
    "--disable-skia-runtime-opts",
    "--force-color-profile=srgb",
    "--js-flags=--max-old-space-size=1024",
)


class Wire:
    """A running browser and the pipe to it."""

    def __init__(self, executable: str) -> None:
        self._profile = Path(tempfile.mkdtemp(prefix="lightdom-render-"))
        self._handlers: dict[str, Handler] = {}
        self._answers: dict[int, dict[str, Any]] = {}
        self._number = 0
        self._buffer = bytearray()
        self._deadline = float("inf")
        self._seconds = 0.0
        self._pid: int | None = None
        self._from, self._to = self._start(executable)

    def _start(self, executable: str) -> tuple[int, int]:
        """The ends of two pipes; the browser has the others as its descriptors 3 and 4."""
        ends = [_high(end) for end in (*os.pipe(), *os.pipe())]
        commands_out, commands_in, answers_out, answers_in = ends
        flags = [*_FLAGS, f"--user-data-dir={self._profile}"]
        if os.geteuid() == 0:
            flags.append("--no-sandbox")  # Chromium's own sandbox refuses to start as root
        argv = [*isolation(), executable, *flags, "about:blank"]
        actions: list[Any] = [
            (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
            (os.POSIX_SPAWN_OPEN, 2, str(self._profile / "log"), os.O_WRONLY | os.O_CREAT, 0o600),
            (os.POSIX_SPAWN_DUP2, commands_out, 3),
            (os.POSIX_SPAWN_DUP2, answers_in, 4),
        ]
        home = {"HOME": str(self._profile), "XDG_CONFIG_HOME": str(self._profile), "XDG_CACHE_HOME": str(self._profile)}
        fonts = {"FONTCONFIG_PATH": "/etc/fonts"} if Path("/etc/fonts").exists() else {}
        environment = {**{k: v for k, v in os.environ.items() if k in ("PATH", "LANG", "TMPDIR")}, **home, **fonts}
        try:
            self._pid = os.posix_spawnp(argv[0], argv, environment, file_actions=actions, setpgroup=0)
        except OSError as error:
            os.close(commands_in)
            os.close(answers_out)
            raise BrowserFailedError(f"{executable} cannot be started: {error.strerror}") from error
        finally:
            os.close(commands_out)
            os.close(answers_in)
        return answers_out, commands_in

    def within(self, seconds: float) -> None:
        """From now on, everything until the next call has to be done in so many seconds."""
        self._seconds = seconds
        self._deadline = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds until the deadline; raises once there are none."""
        left = self._deadline - time.monotonic()
        if left <= 0:
            self.close()
            raise RenderTimedOutError(self._seconds)
        return left

    def listen(self, session: str, handler: Handler) -> None:
        """Calls the handler with each event of a session, "" being the browser's own."""
        self._handlers[session] = handler

    def forget(self, session: str) -> None:
        """Events of this session are of no interest any more."""
        self._handlers.pop(session, None)

    def post(self, method: str, parameters: dict[str, Any] | None = None, session: str = "") -> int:
        """Sends a command whose answer nobody waits for; its number."""
        if self._pid is None:
            raise BrowserFailedError("the browser is gone")
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": parameters or {}}
        if session:
            message["sessionId"] = session
        packed = memoryview(json.dumps(message).encode() + b"\0")
        try:
            while packed:
                packed = packed[os.write(self._to, packed) :]
        except OSError as error:
            raise self._died() from error
        return self._number

    def ask(self, method: str, parameters: dict[str, Any] | None = None, session: str = "") -> dict[str, Any]:
        """Sends a command and waits for its answer. Raises BrowserFailedError where the browser refuses it."""
        return self.answer(self.begin(method, parameters, session), method)

    def begin(self, method: str, parameters: dict[str, Any] | None = None, session: str = "") -> int:
        """Sends a command whose answer is fetched later, by this number."""
        # Expected before it is sent: it may come while another is waited for.
        self._answers[self._number + 1] = {}
        return self.post(method, parameters, session)

    def answer(self, number: int, method: str) -> dict[str, Any]:
        """The answer to a command that was begun."""
        while not self._answers[number]:
            self.pump()
        answer = self._answers.pop(number)
        if "error" in answer:
            raise BrowserFailedError(f"{method}: {answer['error'].get('message', 'no reason given')}")
        result: dict[str, Any] = answer["result"]
        return result

    def pump(self, at_most: float = float("inf")) -> None:
        """Waits for the next messages, or so many seconds, and hands events to their handlers."""
        ready, _, _ = select.select([self._from], [], [], max(0.0, min(self.left(), _WATCH_SECONDS, at_most)))
        if not ready:
            if self._resident_bytes() > MAX_RESIDENT_BYTES:
                self.close()
                raise BrowserFailedError(f"the page took more than {MAX_RESIDENT_BYTES >> 20} MiB of memory")
            return
        try:
            chunk = os.read(self._from, 1 << 20)
        except OSError as error:
            raise self._died() from error
        if not chunk:
            raise self._died()
        self._buffer += chunk
        if b"\0" not in chunk:
            return
        *messages, rest = self._buffer.split(b"\0")
        self._buffer = rest
        for message in messages:
            self._take(json.loads(message))

    def _take(self, message: dict[str, Any]) -> None:
        if "id" in message:
            if message["id"] in self._answers:
                self._answers[message["id"]] = message
            return
        handler = self._handlers.get(message.get("sessionId", ""))
        if handler is not None:
            handler(message["method"], message["params"])

    def _died(self) -> BrowserFailedError:
        log = self._profile / "log"
        told = log.read_text(errors="replace").strip().splitlines() if log.exists() else []
        self.close()
        return BrowserFailedError("the browser ended" + (f": {told[-1][:200]}" if told else ""))

    def _resident_bytes(self) -> int:
        """Memory of the browser and its children; 0 where the system does not tell."""
        if self._pid is None or not sys.platform.startswith("linux"):
            return 0
        pages = 0
        for status in Path("/proc").glob("[0-9]*/stat"):
            # Processes end while the list is read.
            with suppress(OSError, ValueError, IndexError):
                fields = status.read_text().rpartition(")")[2].split()
                if int(fields[2]) == self._pid:  # its process group
                    shared = int((status.parent / "statm").read_text().split()[2])
                    pages += int(fields[21]) - shared
        return pages * os.sysconf("SC_PAGE_SIZE")

    def close(self) -> None:
        """Ends the browser and removes what it wrote; once more does nothing."""
        if self._pid is None:
            return
        pid, self._pid = self._pid, None
        for end in (self._to, self._from):
            os.close(end)
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)
        with suppress(ChildProcessError):
            os.waitpid(pid, 0)
        # Its children may still be writing for a moment.
        for _ in range(5):
            shutil.rmtree(self._profile, ignore_errors=True)
            if not self._profile.exists():
                break
            time.sleep(0.02)

    @property
    def is_open(self) -> bool:
        return self._pid is not None


def _high(end: int) -> int:
    """The same end of a pipe, out of the way of the descriptors 3 and 4 that the browser expects."""
    moved = fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10)
    os.close(end)
    return moved
