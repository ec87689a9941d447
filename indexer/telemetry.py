"""Where the indexer's words go: one JSON object a line on stderr."""

import sys

import structlog


def configure() -> None:
    """Called once, by the program; as a library the package leaves the caller's setting alone."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.dict_tracebacks,
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
    )
