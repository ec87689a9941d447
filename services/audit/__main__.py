"""`python -m services.audit`: signs and anchors heads of the audit log until SIGINT or SIGTERM."""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import sys
from datetime import UTC, datetime

import structlog
from eth_account.signers.local import LocalAccount
from requests.exceptions import RequestException
from web3 import Web3

from services.audit.node import Auditor
from services.chain import open_account
from services.database import open_engine
from services.errors import KeyMissing, ServiceError, SettingInvalid
from services.settings import Settings, read_settings

log = structlog.get_logger("auditor")
RETRY_SECONDS = 2.0


def main(arguments: list[str] | None = None) -> int:
    """Exit code 0 after an asked stop, 1 when a setting or key is wrong."""
    parser = argparse.ArgumentParser(prog="python -m services.audit", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0, help="how often a head is signed (default: %(default)s)")
    seconds = parser.parse_args(arguments).seconds
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    try:
        asyncio.run(_run(read_settings(), seconds))
    except ServiceError as error:
        log.error(str(error), code=error.code, next_step=error.next_step)
        return 1
    return 0


async def _run(settings: Settings, seconds: float) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    database_url = os.environ.get("LIGHTDOM_DATABASE_URL", "")
    if not database_url:
        raise SettingInvalid("LIGHTDOM_DATABASE_URL", "", "a PostgreSQL database")
    web3 = Web3(Web3.HTTPProvider(settings.rpc_url))
    found = await _chain_and_account(web3, settings, stop)
    if found is None:
        await stop.wait()
        return
    chain_id, account = found
    engine = open_engine(database_url, pool_size=2)
    auditor = Auditor(engine, web3, account, chain_id, lambda: datetime.now(UTC))
    log.info("auditing", chain_id=chain_id, signer=account.address)
    try:
        while not stop.is_set():
            try:
                await auditor.step()
            except ServiceError as error:
                log.warning(str(error), code=error.code, next_step=error.next_step)
            await _pause(stop, seconds)
    finally:
        await engine.dispose()


async def _chain_and_account(web3: Web3, settings: Settings, stop: asyncio.Event) -> tuple[int, LocalAccount] | None:
    """None where no key is configured: then nothing is signed, and the log says how to change that."""
    while not stop.is_set():
        try:
            chain_id = await asyncio.to_thread(lambda: web3.eth.chain_id)
            return chain_id, open_account("auditor", chain_id, settings)
        except RequestException:
            log.info("waiting for the chain")
            await _pause(stop, RETRY_SECONDS)
        except KeyMissing as error:
            log.warning("heads are unavailable: " + str(error), code=error.code, next_step=error.next_step)
            return None
    return None


async def _pause(stop: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return


if __name__ == "__main__":
    sys.exit(main())
