"""A tab in a context of its own: pages served from memory, nothing else answered, nothing let out.

Popups, downloads, dialogs, permissions and later navigations are refused; the address is the one asked for. What a page
stored goes before the next one comes. A tab is used again because making one costs ten times what a small page does.
"""

from __future__ import annotations

import base64
import time
from collections.abc import Mapping
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

from optimizer.errors import BrowserFailedError
from optimizer.render.in_page import FREEZE
from optimizer.render.wire import Wire

__all__ = ["NO_FILES", "Tab"]

LOAD_SECONDS = 45.0
SETTLE_SECONDS = 0.4
TIMER_SECONDS = 10.0
NO_FILES: Mapping[str, bytes] = {}
_TYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "mjs": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
    "html": "text/html; charset=utf-8",
    "json": "application/json",
}


class Tab:
    """An open page; a context manager, so that its context goes with it."""

    def __init__(self, wire: Wire, *, scripts: bool) -> None:
        self._wire = wire
        self._scripts = scripts
        self._context = wire.ask("Target.createBrowserContext", {"disposeOnDetach": True})["browserContextId"]
        wire.post("Browser.setDownloadBehavior", {"behavior": "deny", "browserContextId": self._context})
        target = wire.ask("Target.createTarget", {"url": "about:blank", "browserContextId": self._context})["targetId"]
        self._frame = target  # a page's main frame has its target's name
        self._session = wire.ask("Target.attachToTarget", {"targetId": target, "flatten": True})["sessionId"]
        self._page = b""
        self._files = NO_FILES
        self._served = 0
        self._loaded: set[str] = set()
        self._world = 0
        self._url = ""
        self.opened = 0
        """Pages so far."""
        wire.listen(self._session, self._on_event)
        for method, parameters in (
            ("Page.enable", {}),
            ("DOM.enable", {}),
            ("CSS.enable", {}),
            ("Page.setLifecycleEventsEnabled", {"enabled": True}),
            ("Emulation.setFocusEmulationEnabled", {"enabled": False}),
            ("Emulation.setScriptExecutionDisabled", {"value": not scripts}),
            ("Network.enable", {"maxTotalBufferSize": 0}),
            ("Network.setBypassServiceWorker", {"bypass": True}),
            ("Network.setCacheDisabled", {"cacheDisabled": True}),
        ):
            wire.post(method, parameters, self._session)
        if scripts:
            wire.post("Page.addScriptToEvaluateOnNewDocument", {"source": FREEZE}, self._session)

    def __enter__(self) -> Tab:
        return self

    def __exit__(self, _type: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the page and its context."""
        self._wire.forget(self._session)
        if self._wire.is_open:
            # Not waited for: nothing of the page is needed any more.
            self._wire.post("Target.disposeBrowserContext", {"browserContextId": self._context})

    def before_scripts(self, source: str) -> None:
        """Runs this in the page's own world before its scripts."""
        self.ask("Page.addScriptToEvaluateOnNewDocument", {"source": source})

    def open(self, page: bytes, url: str, files: Mapping[str, bytes] = NO_FILES) -> None:
        """Loads a page under an address; `files` are answered by their absolute URLs, anything else is blocked."""
        self._page, self._files, self._served = page, files, 0
        self._loaded.clear()
        if self.opened and self._scripts:
            self._forget()
        self._url = url
        self.opened += 1
        patterns = [{"urlPattern": "*"}] if files else [{"urlPattern": "*", "resourceType": "Document"}]
        self.ask("Fetch.enable", {"patterns": patterns})
        # Blocked before it is asked for, which is cheaper than refusing each request here.
        conditions = {"offline": not files, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
        self.ask("Network.emulateNetworkConditions", conditions)
        answer = self.ask("Page.navigate", {"url": url})
        if "errorText" in answer:
            raise BrowserFailedError(f"the page was not loaded: {answer['errorText']}")
        end = time.monotonic() + LOAD_SECONDS
        # A page that never finishes loading is judged as it stands, like its twin.
        while answer["loaderId"] not in self._loaded and time.monotonic() < end:
            self._wire.pump(end - time.monotonic())
        if self._scripts:
            self.idle(SETTLE_SECONDS)
            self._let_timers_run()
        self._world = int(
            self.ask("Page.createIsolatedWorld", {"frameId": self._frame, "worldName": "lightdom"})[
                "executionContextId"
            ]
        )

    def _let_timers_run(self) -> None:
        """Until no timer is due (FREEZE); a page whose timers take too long is judged as it stands."""
        end = time.monotonic() + TIMER_SECONDS
        while self.evaluate("window.__lightdomTimersRun?.()") is True and time.monotonic() < end:
            self.idle(0.05)

    def _forget(self) -> None:
        """Leaves the page, and with it what it stored."""
        self.ask("Page.navigate", {"url": "about:blank"})
        self.post("Network.clearBrowserCookies")
        parts = urlsplit(self._url)
        origin = f"{parts.scheme}://{parts.netloc}"
        self.ask("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
        self.post("DOMStorage.clear", {"storageId": {"securityOrigin": origin, "isLocalStorage": False}})
        self.post("Page.resetNavigationHistory")

    def idle(self, seconds: float) -> None:
        """Lets the page go on for a moment."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self._wire.pump(end - time.monotonic())

    def ask(self, method: str, parameters: dict[str, Any] | None = None) -> dict[str, Any]:
        """The answer to a command for this page."""
        return self._wire.ask(method, parameters, self._session)

    def post(self, method: str, parameters: dict[str, Any] | None = None) -> int:
        """Sends a command for this page without waiting."""
        return self._wire.post(method, parameters, self._session)

    def begin(self, method: str, parameters: dict[str, Any] | None = None) -> int:
        """Sends a command for this page whose answer is fetched later."""
        return self._wire.begin(method, parameters, self._session)

    def answer(self, number: int) -> dict[str, Any]:
        """The answer to a command that was begun."""
        return self._wire.answer(number, "a measurement")

    def call(self, function: str, *arguments: Any) -> Any:
        """What a function gives that runs in the page, in a world of its own."""
        answer = self.ask(
            "Runtime.callFunctionOn",
            {
                "functionDeclaration": function,
                "executionContextId": self._world,
                "arguments": [{"value": argument} for argument in arguments],
                "returnByValue": True,
                "awaitPromise": True,
            },
        )
        if "exceptionDetails" in answer:
            details = answer["exceptionDetails"]
            told = details.get("exception", {}).get("description", details.get("text", ""))
            raise BrowserFailedError(f"a measurement failed in the page: {str(told)[:200]}")
        return answer["result"].get("value")

    def evaluate(self, expression: str) -> Any:
        """What an expression gives in the page's own world: only for what FREEZE or its like has put there."""
        return self.ask("Runtime.evaluate", {"expression": expression, "returnByValue": True})["result"].get("value")

    def _on_event(self, method: str, parameters: dict[str, Any]) -> None:
        if method == "Page.lifecycleEvent":
            if parameters["name"] == "load":
                self._loaded.add(parameters["loaderId"])
        elif method == "Page.javascriptDialogOpening":
            self.post("Page.handleJavaScriptDialog", {"accept": False})
        elif method == "Fetch.requestPaused":
            self._serve(parameters)

    def _serve(self, paused: dict[str, Any]) -> None:
        request, url = paused["requestId"], paused["request"]["url"].partition("#")[0]
        is_page = paused.get("frameId") == self._frame and paused.get("resourceType") == "Document"
        if is_page and not self._served:
            self._served = 1
            self._fulfil(request, self._page, _TYPES["html"])
        elif not is_page and url in self._files:
            suffix = url.partition("?")[0].rpartition(".")[2].lower()
            self._fulfil(request, self._files[url], _TYPES.get(suffix, "application/octet-stream"))
        else:
            # Aborted, not failed: a failed navigation would replace the page by the browser's own.
            self.post("Fetch.failRequest", {"requestId": request, "errorReason": "Aborted"})

    def _fulfil(self, request: str, body: bytes, content_type: str) -> None:
        # Always as UTF-8: the browser would guess the encoding of a page that names none from its first bytes.
        headers = [
            {"name": "Content-Type", "value": content_type},
            {"name": "Access-Control-Allow-Origin", "value": "*"},
        ]
        self.post(
            "Fetch.fulfillRequest",
            {
                "requestId": request,
                "responseCode": 200,
                "responseHeaders": headers,
                "body": base64.b64encode(body).decode(),
            },
        )
