"""Figures of one run, counted as things happen and shown as Prometheus text (version 0.0.4).

Counted here and not in a client library: the library keeps a registry and locks that one loop does not need, and costs
a tenth of the program's memory.
"""

import time
from collections import defaultdict
from contextvars import ContextVar

_SECONDS = (0.005, 0.02, 0.1, 0.5, 2.0, 10.0)

_chain: ContextVar[str] = ContextVar("chain", default="")
_rpc: defaultdict[tuple[str, str, str], list[float]] = defaultdict(lambda: [0.0] * (len(_SECONDS) + 2))
_values: dict[tuple[str, str], float] = {}

_HELP = {
    "indexer_head_block": ("gauge", "The chain's newest block."),
    "indexer_block": ("gauge", "The last block that is mirrored."),
    "indexer_lag_blocks": ("gauge", "Blocks between the two."),
    "indexer_lag_seconds": ("gauge", "Age of the last mirrored block while there is a newer one; 0 at the head."),
    "indexer_commit_lag_seconds": ("gauge", "Time from the last mirrored block's time to its commit."),
    "indexer_block_timestamp_seconds": ("gauge", "Time of the last mirrored block."),
    "indexer_seen_timestamp_seconds": ("gauge", "When a node last told what its newest block is."),
    "indexer_rows_total": ("counter", "Rows written, of all event tables."),
    "indexer_set_aside_total": ("counter", "Logs set aside."),
    "indexer_copy_seconds_total": ("counter", "Time spent in COPY."),
    "indexer_write_seconds_total": ("counter", "Time spent in writing transactions, COPY and commit included."),
    "indexer_scan_seconds_total": ("counter", "Time spent in reading logs out of answers."),
    "indexer_commits_total": ("counter", "Transactions that moved the checkpoint."),
    "indexer_reorgs_total": ("counter", "Reorganizations that were undone."),
    "indexer_reorg_blocks": ("gauge", "Depth of the last one."),
    "indexer_window_blocks": ("gauge", "Blocks that one question asks for now."),
    "indexer_subscribed": ("gauge", "1 while the node tells of new blocks, 0 while it is polled."),
    "indexer_halted": ("gauge", "1 while the chain contradicts what it had called final."),
}


def of_chain(name: str) -> None:
    """What this task, and all that it starts, counts from now on is of this chain."""
    _chain.set(name)


def chain() -> str:
    """The chain that the present task works for; empty where there is only one."""
    return _chain.get()


def rpc(method: str, outcome: str, seconds: float) -> None:
    """One request was answered, or failed. `outcome`: the HTTP status, or error."""
    series = _rpc[_chain.get(), method, outcome]
    for place, bound in enumerate(_SECONDS):
        series[place] += seconds <= bound
    series[-2] += 1
    series[-1] += seconds


def count(name: str, by: float = 1) -> None:
    """Adds to a counter."""
    key = name, _chain.get()
    _values[key] = _values.get(key, 0) + by


def put(name: str, value: float) -> None:
    """Sets a gauge."""
    _values[name, _chain.get()] = value


def value(name: str) -> float:
    """What a figure is now; 0 before it was ever set."""
    return _values.get((name, _chain.get()), 0)


def text() -> str:
    """All figures, for a scraper; how far behind is as of now, so that it grows while nothing moves."""
    for known in {key[1] for key in list(_values)}:
        behind = _values.get(("indexer_head_block", known), 0) - _values.get(("indexer_block", known), 0)
        age = time.time() - _values.get(("indexer_block_timestamp_seconds", known), 0)
        _values["indexer_lag_blocks", known] = max(0, behind)
        _values["indexer_lag_seconds", known] = max(0.0, age) if behind > 0 else 0
    lines: list[str] = []
    for name, (kind, words) in _HELP.items():
        lines += [f"# HELP {name} {words}", f"# TYPE {name} {kind}"]
        of = sorted((chain, value) for (known, chain), value in list(_values.items()) if known == name)
        lines += [f"{name}{_labels(chain)} {value:.15g}" for chain, value in of or [("", 0)]]
    lines += ["# HELP indexer_rpc_seconds Time of requests to nodes.", "# TYPE indexer_rpc_seconds histogram"]
    for (chain, method, outcome), series in sorted(_rpc.items()):
        labels = f'method="{method}",status="{outcome}"' + (f',chain="{chain}"' if chain else "")
        lines += [f'indexer_rpc_seconds_bucket{{{labels},le="{b:g}"}} {series[n]:g}' for n, b in enumerate(_SECONDS)]
        lines.append(f'indexer_rpc_seconds_bucket{{{labels},le="+Inf"}} {series[-2]:g}')
        lines.append(f"indexer_rpc_seconds_count{{{labels}}} {series[-2]:g}")
        lines.append(f"indexer_rpc_seconds_sum{{{labels}}} {series[-1]:.6f}")
    return "\n".join(lines) + "\n"


def _labels(chain: str) -> str:
    return f'{{chain="{chain}"}}' if chain else ""
