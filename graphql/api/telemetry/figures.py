"""Rate, errors and duration of every operation, as this process counts them (the RED method)."""

from __future__ import annotations

from dataclasses import dataclass, field

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class Figures:
    """The counters of one process; a registry of its own, so that two applications in one process do not mix."""

    registry: CollectorRegistry = field(default_factory=lambda: CollectorRegistry(auto_describe=True))
    requests: Counter = field(init=False)
    seconds: Histogram = field(init=False)
    in_flight: Gauge = field(init=False)
    sockets: Gauge = field(init=False)
    fields: Counter = field(init=False)
    errors: Counter = field(init=False)

    def __post_init__(self) -> None:
        made = {
            "requests": Counter(
                "lightdom_api_requests",
                "Requests that were answered. outcome: ok, refused (4xx), failed (5xx), gone (the caller hung up).",
                ("operation", "outcome"),
                registry=self.registry,
            ),
            "seconds": Histogram(
                "lightdom_api_request_seconds",
                "Time from a request's head to the end of its answer.",
                ("operation",),
                buckets=_SECONDS,
                registry=self.registry,
            ),
            "in_flight": Gauge(
                "lightdom_api_requests_in_flight", "Requests that are being answered.", registry=self.registry
            ),
            "sockets": Gauge("lightdom_api_open_sockets", "Sockets that are open.", registry=self.registry),
            "fields": Counter(
                "lightdom_api_graphql_fields",
                "Root fields of GraphQL operations. outcome: ok, or the error's code.",
                ("field", "outcome"),
                registry=self.registry,
            ),
            "errors": Counter(
                "lightdom_api_errors", "Errors that were told, by their stable code.", ("code",), registry=self.registry
            ),
        }
        for name, metric in made.items():
            object.__setattr__(self, name, metric)
