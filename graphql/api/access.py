"""What lets callers in: the off-chain database, the site that wallets sign for, the keys' secrets, the chain."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.ext.asyncio import AsyncEngine

from api.settings import Settings
from services.auth.api_keys import KeyRing
from services.auth.calls import Calls
from services.auth.secrets import read_secrets
from services.database import open_engine


@dataclass(frozen=True, slots=True)
class Access:
    """The parts of one process. `ring` None: no secrets are configured, so there are no API keys."""

    engine: AsyncEngine
    origins: tuple[str, ...]
    ring: KeyRing | None
    calls: Calls
    now: Callable[[], datetime]

    @property
    def is_secure(self) -> bool:
        """Whether browsers reach us by https, so that cookies may be kept from anything else."""
        return self.origins[0].startswith("https://")

    async def close(self) -> None:
        """Lets all connections go."""
        await self.calls.close()
        await self.engine.dispose()


def open_access(settings: Settings) -> Access:
    """The parts as configured. Connects at first use. Raises SettingInvalid for a secrets file that is not one."""
    ring = None
    if settings.secrets_file is not None:
        ring = KeyRing(read_secrets(settings.secrets_file), settings.environment)
    return Access(
        open_engine(
            settings.database_url, pool_size=settings.pool_size, statement_timeout_ms=settings.statement_timeout_ms
        ),
        settings.origins,
        ring,
        Calls(settings.rpc_url),
        lambda: datetime.now(UTC),
    )
