"""Faults of tokens: a source leaf that is not one legal token in the state that its step names."""

from __future__ import annotations

from collections.abc import Iterator

import core_ext
from services.harvest.evidence import Evidence
from services.verifier.finding import Fault, Finding, show


def token_faults(evidence: Evidence) -> Iterator[Finding]:
    """What proveToken accepts, from the page's beginning."""
    for index, kind in enumerate(evidence.source.kinds):
        data, flags = evidence.source.slice(evidence.page, index), evidence.step(index).flags
        if not core_ext.is_token(kind, flags, data):
            yield Finding(
                Fault.TOKEN,
                index,
                f"source token {index} is not one token of kind {kind} in state 0x{flags:04x}: {show(data)}",
                f"kind {kind}, flags 0x{flags:04x}",
                "",
                evidence.source.starts[index],
            )
