"""What workers' transactions cost, by the function they call; a worker shows it where it has a `--metrics-port`."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Histogram

REGISTRY = CollectorRegistry(auto_describe=True)
_GAS = (25e3, 50e3, 75e3, 100e3, 150e3, 200e3, 300e3, 500e3, 750e3, 1e6, 2e6, 5e6)

transactions = Counter(
    "lightdom_worker_transactions",
    "Contract calls that were tried. outcome: mined, refused, lost.",
    ("function", "outcome"),
    registry=REGISTRY,
)
gas = Histogram("lightdom_worker_gas", "Gas that mined calls used.", ("function",), buckets=_GAS, registry=REGISTRY)
