"""Demands for a claim's data, from the chain's own events: who asked for which leaf or node, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from web3.types import EventData

from services.chain import Chain
from services.harvest.place import Part, Place
from services.harvest.submit import Submitted


@dataclass(frozen=True, slots=True)
class Demand:
    """A demand that is open. `deadline` in chain seconds, should no pause come in between."""

    place: Place
    demander: str
    fee_wei: int
    deadline: int


_ENDS = ("DemandAnswered", "DemandTimedOut", "DemandReclaimed")


def open_demands(chain: Chain, submitted: Submitted) -> list[Demand]:
    """Demands on a claim that are neither answered nor over, oldest first."""
    standing: dict[Place, Demand] = {}
    for entry in _in_order(chain, submitted, ("DemandMade", *_ENDS)):
        place = _place(entry["args"])
        if entry["event"] == "DemandMade":
            arguments = entry["args"]
            standing[place] = Demand(place, arguments["demander"], arguments["feeWei"], arguments["deadline"])
        else:
            standing.pop(place, None)
    return list(standing.values())


def answers(chain: Chain, submitted: Submitted) -> dict[Place, Any]:
    """The openings that answered demands on a claim, by place: the third argument of the call, or the second for T.

    Read from the transactions themselves; an answer that went through another contract cannot be read, and is left out.
    """
    proofs, shown = chain["ProofOfOptimization"], {}
    for entry in _in_order(chain, submitted, ("DemandAnswered",)):
        transaction = chain.web3.eth.get_transaction(entry["transactionHash"])
        try:
            function, arguments = proofs.decode_function_input(transaction["input"])
        except ValueError:
            continue
        if function.fn_name.startswith("answer"):
            shown[_place(entry["args"])] = arguments["opening"]
    return shown


def _place(arguments: Any) -> Place:
    return Place(Part(arguments["part"]), arguments["height"], arguments["index"])


def _in_order(chain: Chain, submitted: Submitted, names: Iterable[str]) -> list[EventData]:
    events = chain["ProofOfOptimization"].events
    only = {"claimId": submitted.claim_id}
    logs = [
        entry for name in names for entry in events[name]().get_logs(from_block=submitted.block, argument_filters=only)
    ]
    return sorted(logs, key=lambda entry: (entry["blockNumber"], entry["logIndex"]))
