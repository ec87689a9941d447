"""Solidity's lexer and rules and the compiled ones say the same of random hostile pieces, on a real chain.

The libraries are reached through the contracts that forge tests them with, put in place without a deployment.
"""

import json
import os
import platform
import random
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hostile
import pytest
from eth_abi import decode, encode

import core_ext
from tests.indexer.anvil import Anvil

ROOT = Path(__file__).parents[2]
MACHINE = {"x86_64": "amd64", "aarch64": "arm64"}.get(platform.machine(), "")
FORGE = ROOT / f"node_modules/@foundry-rs/forge-linux-{MACHINE}/bin/forge"
LEXER, RULES = "0x" + "11" * 20, "0x" + "22" * 20
PIECES = 10_000 if os.environ.get("LIGHTDOM_TEST_DEPTH") == "deep" else 1500
pytestmark = [pytest.mark.slow, pytest.mark.skipif(not FORGE.exists(), reason="forge is not installed (npm install)")]

Call = Callable[[str, str, list[str], list[Any], list[str]], tuple[Any, ...]]


@pytest.fixture(scope="module")
def call() -> Iterator[Call]:
    sources = ["contracts/test/proof/Lexer.t.sol", "contracts/test/proof/Rules.t.sol"]
    subprocess.run([FORGE, "build", *sources], cwd=ROOT, check=True, capture_output=True, timeout=280)
    with Anvil() as chain:
        for address, name in ((LEXER, "Lexer"), (RULES, "Rules")):
            artifact = json.loads((ROOT / f"build/forge/out/{name}.t.sol/{name}Test.json").read_text())
            chain.call("anvil_setCode", address, artifact["deployedBytecode"]["object"])

        def ask(address: str, name: str, types: list[str], values: list[Any], results: list[str]) -> tuple[Any, ...]:
            selector = core_ext.keccak256(f"{name}({','.join(types)})".encode())[:4]
            data = "0x" + (selector + encode(types, values)).hex()
            return decode(results, bytes.fromhex(chain.call("eth_call", {"to": address, "data": data}, "latest")[2:]))

        yield ask


def test_pieces_and_rules_agree(call: Call) -> None:
    source = random.Random(5)
    legal = rewritten = 0
    for _ in range(PIECES):
        kind, flags, data = hostile.piece(source)
        (is_token,) = call(LEXER, "isToken", ["uint8", "uint16", "bytes"], [kind, flags, data], ["bool"])
        assert core_ext.is_token(kind, flags, data) is is_token, (kind, hex(flags), data)

        rule, kind, flags, data = rewritable(source, kind, flags, data)
        types, values = ["uint8", "uint8", "uint16", "bytes"], [rule, kind, flags, data]
        allowed, emits, out = call(RULES, "rewrite", types, values, ["bool", "bool", "bytes"])
        found = (int(emits), out) if allowed else None
        assert core_ext.apply_rule(rule, kind, flags, data) == found, (rule, kind, hex(flags), data)
        legal += is_token
        rewritten += allowed

    assert PIECES // 5 < legal < PIECES * 4 // 5
    assert rewritten > PIECES // 5


def rewritable(source: random.Random, kind: int, flags: int, data: bytes) -> tuple[int, int, int, bytes]:
    """A rule, and a token that it may be about."""
    rule = source.choice((0, 1, 2, 2, 3, 4, 5, 6, 7))
    if rule == 7:
        return (rule, core_ext.CSS, *hostile.style(source))
    if rule in (4, 6):
        return (rule, *hostile.tag(source))
    if rule == 5:
        end = (
            b"</"
            + source.choice((b"p", b"LI", b"td", b"b", b"p/", b"p x"))
            + source.choice((b"", b" ", b"\n\f"))
            + b">"
        )
        return rule, core_ext.END, flags & source.choice((0xFF80, 0x0100)), end
    if rule == 3 and source.random() < 0.5:
        data = b" " * source.randint(1, 9) + source.choice((b"", b"\n", b"\f", b"x"))
    return rule, source.choice((4, 5, kind)), flags & source.choice((0xFF80, 0xFFFF)), data
