"""What core_ext builds, the contract finds no fault with: every token and step of a real page, opened on chain."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from core_ext import keccak256
from tests.contracts.conftest import House
from tests.contracts.pages import ProvenPage, prove

EXAMPLES = Path(__file__).parents[2] / "examples"
NO_FAULT = "0x" + keccak256(b"NoFault()")[:4].hex()
PLACES = 60


def pages() -> list[Path]:
    return sorted(EXAMPLES.rglob("*.html"))


def refusal_of(provider: Any, method: Any, *arguments: Any) -> str:
    """The selector that the call reverts with; "0x" where it does not revert, which is a slash."""
    call = {"to": method.contract.address, "data": "0x" + bytes(method.encode_input(*arguments)).hex()}
    answer = provider.web3.provider.make_request("eth_call", [call, "latest"])
    return str(answer["error"]["data"])[:10] if "error" in answer else "0x"


@pytest.mark.slow
@pytest.mark.skipif(not pages(), reason="examples/ has no pages")
@pytest.mark.parametrize("path", pages(), ids=lambda path: path.stem)
def test_no_honest_token_rule_or_sum_of_a_real_page_is_a_fault(house: House, provider: Any, path: Path) -> None:
    proven = prove(path.read_bytes())
    claim = proven.claim(house.accounts[1].address, "shop.lightdom.example", "/")
    rules = house.RuleSet1

    for index in places(proven):
        token, step = proven.open_source(index), proven.open_step(index)
        assert refusal_of(provider, rules.proveToken, claim, token, step) == NO_FAULT, index
        if index < proven.source.count:
            optimized = proven.open_optimized(min(step[6], proven.optimized.count - 1))
            assert refusal_of(provider, rules.proveRule, claim, token, step, optimized) == NO_FAULT, index
    for height in range(1, proven.source.depth + 1):
        node = proven.open_node(proven.source, height, 0)
        assert refusal_of(provider, rules.proveSum, claim, 0, node) == NO_FAULT, height


def places(proven: ProvenPage) -> list[int]:
    """Evenly over the page, its last token and the first leaf of padding among them."""
    count = proven.source.count
    spread = range(0, count, max(1, count // PLACES))
    return [*spread, count - 1, min(count, (1 << proven.source.depth) - 1)]
