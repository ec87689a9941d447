"""`lightdom audit`: whether the audit log is as it was written, its newest head, its entries."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.errors import ExitCode, exits_by_class

if TYPE_CHECKING:
    from services.audit.checking import Checked


class Action(StrEnum):
    """What `lightdom audit` does."""

    VERIFY = "verify"
    HEAD = "head"
    ENTRIES = "entries"


@exits_by_class
def audit(
    action: Annotated[
        Action, typer.Argument(help="verify recomputes all of it; head and entries show what is there.")
    ] = Action.VERIFY,
    head: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="A head that was kept (`audit head --json`); the log must contain it."),
    ] = None,
    signer: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Who must have signed. Default: the configured auditor.")
    ] = "",
    no_chain: Annotated[bool, typer.Option("--no-chain", help="Do not look the anchors up.")] = False,
    subject: Annotated[str, typer.Option(help="Entries about this alone, e.g. account:7.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many entries, the newest first.")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Check the audit log against its own hashes, its signed heads and the chain, or show it.

    Exit code 25 where something was changed, left out or put in.
    """
    from services.database import open_engine
    from services.errors import SettingInvalid
    from services.settings import read_settings

    settings = read_settings()
    url = _database_url(settings.home)
    if not url:
        raise SettingInvalid("LIGHTDOM_DATABASE_URL", "", "a PostgreSQL database")

    async def run() -> int:
        engine = open_engine(url, statement_timeout_ms=600_000)
        try:
            if action is Action.HEAD:
                return await _show_head(engine)
            if action is Action.ENTRIES:
                return await _show_entries(engine, subject, limit, as_json=as_json)
            return await _verify(engine, settings, head or [], signer, no_chain=no_chain, as_json=as_json)
        finally:
            await engine.dispose()

    raise typer.Exit(asyncio.run(run()))


async def _verify(engine: Any, settings: Any, heads: list[Path], signer: str, *, no_chain: bool, as_json: bool) -> int:
    from web3 import Web3

    from services.audit.checking import check
    from services.chain import open_account
    from services.database import begin
    from services.errors import KeyMissing

    if signer and not Web3.is_address(signer):
        raise typer.BadParameter(f"{signer!r} is no address", param_hint="--signer")
    known = [_kept(path) for path in heads]
    web3 = None if no_chain else Web3(Web3.HTTPProvider(settings.rpc_url))
    address = bytes.fromhex(signer[2:]) if signer else None
    if web3 is not None and address is None:
        try:
            chain_id = await asyncio.to_thread(lambda: web3.eth.chain_id)
            address = bytes.fromhex(open_account("auditor", chain_id, settings).address[2:])
        except KeyMissing:
            address = None
        except OSError as error:
            from services.errors import ChainUnreachable

            raise ChainUnreachable(settings.rpc_url) from error
    async with begin(engine) as connection:
        checked = await check(connection, now=datetime.now(UTC), signer=address, known=known, web3=web3)
    _print_checked(checked, is_chain_asked=web3 is not None, is_signer_known=address is not None, as_json=as_json)
    return ExitCode.AUDIT_BROKEN if checked.findings else 0


def _print_checked(checked: Checked, *, is_chain_asked: bool, is_signer_known: bool, as_json: bool) -> None:
    if as_json:
        findings = [{"code": each.code, "place": each.place, "words": each.words} for each in checked.findings]
        told = {"entries": checked.entries, "heads": checked.heads, "anchors": checked.anchors}
        print(json.dumps({**told, "root": "0x" + checked.root.hex(), "findings": findings}, indent=2))
        return
    print(f"entries   {checked.entries}\nheads     {checked.heads}\nanchors   {checked.anchors}")
    print(f"root      0x{checked.root.hex()}")
    if not is_chain_asked:
        print("chain     not asked (--no-chain)")
    elif not is_signer_known:
        print("signer    not known: any signature that fits its own address counts; name it by --signer")
    for each in checked.findings:
        print(f"  {each.code:<20}{each.place:>8}  {each.words}")
    print("The log is not as it was written." if checked.findings else "The log is as it was written.")


async def _show_head(engine: Any) -> int:
    from services.audit.heads import newest_head
    from services.database import begin

    async with begin(engine) as connection:
        head = await newest_head(connection)
    if head is None:
        print(json.dumps(None))
        return 0
    told = {
        "size": head.size,
        "root": "0x" + head.root.hex(),
        "at": head.at.astimezone(UTC).isoformat(),
        "chainId": head.chain_id,
        "signer": "0x" + head.signer.hex(),
        "signature": "0x" + head.signature.hex(),
    }
    print(json.dumps(told, indent=2))
    return 0


async def _show_entries(engine: Any, subject: str, limit: int, *, as_json: bool) -> int:
    from services.audit.entries import entries_of
    from services.database import begin

    async with begin(engine) as connection:
        entries = await entries_of(connection, subject=subject or None, limit=limit)
    if as_json:
        told = [
            {
                "number": each.number,
                "at": each.at.isoformat(),
                "actor": each.actor,
                "action": each.action,
                "subject": each.subject,
                "detail": json.loads(each.detail),
                "hash": "0x" + each.hash.hex(),
            }
            for each in entries
        ]
        print(json.dumps(told, indent=2))
        return 0
    for each in entries:
        moment = each.at.isoformat(sep=" ", timespec="seconds")
        print(f"{each.number:>8}  {moment}  {each.actor:<16} {each.action:<18} {each.subject:<20} {each.detail}")
    return 0


def _kept(path: Path) -> tuple[int, bytes]:
    """Size and root of a head in a file."""
    try:
        told = json.loads(path.read_text())
        return int(told["size"]), bytes.fromhex(told["root"].removeprefix("0x"))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise typer.BadParameter(f"{path} is no head that `audit head` has shown", param_hint="--head") from None


def _database_url(home: Path) -> str:
    """What the environment names, else the database of the run that is up here."""
    import os

    from services.supervisor.home import Home, RunRecord

    record = RunRecord.read(Home(home))
    return os.environ.get("LIGHTDOM_DATABASE_URL") or (record.database_url if record else "")
