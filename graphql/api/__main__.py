"""`python -m api`: serves the API and the dashboards until it is told to stop."""

from __future__ import annotations

import logging
import socket
import sys

from api.errors import SettingError, SettingRefused
from api.settings import Settings, from_environment


def main() -> int:
    """Exit code 2: a setting is missing or refused, and nothing was started."""
    try:
        settings = from_environment()
        listening = _listen(settings)
    except SettingError as error:
        sys.stderr.write(f"api: {error}\n")
        return 2
    # Only now: these take a second, and a wrong setting should be told at once.
    import structlog
    import uvicorn

    from api.app import create_app

    structlog.configure(
        processors=[
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.dict_tracebacks,
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
    )
    config = uvicorn.Config(
        create_app(settings),
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        ws="websockets-sansio",
        ws_max_size=settings.body_limit_bytes,
        ws_per_message_deflate=False,
        timeout_graceful_shutdown=5,
    )
    structlog.get_logger("api").info("serving", url=f"http://{settings.host}:{settings.port}")
    uvicorn.Server(config).run(sockets=[listening])
    return 0


def _listen(settings: Settings) -> socket.socket:
    # Bound before anything else starts, so that a taken port is one clear line.
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((settings.host, settings.port))
    except OSError as error:
        listening.close()
        reason = f"{settings.host}:{settings.port} cannot be listened on ({error.strerror}); choose another port"
        raise SettingRefused("LIGHTDOM_API_PORT", reason) from error
    return listening


if __name__ == "__main__":
    sys.exit(main())
