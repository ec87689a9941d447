"""Every proof at every place of hostile pages, on a real chain: none holds for the honest, some for any lie."""

import json
import os
import random
import subprocess
from collections.abc import Callable, Iterator

import hostile
import httpx
import proving
import pytest
from eth_abi import encode

import core_ext
from tests.core_ext.test_solidity_agrees import FORGE, ROOT
from tests.indexer.anvil import Anvil

CONTRACTS = {
    "proveStep": "StepProofs",
    "proveNest": "NestProofs",
    "proveContext": "ContextProofs",
    "proveSelector": "SelectorProofs",
    "proveRule": "RuleSet2",
    "proveToken": "RuleSet2",
}
PAGES = 400 if os.environ.get("LIGHTDOM_TEST_DEPTH") == "deep" else 8
WIDTHS = (8, 8, 16, 16, 32, 32, 32)
NEAR = 12
REPLACEMENTS = (b"x", b"a<", b"&am", b"</>", b" ", b"y\n", b"q" * 100)
pytestmark = [pytest.mark.slow, pytest.mark.skipif(not FORGE.exists(), reason="forge is not installed (npm install)")]

Ask = Callable[[proving.Call], bool]


@pytest.fixture(scope="module")
def is_fault() -> Iterator[Ask]:
    """Whether a call shows a fault. The contracts are put in place without a deployment."""
    sources = [f"contracts/rules/{name}.sol" for name in sorted(set(CONTRACTS.values()))]
    subprocess.run([FORGE, "build", *sources], cwd=ROOT, check=True, capture_output=True, timeout=580)
    with Anvil() as chain:
        addresses = {}
        for number, (function, name) in enumerate(CONTRACTS.items()):
            artifact = json.loads((ROOT / f"build/forge/out/{name}.sol/{name}.json").read_text())
            addresses[function] = "0x" + f"{number + 0x51:02x}" * 20
            code = bytearray.fromhex(artifact["deployedBytecode"]["object"][2:])
            # The rule set's four judges, in the order of their declaration.
            references = artifact["deployedBytecode"].get("immutableReferences", {})
            for judge, places in zip(addresses.values(), sorted(references.items()), strict=False):
                for place in places[1]:
                    code[place["start"] : place["start"] + 32] = bytes.fromhex(judge[2:]).rjust(32, b"\0")
            chain.call("anvil_setCode", addresses[function], "0x" + code.hex())

        def ask(call: proving.Call) -> bool:
            signature, types, values = call
            data = "0x" + (core_ext.keccak256(signature.encode())[:4] + encode(types, values)).hex()
            call_fields = {"to": addresses[signature.split("(")[0]], "data": data}
            answer = httpx.post(
                chain.url,
                json={"jsonrpc": "2.0", "id": 1, "method": "eth_call", "params": [call_fields, "latest"]},
                trust_env=False,
                timeout=60,
            ).json()
            assert "result" in answer or answer["error"]["code"] == 3, answer  # 3: reverted
            return "result" in answer

        yield ask


def committed(source: random.Random) -> proving.Committed | None:
    """A hostile page with all kinds of rules on it, some attested."""
    page = hostile.page(source, 25) if source.random() < 0.5 else hostile.nested_page(source, 15)
    tokens = core_ext.lex(page)
    rules = bytearray(tokens.count)
    replacements: dict[int, bytes] = {}
    gone = core_ext.allowed(page, tokens, core_ext.DROP_WS_TEXT)
    for rule in range(1, 8):
        for i, marked in enumerate(core_ext.allowed(page, tokens, rule, gone)):
            if marked and source.random() < 0.7:
                rules[i] = rule
    for i in range(tokens.count):
        if source.random() < 0.1:
            rules[i] = source.choice(sorted(core_ext.ATTESTED))
            if source.random() < 0.6:
                replacements[i] = source.choice(REPLACEMENTS)
    while True:
        try:
            traced = core_ext.trace(page, tokens, rules, replacements)
        except core_ext.RuleViolation as violation:
            rules[violation.index] = core_ext.KEEP
            replacements.pop(violation.index, None)
            continue
        return proving.honest(page, bytes(rules), replacements) if traced.optimized else None


def test_an_honest_claim_survives_every_proof_at_every_place(is_fault: Ask) -> None:
    source = random.Random(21)
    calls = 0
    for _ in range(PAGES):
        page = committed(source)
        for index in range(len(page.steps) if page else 0):
            assert page
            for call in page.calls_about(index):
                calls += 1
                assert not is_fault(call), (call[0][:9], index, page.source, page.steps)

    assert calls > 20 * PAGES


def test_a_lie_in_any_field_of_a_step_has_a_proof(is_fault: Ask) -> None:
    source = random.Random(22)
    lies = 0
    for _ in range(PAGES):
        page = committed(source)
        for field in range(len(proving.FIELDS) if page else 0):
            assert page
            index = source.randrange(len(page.steps))
            truth = page.steps[index][field]
            lie = source.choice([truth + 1, truth - 1, truth ^ (1 << source.randrange(WIDTHS[field]))])
            page.steps[index][field] = lie % (1 << WIDTHS[field])
            page.build()
            if page.steps[index][field] != truth and not (field == 0 and _says_the_same(page, index)):
                lies += 1
                places = sorted(range(len(page.steps)), key=lambda place: abs(place - index))[:NEAR]
                assert any(is_fault(call) for place in places for call in page.calls_about(place)), (
                    proving.FIELDS[field],
                    index,
                    truth,
                    page.steps[index],
                    page.source,
                )
            page.steps[index][field] = truth
            page.build()

    assert lies > 4 * PAGES


def test_a_rule_that_its_surroundings_do_not_allow_has_a_proof(is_fault: Ask) -> None:
    source = random.Random(23)
    lies = [0] * 8
    while min(lies[3], lies[5], lies[7]) < PAGES:
        page = committed(source)
        for index in range(len(page.steps) if page else 0):
            assert page
            rule, emits, flags, *_ = page.steps[index]
            kind, data = page.source[index]
            wanted = {core_ext.TEXT: 3, core_ext.END: 5, core_ext.CSS: 7}.get(kind)
            if rule or not emits or wanted is None or core_ext.apply_rule(wanted, kind, flags, data) is None:
                continue
            if lies[wanted] > 2 * PAGES:
                continue
            lie = lied(page, index, wanted)
            if _is_honest(lie):
                continue
            lies[wanted] += 1
            places = sorted(range(len(lie.steps)), key=lambda place: abs(place - index))[:NEAR]
            assert any(is_fault(call) for place in places for call in lie.calls_about(place)), (
                index,
                lie.steps,
                lie.source,
            )


def lied(page: proving.Committed, index: int, rule: int) -> proving.Committed:
    """The page with one kept token dropped, and all that follows from it put right."""
    steps = [[*step] for step in page.steps]
    output = [each for i, each in enumerate(page.output) if i != steps[index][5]]
    steps[index][:2] = [rule, 0]
    for step in steps[index + 1 :]:
        step[5] -= 1
    return proving.Committed(page.source, output, steps, page.attested_bytes)


def _is_honest(page: proving.Committed) -> bool:
    data = b"".join(data for _, data in page.source)
    put = {i: page.output[step[5]][1] for i, step in enumerate(page.steps) if step[0] >= 128 and step[1]}
    try:
        again = proving.honest(data, bytes(step[0] for step in page.steps), put)
    except (core_ext.RuleViolation, ValueError):
        return False
    return again.steps == page.steps


def _says_the_same(page: proving.Committed, index: int) -> bool:
    """Whether the step's rule, though another one, makes the same of its token: that is no lie about anything."""
    rule, emits, flags, *_, out, _ = page.steps[index]
    kind, data = page.source[index]
    result = page.output[out][1] if emits else b""
    if rule in core_ext.ATTESTED:
        return True
    return core_ext.apply_rule(rule, kind, flags, data) == (emits, result)
