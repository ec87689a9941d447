"""`lightdom verify`: fetches a claim's evidence, recomputes everything, and says in words what is wrong and where."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.errors import ExitCode, exits_by_class

if TYPE_CHECKING:
    from services.chain import Claim
    from services.harvest import Evidence
    from services.verifier.verdict import Verdict


@exits_by_class
def verify(
    target: Annotated[str, typer.Argument(metavar="CLAIM_ID|FILE", help="0x and 64 hex digits, or a claim file.")],
    page: Annotated[
        Path | None, typer.Option(help="The page as you have it; it must be the one that the claim is about.")
    ] = None,
    most: Annotated[int, typer.Option(min=1, help="How many faults to tell of.")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="Print the verdict as JSON.")] = False,
) -> None:
    """Recompute a claim from its evidence: page, tokens, steps, rules, roots and sums.

    Exit code 0: honest. 21: false, and it says where. 15: the evidence is not what the claim committed to, so nothing
    can be told. 14: the evidence cannot be had. Rendering and what the URL serves are for `lightdom attest`.
    """
    from services.verifier.verdict import Standing, judge

    claim, evidence, where = _open(target)
    verdict = judge(claim, evidence, most)
    other = page is not None and page.read_bytes() != evidence.page
    if as_json:
        import json

        print(json.dumps(verdict_to_json(claim, verdict) | {"samePage": None if page is None else not other}, indent=2))
    else:
        _tell(claim, evidence, verdict, where)
        if other:
            print(f"{page} is another page than the claim's")
    if verdict.standing is Standing.UNPROVEN:
        raise typer.Exit(ExitCode.EVIDENCE)
    raise typer.Exit(ExitCode.CLAIM_FALSE if verdict.standing is Standing.FALSE or other else 0)


def _open(target: str) -> tuple[Claim, Evidence, str]:
    """The claim, its evidence and where that is: of a claim on chain, or of a claim file."""
    if target.startswith("0x"):
        from cli.status import parse_claim_id
        from services.blobs import open_store
        from services.chain import connect
        from services.harvest.case import open_case
        from services.settings import read_settings

        settings = read_settings()
        case = open_case(connect(settings), open_store(settings.ipfs_url), parse_claim_id(target))
        return case.submitted.claim, case.evidence, f"ipfs://{case.cid}"
    from services.harvest.claim_file import read_claim_file
    from services.harvest.offline import claimed_in

    file = read_claim_file(Path(target))
    return claimed_in(file), file.evidence, f"ipfs://{file.cid} in {target}"


def verdict_to_json(claim: Claim, verdict: Verdict) -> dict[str, Any]:
    """A verdict for programs. Byte offsets and token indexes are of the source page."""
    return {
        "verdict": verdict.standing.value,
        "sourceBytes": claim.src_bytes,
        "optimizedBytes": claim.opt_bytes,
        "findings": [
            {
                "fault": each.fault.name.lower(),
                "token": each.index if each.index >= 0 else None,
                "byteOffset": each.offset,
                "words": each.words,
                "claimed": each.claimed or None,
                "right": each.right or None,
            }
            for each in verdict.findings
        ],
    }


def _tell(claim: Claim, evidence: Evidence, verdict: Verdict, where: str) -> None:
    saved = claim.src_bytes - claim.opt_bytes
    print(f"evidence  {where}")
    print(f"    page  {claim.src_bytes} -> {claim.opt_bytes} bytes, {saved} saved; {claim.n} -> {claim.m} tokens")
    print(f"   roots  S 0x{claim.src.hex()}\n          O 0x{claim.opt.hex()}\n          T 0x{claim.trace.hex()}")
    print(f" verdict  {verdict.standing.value}")
    for each in verdict.findings:
        place = "" if each.offset is None else f" at byte {each.offset}"
        print(f"\n{each.fault.name.lower()}{place}: {each.words}")
        if each.claimed or each.right:
            print(f"  claimed  {each.claimed}\n    right  {each.right}")
