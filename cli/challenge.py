"""`lightdom challenge`: finds the cheapest proof that a claim is false, and sends it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.errors import ExitCode, exits_by_class

if TYPE_CHECKING:
    from services.challenger.choose import Candidate


@exits_by_class
def challenge(
    claim_id: Annotated[str, typer.Argument(metavar="CLAIM_ID", help="0x and 64 hex digits.")],
    keystore: Annotated[
        Path | None, typer.Option(help="Key file (Web3 Secret Storage). Default: LIGHTDOM_KEYSTORE_CHALLENGER.")
    ] = None,
    passphrase_file: Annotated[Path | None, typer.Option(help="File with the key file's passphrase.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the proofs and what they cost; send none.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print what was found and done as JSON.")] = False,
) -> None:
    """Recompute a claim; if it is false, slash it by the cheapest proof there is.

    Exit code 0: slashed (or could be, with --dry-run). 23: nothing is wrong with it. 22: it is wrong, but no proof of
    it succeeds on chain.
    """
    from cli.status import parse_claim_id
    from services.blobs import open_store
    from services.chain import connect, open_account
    from services.chain.account import open_keystore
    from services.challenger.choose import candidates
    from services.challenger.slash import slash
    from services.harvest.case import open_case
    from services.settings import read_settings
    from services.verifier.recompute import findings

    settings = read_settings()
    chain = connect(settings)
    key = open_keystore(keystore, passphrase_file) if keystore else open_account("challenger", chain.chain_id, settings)
    case = open_case(chain, open_store(settings.ipfs_url), parse_claim_id(claim_id))
    claim = case.submitted.claim
    found = list(findings(claim, case.evidence))
    asked = candidates(chain, key.address, claim, case.evidence, iter(found))
    best = asked[0] if asked and asked[0].gas is not None else None
    is_slashed = best is not None and not dry_run
    if best is not None and not dry_run:
        slash(chain, key, case.submitted, best.call)
    if as_json:
        told = {"findings": [finding.words for finding in found], "proofs": [candidate_to_json(each) for each in asked]}
        print(json.dumps(told | {"isSlashed": is_slashed}, indent=2))
    else:
        _tell(found, asked, is_slashed)
    if not found:
        raise typer.Exit(ExitCode.NOTHING_WRONG)
    raise typer.Exit(0 if best is not None else ExitCode.NOT_ENOUGH)


def candidate_to_json(candidate: Candidate) -> dict[str, Any]:
    """A proof that was asked for."""
    return {
        "proof": candidate.finding.fault.name.lower(),
        "token": candidate.finding.index if candidate.finding.index >= 0 else None,
        "words": candidate.finding.words,
        "gas": candidate.gas,
        "refusal": candidate.refusal or None,
    }


def _tell(found: list[Any], asked: list[Candidate], is_slashed: bool) -> None:
    if not found:
        print("Nothing is wrong with this claim.")
        return
    for each in asked:
        cost = f"{each.gas:>9,} gas" if each.gas is not None else f"refused: {each.refusal}"
        print(f"{each.finding.fault.name.lower():>9}  {cost}  {each.finding.words}")
    if not asked:
        print(f"It is wrong, but not provably: {found[0].words}")
    if is_slashed:
        print("Slashed. `lightdom watch` shares the bounty out once nobody else may reveal, and withdraws yours.")
