"""Everything that can go wrong between a page's address and its lighter bytes.

OptimizerError
├── InputError                what was given cannot be optimized
│   ├── EmptyPageError
│   ├── NotHtmlError
│   ├── PageTooLargeError
│   ├── SourceNotFoundError
│   ├── SourceUnreadableError
│   ├── EncodingUnknownError
│   └── BytesUndecodableError
├── FetchError                the page could not be had from the network
│   ├── UrlInvalidError
│   ├── AddressRefusedError
│   ├── HostNotFoundError
│   ├── ConnectionFailedError
│   ├── FetchTimedOutError
│   ├── TooManyRedirectsError
│   ├── RobotsForbidError
│   └── StatusNotOkError
├── RenderError               a page could not be rendered: the browser's fault or the page's, never a wrong result
│   ├── BrowserAbsentError
│   ├── BrowserFailedError
│   └── RenderTimedOutError
├── RecipeInvalidError        a recipe names what this version does not have
├── EngineAbsentError         the work cannot be spread as asked
├── OutputUnwritableError     the result could not be put where it was asked for
└── PageNotLosslessError      the proof core contradicted itself: never the page's fault

Each class has a stable `code` (an exit code and an API code hang on it) and a `next_step`: what the caller can do.
"""

from __future__ import annotations

from typing import ClassVar

__all__ = [
    "AddressRefusedError",
    "BrowserAbsentError",
    "BrowserFailedError",
    "BytesUndecodableError",
    "ConnectionFailedError",
    "EmptyPageError",
    "EncodingUnknownError",
    "EngineAbsentError",
    "FetchError",
    "FetchTimedOutError",
    "HostNotFoundError",
    "InputError",
    "NotHtmlError",
    "OptimizerError",
    "OutputUnwritableError",
    "PageNotLosslessError",
    "PageTooLargeError",
    "RecipeInvalidError",
    "RenderError",
    "RenderTimedOutError",
    "RobotsForbidError",
    "SourceNotFoundError",
    "SourceUnreadableError",
    "StatusNotOkError",
    "TooManyRedirectsError",
    "UrlInvalidError",
]


class OptimizerError(Exception):
    """The page could not be optimized."""

    code: ClassVar[str] = "OPTIMIZER"
    next_step: str = "Run again with another page; if it happens there too, report it with the page's address."


class InputError(OptimizerError):
    """What was given is not a page that can be optimized."""

    code = "INPUT"


class EmptyPageError(InputError):
    """The input has no bytes."""

    code = "EMPTY"
    next_step = "Check that the command or server before this one wrote the page."

    def __init__(self, source: str) -> None:
        self.source = source
        super().__init__(f"{source} is empty")


class NotHtmlError(InputError):
    """The input is something else than HTML."""

    code = "NOT_HTML"
    next_step = "Give an HTML page: a file, an http(s) URL, or - for standard input."

    def __init__(self, source: str, found: str) -> None:
        self.source = source
        self.found = found
        super().__init__(f"{source} is not HTML: it looks like {found}")


class PageTooLargeError(InputError):
    """The input is larger than the limit."""

    code = "TOO_LARGE"

    def __init__(self, source: str, limit_bytes: int) -> None:
        self.source = source
        self.limit_bytes = limit_bytes
        self.next_step = f"Raise the limit: --max-bytes with more than {limit_bytes}."
        super().__init__(f"{source} is larger than {limit_bytes} bytes")


class SourceNotFoundError(InputError):
    """There is no such file."""

    code = "SOURCE_NOT_FOUND"
    next_step = "Check the path; a URL must begin with http:// or https://."

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__(f"there is no file {path}")


class SourceUnreadableError(InputError):
    """The file is there and cannot be read."""

    code = "SOURCE_UNREADABLE"
    next_step = "Give a file that this user may read, not a folder."

    def __init__(self, path: str, reason: str) -> None:
        self.path = path
        self.reason = reason
        super().__init__(f"{path} cannot be read: {reason}")


class EncodingUnknownError(InputError):
    """The page names an encoding that no browser knows, or one that browsers refuse."""

    code = "ENCODING_UNKNOWN"
    next_step = "Name the encoding with --encoding, as in https://encoding.spec.whatwg.org/#names-and-labels."

    def __init__(self, label: str) -> None:
        self.label = label
        super().__init__(f"no usable encoding is called {label!r}")


class BytesUndecodableError(InputError):
    """The bytes are not what the page's encoding allows."""

    code = "UNDECODABLE"

    def __init__(self, encoding: str, offset: int, origin: str) -> None:
        self.encoding = encoding
        self.offset = offset
        self.origin = origin
        self.next_step = (
            "Name the encoding that the page is really in with --encoding, or repair the byte; "
            "--encoding utf-8 keeps every byte as it is."
        )
        super().__init__(f"byte {offset} is not {encoding} (encoding taken from: {origin})")


class FetchError(OptimizerError):
    """The page could not be fetched."""

    code = "FETCH"


class UrlInvalidError(FetchError):
    """The address is not one that is fetched."""

    code = "URL_INVALID"
    next_step = "Give an absolute http:// or https:// URL without user name and password."

    def __init__(self, url: str, reason: str) -> None:
        self.url = url
        self.reason = reason
        super().__init__(f"{url} cannot be fetched: {reason}")


class AddressRefusedError(FetchError):
    """The host is not on the public internet: fetching it would reach into a private network."""

    code = "ADDRESS_REFUSED"
    next_step = (
        "Save the page and give the file. For a server on this machine during development, "
        "set LIGHTDOM_ALLOW_PRIVATE_ADDRESSES=1 (it permits loopback only)."
    )

    def __init__(self, host: str, address: str) -> None:
        self.host = host
        self.address = address
        super().__init__(f"{host} is at {address}, which is not a public address")


class HostNotFoundError(FetchError):
    """The host's name does not resolve."""

    code = "HOST_NOT_FOUND"
    next_step = "Check the name and this machine's network."

    def __init__(self, host: str) -> None:
        self.host = host
        super().__init__(f"no address is known for {host}")


class ConnectionFailedError(FetchError):
    """The server was reached badly or not at all."""

    code = "CONNECTION_FAILED"
    next_step = "Check that the server is up and its certificate valid, and try again."

    def __init__(self, url: str, reason: str) -> None:
        self.url = url
        self.reason = reason
        super().__init__(f"{url} did not answer properly: {reason}")


class FetchTimedOutError(FetchError):
    """The page did not arrive in time."""

    code = "TIMED_OUT"
    next_step = "Try again, or allow more time with --timeout."

    def __init__(self, url: str, seconds: float) -> None:
        self.url = url
        self.seconds = seconds
        super().__init__(f"{url} took longer than {seconds:g} s")


class TooManyRedirectsError(FetchError):
    """The server sends the visitor on and on."""

    code = "TOO_MANY_REDIRECTS"
    next_step = "Give the address where the chain of redirects ends."

    def __init__(self, url: str, limit: int) -> None:
        self.url = url
        self.limit = limit
        super().__init__(f"{url} redirects more than {limit} times")


class RobotsForbidError(FetchError):
    """The host's robots.txt does not allow the address."""

    code = "ROBOTS_FORBID"
    next_step = "Ask the site's owner, or save the pages and give the folder."

    def __init__(self, url: str) -> None:
        self.url = url
        super().__init__(f"robots.txt does not allow {url}")


class StatusNotOkError(FetchError):
    """The server answered, and not with the page."""

    code = "STATUS_NOT_OK"
    next_step = "Open the address in a browser; give one that answers with status 200."

    def __init__(self, url: str, status: int) -> None:
        self.url = url
        self.status = status
        super().__init__(f"{url} answered with status {status}")


class RenderError(OptimizerError):
    """The page could not be rendered."""

    code = "RENDER"
    next_step = "Optimize without the render check: --no-render."


class BrowserAbsentError(RenderError):
    """There is no browser to render with."""

    code = "BROWSER_ABSENT"

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class BrowserFailedError(RenderError):
    """The browser could not be started, refused a command or ended."""

    code = "BROWSER_FAILED"

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class RenderTimedOutError(RenderError):
    """The page was not rendered in time."""

    code = "RENDER_TIMED_OUT"

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(f"rendering took longer than {seconds:g} s")


class RecipeInvalidError(OptimizerError):
    """A recipe names a pass or rule set that this version does not have."""

    code = "RECIPE_INVALID"
    next_step = "Use the passes that docs/optimizer.md lists."

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"the recipe cannot be used: {reason}")


class EngineAbsentError(OptimizerError):
    """The engine that was asked for is not installed."""

    code = "ENGINE_ABSENT"

    def __init__(self, engine: str) -> None:
        self.engine = engine
        self.next_step = f"Install it (pip install {engine}), or leave --engine out."
        super().__init__(f"the engine {engine} is not installed")


class OutputUnwritableError(OptimizerError):
    """The result could not be written; what was there before is untouched."""

    code = "OUTPUT_UNWRITABLE"
    next_step = "Choose another place with -o; nothing was changed."

    def __init__(self, path: str, reason: str) -> None:
        self.path = path
        self.reason = reason
        super().__init__(f"{path} cannot be written: {reason}")


class PageNotLosslessError(OptimizerError):
    """The tokens do not add up to the page, or the trace not to the result."""

    code = "NOT_LOSSLESS"
    next_step = "This is a defect of LightDom: please report it with the page."

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)
