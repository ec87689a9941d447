"""`lightdom optimize` as its users run it: a process of its own. Refusals first, each with its exit code."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from optimizer.render import browser_absent

ROOT = Path(__file__).resolve().parents[2]
PAGE = b"<!doctype html>\n<title>t</title>\n\n  <!-- a note -->\n  <p>\n      one\n  </p>\n"
LIGHT = b"<!doctype html>\n<title>t</title><p>one</p>"

Run = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """The command in an empty folder; it looks at pages only where a test asks for it, since that takes seconds."""

    def call(*words: str, given: bytes = b"", **settings: str) -> subprocess.CompletedProcess[bytes]:
        looks = () if {"--render", "--html"} & {*words} else ("--no-render",)
        inherited = {key: value for key, value in os.environ.items() if not key.startswith("LIGHTDOM_")}
        return subprocess.run(
            [sys.executable, "-m", "cli.main", "optimize", *looks, *words],
            input=given,
            capture_output=True,
            cwd=tmp_path,
            env={**inherited, "PYTHONPATH": str(ROOT), **settings},
            timeout=240,
            check=False,
        )

    return call


@pytest.fixture
def redirecting() -> Iterator[str]:
    """A server whose every answer is a redirect to a private address, or 404 under /gone."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                path = connection.recv(65_536).split(b" ")[1]
                status = b"404 Not Found" if path == b"/gone" else b"302 Found\r\nLocation: http://10.0.0.1/"
                connection.sendall(b"HTTP/1.1 " + status + b"\r\nContent-Length: 0\r\n\r\n")

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    thread.join(5)


BAD_INPUT = {
    "empty": (b"", 3, "is empty"),
    "only white space": (b" \n\t ", 3, "is empty"),
    "PNG": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 3, "PNG"),
    "PDF": (b"%PDF-1.7\n", 3, "PDF"),
    "gzip": (b"\x1f\x8b\x08\0<p>", 3, "gzip"),
    "JSON": (b'{"html": "<p>"}', 3, "JSON"),
    "plain text": (b"a < b and nothing else", 3, "plain text"),
    "SVG": (b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>', 3, "SVG"),
    "RSS": (b'<?xml version="1.0"?><rss version="2.0"></rss>', 3, "RSS"),
    "undecodable": (b"<meta charset=euc-jp><p>\xff", 6, "byte 24 is not euc-jp"),
    "too large": (b"<p>" + b"x" * 5000, 5, "larger than 4000 bytes"),
}


@pytest.mark.parametrize("name", BAD_INPUT)
def test_bad_input_has_its_own_exit_code_and_leaves_nothing(run: Run, tmp_path: Path, name: str) -> None:
    given, code, said = BAD_INPUT[name]
    (tmp_path / "in").write_bytes(given)

    for source in ("in", "-"):
        done = run(source, "-o", "out", "--report", "report.json", "--max-bytes", "4000", given=given)

        assert (done.returncode, done.stdout) == (code, b""), done.stderr
        lines = done.stderr.decode().splitlines()
        assert said in lines[0]
        assert len(lines) == 2
    assert names(tmp_path) == ["in"]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("absent.html",), 4, "there is no file"),
        ((".",), 2, "a site needs a folder to write to"),
        ((".", "-o", "out"), 3, "without an .html file"),
        (("absent.xml",), 4, "there is no file"),
        (("-", "--encoding", "klingon"), 6, "klingon"),
        (("http://127.0.0.1:1/",), 8, "not a public address"),
        (("http://169.254.169.254/latest",), 8, "not a public address"),
        (("http://no-such-host.invalid/",), 7, "no address is known"),
        (("http://a:b@example.org/",), 7, "user name"),
        (("http://",), 7, "names no host"),
        (("-", "-o", "no/such/folder/out.html"), 9, "cannot be written"),
        (("-", "-o", "."), 9, "cannot be written"),
        (("-", "--level", "extreme"), 2, "invalid choice"),
        (("-", "--max-bytes", "0"), 2, "invalid"),
        (("-", "--timeout", "nan"), 2, "invalid"),
        (("-", "-o", "same", "--report", "same"), 2, "places of their own"),
        (("-", "--report", "same", "--html", "same"), 2, "places of their own"),
        ((), 2, "required"),
    ],
)
def test_wrong_use_has_its_own_exit_code_and_leaves_nothing(
    run: Run, tmp_path: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    done = run(*words, given=PAGE)

    assert done.returncode == code, done.stderr
    assert said in done.stderr.decode()
    assert names(tmp_path) == []


def test_a_missing_page_and_a_private_redirect_differ(run: Run, tmp_path: Path, redirecting: str) -> None:
    gone = run(f"{redirecting}/gone", "-o", "out", LIGHTDOM_ALLOW_PRIVATE_ADDRESSES="1")
    away = run(redirecting, "-o", "out", LIGHTDOM_ALLOW_PRIVATE_ADDRESSES="1")

    assert (gone.returncode, away.returncode) == (7, 8)
    assert b"status 404" in gone.stderr
    assert b"10.0.0.1" in away.stderr
    assert names(tmp_path) == []


def test_a_failed_write_leaves_the_old_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "out.html").write_bytes(b"old")

    done = run("-", "-o", "out.html", "--report", "no/folder.json", given=PAGE)

    assert done.returncode == 9
    assert (tmp_path / "out.html").read_bytes() == b"old"
    assert names(tmp_path) == ["out.html"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_device_is_said_so(run: Run) -> None:
    done = run("-", "-o", "/dev/full", given=PAGE)

    assert done.returncode == 9
    assert b"No space" in done.stderr


def test_nul_bytes_and_broken_utf8_are_kept_and_noted(run: Run) -> None:
    done = run("-", given=b"<p>\xff\0  x")

    assert (done.returncode, done.stdout) == (0, b"<p>\xff\0 x")
    assert b"byte 3 is not UTF-8" in done.stderr
    assert b"1 NUL bytes" in done.stderr


def test_the_page_goes_through_pipes(run: Run) -> None:
    done = run("-", given=PAGE)

    assert (done.returncode, done.stdout) == (0, LIGHT)


def test_a_file_is_replaced_only_when_named(run: Run, tmp_path: Path) -> None:
    place = tmp_path / "page.html"
    place.write_bytes(PAGE)
    place.chmod(0o640)
    (tmp_path / "link.html").symlink_to(place)

    assert run("page.html").returncode == 0
    assert place.read_bytes() == PAGE
    assert run("page.html", "-o", "link.html").returncode == 0
    assert place.read_bytes() == LIGHT
    assert place.stat().st_mode & 0o777 == 0o640
    assert (tmp_path / "link.html").is_symlink()


@pytest.mark.parametrize("encoding", ["utf-16-le", "shift_jis", "windows-1251"])
def test_a_page_comes_back_in_its_own_encoding(run: Run, tmp_path: Path, encoding: str) -> None:
    mark = "\ufeff" if encoding == "utf-16-le" else f"<meta charset={encoding}>"
    word = "слово" if encoding == "windows-1251" else "言葉"
    (tmp_path / "in.html").write_bytes(f"{mark}<p>  {word}  </p>".encode(encoding))

    done = run("in.html", "-o", "out.html", "--json")

    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out.html").read_bytes().decode(encoding) == f"{mark}<p>{word}</p>"
    told = json.loads(done.stdout)
    assert told["input"]["writtenBytes"] == (tmp_path / "out.html").stat().st_size


def test_the_report_matches_its_schema_and_adds_up(run: Run, tmp_path: Path) -> None:
    done = run("-", "-o", "out.html", "--report", "report.json", "--level", "max", given=PAGE)
    told = json.loads((tmp_path / "report.json").read_text())

    assert done.returncode == 0
    assert not list(violations(told, json.loads((ROOT / "optimizer" / "report.schema.json").read_text())))
    assert told["saved"]["bytes"] == len(PAGE) - len(LIGHT) == sum(each["savedBytes"] for each in told["passes"])
    assert told["saved"]["provenBytes"] + told["saved"]["attestedBytes"] == told["saved"]["bytes"]
    assert told["sizes"]["raw"] == {"before": len(PAGE), "after": len(LIGHT)}


def test_a_check_that_is_asked_for_needs_a_browser(run: Run, tmp_path: Path) -> None:
    done = run("-", "-o", "out", "--render", given=PAGE, PATH=str(tmp_path), CHROMIUM="")

    assert done.returncode == 24, done.stderr
    assert b"LIGHTDOM_CHROMIUM" in done.stderr
    assert names(tmp_path) == []


def test_a_page_without_a_browser_says_what_would_help(run: Run, tmp_path: Path) -> None:
    done = run("-", "-o", "out", "--html", "report.html", given=PAGE, PATH=str(tmp_path), CHROMIUM="")

    assert done.returncode == 0, done.stderr
    assert b"render check: unavailable" in done.stderr
    assert b"LIGHTDOM_CHROMIUM" in (tmp_path / "report.html").read_bytes()


@pytest.mark.skipif(browser_absent() is not None, reason=str(browser_absent()))
def test_what_shows_is_left_out_and_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text(".x{white-space:pre}")
    page = b"<!doctype html><title>t</title><link rel=stylesheet href=a.css><p>c  d<div class=x>a   b</div>"
    page += b"<style>style { display : block }</style>"  # it shows itself
    (tmp_path / "page.html").write_bytes(page)

    done = run(
        "page.html", "-o", "out", "--level", "max", "--render", "--run", "--report", "r.json", "--html", "r.html"
    )

    told = json.loads((tmp_path / "r.json").read_text())
    assert done.returncode == 0, done.stderr
    assert b"a   b" in (tmp_path / "out").read_bytes()
    assert told["render"]["status"] == "same"
    assert told["render"]["takenOut"]
    assert told["render"]["differences"]
    assert told["run"]["cssUsedBytes"] > 0
    assert not list(violations(told, json.loads((ROOT / "optimizer" / "report.schema.json").read_text())))
    assert (tmp_path / "r.html").read_bytes().count(b"data:image/jpeg") == 4


def test_json_prints_what_the_report_holds(run: Run, tmp_path: Path) -> None:
    done = run("-", "--json", "--report", "report.json", given=PAGE)

    assert done.stdout == (tmp_path / "report.json").read_bytes()
    assert done.stderr == b""


def test_optimizing_loads_nothing_heavy() -> None:
    script = (
        "import sys; sys.argv = ['lightdom', 'optimize', '-', '-q', '--no-render']\n"
        "from cli.main import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "print(sorted({name.split('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], input=PAGE, capture_output=True, cwd=ROOT, timeout=60, check=True
    )

    loaded = set(re.findall(r"'(\w+)'", done.stderr.decode()))
    assert "optimizer" in loaded
    assert not loaded & {
        "typer",
        "rich",
        "httpx",
        "web3",
        "ape",
        "sqlalchemy",
        "fastapi",
        "pydantic",
        "ssl",
        "services",
    }


def names(folder: Path) -> list[str]:
    """What is in a folder."""
    return sorted(each.name for each in folder.iterdir())


def violations(value: Any, schema: dict[str, Any], root: dict[str, Any] | None = None, at: str = "$") -> Iterator[str]:
    """What of the schema a value breaks, for the few keywords that ours uses."""
    root = root or schema
    if "$ref" in schema:
        yield from violations(value, root["$defs"][schema["$ref"].rsplit("/", 1)[1]], root, at)
    if "oneOf" in schema and sum(not list(violations(value, each, root, at)) for each in schema["oneOf"]) != 1:
        yield f"{at}: not exactly one of the choices"
    if "const" in schema and value != schema["const"]:
        yield f"{at}: not {schema['const']!r}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{at}: {value!r} is not listed"
    kinds: dict[str, Any] = {"object": dict, "array": list, "string": str, "integer": int, "number": (int, float)}
    if "type" in schema and (not isinstance(value, kinds[schema["type"]]) or isinstance(value, bool)):
        yield f"{at}: no {schema['type']}"
        return
    if "pattern" in schema and not re.search(schema["pattern"], value):
        yield f"{at}: {value!r} does not match"
    if "minimum" in schema and value < schema["minimum"]:
        yield f"{at}: {value} is too small"
    if isinstance(value, dict) and "properties" in schema:
        yield from (f"{at}.{name}: missing" for name in schema["required"] if name not in value)
        yield from (f"{at}.{name}: unknown" for name in value if name not in schema["properties"])
        for name in value.keys() & schema["properties"].keys():
            yield from violations(value[name], schema["properties"][name], root, f"{at}.{name}")
    if isinstance(value, list) and "items" in schema:
        for place, each in enumerate(value):
            yield from violations(each, schema["items"], root, f"{at}[{place}]")
