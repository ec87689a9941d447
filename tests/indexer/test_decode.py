"""Logs become events as their ABI says, or are set aside with the reason; eth_abi is the oracle."""

import dataclasses
import random
import re
from typing import Any, get_type_hints

import pytest
from eth_abi.abi import decode as oracle
from eth_utils.abi import event_abi_to_log_topic
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer import abi
from indexer.decode import Decoder, SetAside
from indexer.events import Event
from indexer.log import Log
from indexer.rows import row
from indexer.signature import topic0
from indexer.sources import EVENTS
from indexer.tables import event_tables, set_aside_log
from tests.indexer.emissions import encode_log, event_entries, random_value

_ADDRESSES = {name: bytes([number]) * 20 for number, name in enumerate(EVENTS, 1)}

# What Python reserves, or what says no unit or too little: ABI name -> ours.
_RENAMED = {
    ("Transfer", "from"): "sender",
    ("Transfer", "to"): "recipient",
    ("DOMSpaceToken.Transfer", "value"): "amount_wei",
    ("DOMSpaceToken.Approval", "value"): "amount_wei",
    ("OperationScheduled", "data"): "call_data",
    ("LandMinted", "areaSquareMetres"): "area_m2",
}
ALL_EVENTS = [(contract, entry) for contract in EVENTS for entry in event_entries(contract)]
_ids = [f"{contract}.{entry['name']}" for contract, entry in ALL_EVENTS]


@pytest.fixture(scope="module")
def decoder() -> Decoder:
    decoder = Decoder()
    for name, address in _ADDRESSES.items():
        decoder.add(address, abi.load(name), EVENTS[name])
    return decoder


def test_a_log_without_topics_is_set_aside(decoder: Decoder) -> None:
    assert decoder.decode(_log("AccessManager", [], b"")) == SetAside("anonymous: no topic names the event")


def test_an_unknown_topic_is_set_aside(decoder: Decoder) -> None:
    assert decoder.decode(_log("AccessManager", [bytes(32)], b"")) == SetAside("unknown topic")


def test_an_event_from_another_contract_than_its_own_is_set_aside(decoder: Decoder) -> None:
    entry = _entry("ProofOfOptimization", "ClaimCommitted")

    assert decoder.decode(_log("VirtualLandNFT", [topic0(entry), bytes(32), bytes(32)], b"")) == SetAside(
        "unknown topic"
    )


@pytest.mark.parametrize(
    ("contract", "name", "change", "reason"),
    [
        ("ProofOfOptimization", "ClaimCommitted", lambda t, d: (t[:2], d), "2 topics instead of 3"),
        ("ProofOfOptimization", "ClaimAttested", lambda t, d: (t, d[:-1]), "63 bytes of data instead of 64"),
        ("ProofOfOptimization", "ClaimAttested", lambda t, d: (t, d + b"\0"), "65 bytes of data instead of 64"),
        ("ProofOfOptimization", "ClaimAttested", lambda t, d: (t, b"\1" + d[1:]), "a uint8 with more than 8 bits"),
        (
            "ProofOfOptimization",
            "ClaimCommitted",
            lambda t, d: ([*t[:2], b"\1" * 32], d),
            "an address with more than 20",
        ),
        ("ProofOfOptimization", "VerifierSet", lambda t, d: (t, bytes(31) + b"\2"), "a bool that is neither 0 nor 1"),
        ("AccessManager", "TargetFunctionRoleUpdated", lambda t, d: (t, b"\1" * 32), "a bytes4 with more than 4 bytes"),
        ("AccessManager", "RoleLabel", lambda t, d: (t, b"\xff" * 32 + d[32:]), "lies outside"),
        ("AccessManager", "RoleLabel", lambda t, d: (t, d[:32] + b"\xff" * 32 + d[64:]), "reaches outside"),
        ("AccessManager", "RoleLabel", lambda t, d: (t, d[:32]), "lies outside"),
        ("AccessManager", "RoleLabel", lambda t, d: (t, d[:-1] + b"\1"), "padding after the content is not zero"),
    ],
)
def test_a_log_that_breaks_its_abi_is_set_aside(
    decoder: Decoder, contract: str, name: str, change: Any, reason: str
) -> None:
    entry = _entry(contract, name)
    values = [_small(argument) for argument in entry["inputs"]]
    topics, data = change(*encode_log(entry, values))

    found = decoder.decode(_log(contract, topics, data))

    assert isinstance(found, SetAside)
    assert found.reason.startswith(f"{name}: ")
    assert reason in found.reason


def test_a_claim_that_contradicts_its_topics_is_set_aside(decoder: Decoder) -> None:
    entry = _entry("ProofOfOptimization", "ClaimRevealed")
    values = [_small(argument) for argument in entry["inputs"]]
    values[1] = b"\5" * 20
    log = _log("ProofOfOptimization", *encode_log(entry, values))

    table, content = row(log, decoder.decode(log))

    assert table is set_aside_log
    assert content[-1] == "ClaimRevealed: prover and claim.prover differ"


@pytest.mark.parametrize(("contract", "entry"), ALL_EVENTS, ids=_ids)
def test_fields_are_named_as_in_the_abi(contract: str, entry: dict[str, Any]) -> None:
    kind = EVENTS[contract][entry["name"]]
    for argument, field in zip(entry["inputs"], dataclasses.fields(kind), strict=True):  # type: ignore[arg-type]
        names = [(f"{contract}.{entry['name']}", argument["name"]), (entry["name"], argument["name"])]
        renamed = next((_RENAMED[name] for name in names if name in _RENAMED), None)
        assert field.name == renamed or field.name == _snake(argument["name"])
        if argument["type"] == "tuple":
            members = [_snake(component["name"]) for component in argument["components"]]
            struct = get_type_hints(kind)[field.name]
            assert members == [component.name for component in dataclasses.fields(struct)]


@pytest.mark.parametrize("contract", sorted(EVENTS))
def test_every_event_of_our_contracts_is_mirrored(contract: str) -> None:
    in_abi = {entry["name"] for entry in abi.load(contract) if entry["type"] == "event"}

    assert in_abi == set(EVENTS[contract])


@pytest.mark.parametrize(("contract", "entry"), ALL_EVENTS, ids=_ids)
def test_every_event_has_a_row_that_fits_its_table(decoder: Decoder, contract: str, entry: dict[str, Any]) -> None:
    log = _log(contract, *encode_log(entry, [_small(argument) for argument in entry["inputs"]]))

    table, content = row(log, decoder.decode(log))

    assert table is not set_aside_log
    assert table in event_tables()
    assert len(content) == len(table.columns)


@pytest.mark.parametrize(("contract", "entry"), ALL_EVENTS, ids=_ids)
def test_topics_agree_with_eth_utils(contract: str, entry: dict[str, Any]) -> None:
    assert topic0(entry) == event_abi_to_log_topic(entry)  # type: ignore[arg-type]


@given(st.sampled_from(ALL_EVENTS), st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=300)
def test_values_agree_with_eth_abi(contract_and_entry: tuple[str, dict[str, Any]], source: random.Random) -> None:
    contract, entry = contract_and_entry
    topics, data = encode_log(entry, [random_value(source, argument) for argument in entry["inputs"]])
    decoder = Decoder()
    decoder.add(_ADDRESSES[contract], abi.load(contract), EVENTS[contract])

    found = decoder.decode(_log(contract, topics, data))

    assert isinstance(found, Event)
    plain = iter(oracle([_oracle_type(a) for a in entry["inputs"] if not a["indexed"]], data))
    indexed = iter(topics[1:])
    expected = [
        oracle([_oracle_type(argument)], next(indexed))[0] if argument["indexed"] else next(plain)
        for argument in entry["inputs"]
    ]
    assert _comparable(found) == [_hex_to_bytes(value) for value in expected]


@given(st.lists(st.binary(min_size=32, max_size=32), max_size=4), st.binary(max_size=300), st.sampled_from(ALL_EVENTS))
@settings(deadline=None, max_examples=300)
def test_no_bytes_make_it_fail(topics: list[bytes], data: bytes, contract_and_entry: Any) -> None:
    contract, entry = contract_and_entry
    decoder = Decoder()
    decoder.add(_ADDRESSES[contract], abi.load(contract), EVENTS[contract])

    for log in (_log(contract, topics, data), _log(contract, [topic0(entry), *topics], data)):
        table, content = row(log, decoder.decode(log))
        assert len(content) == len(table.columns)


def _entry(contract: str, name: str) -> dict[str, Any]:
    return next(entry for entry in event_entries(contract) if entry["name"] == name)


def _log(contract: str, topics: list[bytes], data: bytes) -> Log:
    return Log(_ADDRESSES[contract], tuple(topics), data, 1, bytes(32), 1_700_000_000, bytes(32), 0)


def _small(argument: dict[str, Any]) -> Any:
    abi_type = argument["type"]
    if abi_type == "tuple":
        return tuple(_small(component) for component in argument["components"])
    if abi_type in ("bytes", "string"):
        return b"abc"
    if abi_type == "address":
        return bytes(20)
    if abi_type == "bool":
        return True
    return bytes(int(abi_type[5:])) if abi_type.startswith("bytes") else 1


def _oracle_type(argument: dict[str, Any]) -> str:
    if argument["type"] == "tuple":
        return f"({','.join(map(_oracle_type, argument['components']))})"
    return "bytes" if argument["type"] == "string" else str(argument["type"])


def _comparable(event: Event) -> list[Any]:
    values = [getattr(event, field.name) for field in dataclasses.fields(event)]  # type: ignore[arg-type]
    return [dataclasses.astuple(value) if dataclasses.is_dataclass(value) else value for value in values]  # type: ignore[arg-type]


def _hex_to_bytes(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(map(_hex_to_bytes, value))
    return bytes.fromhex(value[2:]) if isinstance(value, str) else value


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
