"""`lightdom attest`: a verifier node's vote on one claim, for what it really checked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from cli.errors import ExitCode, exits_by_class


@exits_by_class
def attest(
    claim_id: Annotated[str, typer.Argument(metavar="CLAIM_ID", help="0x and 64 hex digits.")],
    role: Annotated[
        str, typer.Option(metavar="ROLE", help="Whose key signs: LIGHTDOM_KEYSTORE_<ROLE>, e.g. verifier_1.")
    ] = "verifier_1",
    keystore: Annotated[Path | None, typer.Option(help="Key file instead (Web3 Secret Storage).")] = None,
    passphrase_file: Annotated[Path | None, typer.Option(help="File with the key file's passphrase.")] = None,
    fetch: Annotated[bool, typer.Option(help="Fetch the page's URL, and say whether it serves the page.")] = True,
    render: Annotated[bool, typer.Option(help="Render both pages in a browser, and say if they are equal.")] = True,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check, show, and sign nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the checks and the vote as JSON.")] = False,
) -> None:
    """Check one claim and vote on it: recomputed, served, renders equal.

    A bit is signed only for what was found out here and now; a check that speaks against the claim means no vote at
    all (exit code 21). A vote that says less than this chain requires would be wasted, and is not sent (exit code 22).
    """
    from cli.status import parse_claim_id
    from optimizer.fetch import FetchLimits
    from optimizer.source import MAX_BYTES, TIMEOUT_SECONDS
    from services.blobs import open_store
    from services.chain import connect, open_account
    from services.chain.account import open_keystore
    from services.harvest.case import open_case
    from services.settings import read_settings
    from services.verifier.cast import cast, required_bits, voters
    from services.verifier.check import bits_of
    from services.verifier.examine import Examiner
    from services.verifier.journal import Journal

    settings = read_settings()
    chain = connect(settings)
    key = open_keystore(keystore, passphrase_file) if keystore else open_account(role, chain.chain_id, settings)
    case = open_case(chain, open_store(settings.ipfs_url), parse_claim_id(claim_id))
    limits = FetchLimits(MAX_BYTES, TIMEOUT_SECONDS, settings.loopback_permitted) if fetch else None
    checks = Examiner(limits, render).examine(case.submitted.claim, case.evidence)
    bits, required = bits_of(checks), required_bits(chain)
    is_refuted = any(check.passed is False for check in checks)
    has_voted = key.address in voters(chain, case.submitted)
    is_enough = bits & required == required
    if is_enough and not dry_run and not has_voted:
        cast(chain, case.submitted, [key], bits, Journal.of(chain, settings.home))
    vote = {"verifier": key.address, "bits": bits, "requiredBits": required, "hadVoted": has_voted, "isDryRun": dry_run}
    if as_json:
        told = [{"name": check.name, "passed": check.passed, "words": check.words} for check in checks]
        print(json.dumps({"checks": told, **vote}, indent=2))
    else:
        marks = {True: "yes", False: "NO", None: "unknown"}
        for check in checks:
            print(f"{check.name:>14}  {marks[check.passed]:<8}  {check.words}")
        print(f"{'vote':>14}  {_said(bits, required, has_voted, dry_run, key.address)}")
    if is_refuted:
        raise typer.Exit(ExitCode.CLAIM_FALSE)
    raise typer.Exit(0 if is_enough else ExitCode.NOT_ENOUGH)


def _said(bits: int, required: int, has_voted: bool, dry_run: bool, address: str) -> str:
    if bits & required != required:
        return f"none: bits {bits} do not cover the {required} that a vote must say here"
    if has_voted:
        return f"none: {address} has voted on this claim already"
    return f"bits {bits} of {address}" + (", not sent" if dry_run else ", sent")
