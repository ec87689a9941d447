"""Answering a demand for data: the opening of the leaf or node that was asked for, from the claim's own bundle."""

from __future__ import annotations

from typing import Any

from services.chain import Claim
from services.harvest.openings import Openings
from services.harvest.place import Part, Place


def answer_call(functions: Any, claim: Claim, openings: Openings, place: Place) -> Any:
    """The call that answers a demand for this place."""
    words = claim.as_tuple()
    if place.part is Part.STEPS:
        if place.height == 0:
            return functions.answerStep(words, openings.step(place.index))
        return functions.answerStepNode(words, openings.step_node(place.height, place.index))
    is_optimized_tree = place.part is Part.OPTIMIZED
    if place.height == 0:
        leaf = openings.output(place.index) if is_optimized_tree else openings.source(place.index)
        return functions.answerToken(words, int(place.part), leaf)
    node = openings.sums(place.height, place.index, is_optimized_tree=is_optimized_tree)
    return functions.answerNode(words, int(place.part), node)
