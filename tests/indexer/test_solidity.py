"""What Solidity emits arrives as it was given, from the edges of its types too; what is no event is set aside."""

from pathlib import Path
from typing import Any

import pytest
from eth_abi.abi import encode
from eth_utils.abi import function_abi_to_4byte_selector

from indexer.tables import event_tables
from tests.indexer.anvil import Anvil
from tests.indexer.emissions import Emitters
from tests.indexer.emitter import compiled
from tests.indexer.mirroring import catch_up, contents, places, places_on_chain, settings_for

LEAST_INT, MOST = -(2**255), 2**256 - 1
HASH, ACCOUNT = b"\xff" * 32, b"\xff" * 20
U64, U48, U32, U16, U8 = (2**bits - 1 for bits in (64, 48, 32, 16, 8))
CLAIM = (ACCOUNT, HASH, b"\xaa" * 32, HASH, bytes(32), HASH, U64, U64, U64, U32, U32, U8, U8, U16, HASH)
HUGE = b"h" * 100_000


@pytest.mark.parametrize(
    ("contract", "function", "arguments", "table", "row"),
    [
        (
            *("ProofOfOptimization", "claimRevealed", [HASH, CLAIM, MOST, U64], "claim_revealed"),
            [HASH, CLAIM[0], CLAIM[2], CLAIM[1], *CLAIM[3:], MOST, U64],
        ),
        ("ProofOfOptimization", "claimSlashed", [HASH, ACCOUNT, 5, MOST, 0], "claim_slashed", None),
        ("ProofOfOptimization", "claimFinalized", [HASH, ACCOUNT, HASH, U64, MOST, U8], "claim_finalized", None),
        ("ProofOfOptimization", "parametersSet", [U64, U8, MOST, MOST], "parameters_set", None),
        (
            *("OptimizationRegistry", "hostRegistered", [HASH, ACCOUNT, 7, HUGE], "host_registered"),
            [HASH, ACCOUNT, 7, HUGE, HUGE.decode()],
        ),
        (
            *("OptimizationRegistry", "hostRegistered", [HASH, bytes(20), 0, b"\0\xc3("], "host_registered"),
            [HASH, bytes(20), 0, b"\0\xc3(", "\ufffd\ufffd("],
        ),
        (
            "OptimizationRegistry",
            "savingRecorded",
            [ACCOUNT, HASH, HASH, U64, MOST, LEAST_INT],
            "saving_recorded",
            None,
        ),
        ("DOMSpaceToken", "rewardQueued", [MOST, ACCOUNT, HASH, MOST, MOST], "reward_queued", None),
        ("VirtualLandNFT", "landMinted", [MOST, ACCOUNT, 7, U16, U32], "land_minted", None),
        ("AccessManager", "roleGranted", [U64, ACCOUNT, U32, U48, True], "role_granted", None),
        ("AccessManager", "operationScheduled", [HASH, U32, U48, ACCOUNT, ACCOUNT, HUGE], "operation_scheduled", None),
    ],
)
def test_extremes_arrive_exactly(
    database: str,
    chain: Anvil,
    emitters: Emitters,
    tmp_path: Path,
    contract: str,
    function: str,
    arguments: list[Any],
    table: str,
    row: list[Any] | None,
) -> None:
    chain.send(emitters.addresses[contract], _call(function, arguments))
    chain.mine()
    catch_up(settings_for(database, chain, tmp_path))

    (found,) = contents(database)[table]
    assert list(found[5:]) == (arguments if row is None else row)


def test_logs_that_are_no_event_are_set_aside_whole(
    database: str, chain: Anvil, emitters: Emitters, tmp_path: Path
) -> None:
    strange = [([], b""), ([], b"\0" * 1000), ([HASH], b"x"), ([HASH, HASH, HASH, HASH], b"\xff" * 31)]
    for contract in emitters.addresses:
        emitters.emit(contract, strange)
    chain.mine()
    catch_up(settings_for(database, chain, tmp_path))

    rows = contents(database)
    found = rows["set_aside_log"]
    assert [(row[6], row[7]) for row in found] == strange * len(emitters.addresses)
    assert {row[8] for row in found} == {"anonymous: no topic names the event", "unknown topic"}
    assert sum(len(rows[table.name]) for table in event_tables()) == len(found)
    assert places(rows) == places_on_chain(chain, list(emitters.addresses.values()))


def test_logs_of_strangers_are_not_mirrored(database: str, chain: Anvil, emitters: Emitters, tmp_path: Path) -> None:
    stranger = chain.send(None, compiled()[1])
    chain.mine()
    address = chain.call("eth_getTransactionReceipt", stranger)["contractAddress"]
    chain.send(address, _call("roleGranted", [0, ACCOUNT, 0, 0, True]))
    chain.mine()
    catch_up(settings_for(database, chain, tmp_path))

    assert places(contents(database)) == []


def _call(function: str, arguments: list[Any]) -> str:
    """Call data; text is given as bytes, which is encoded alike."""
    entry = next(entry for entry in compiled()[0] if entry.get("name") == function)
    types = [_type(argument) for argument in entry["inputs"]]
    return "0x" + (function_abi_to_4byte_selector(entry) + encode(types, arguments)).hex()  # type: ignore[arg-type]


def _type(argument: dict[str, Any]) -> str:
    if argument["type"] == "tuple":
        return f"({','.join(map(_type, argument['components']))})"
    return "bytes" if argument["type"] == "string" else str(argument["type"])
