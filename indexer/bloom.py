"""The filter of a block's logs (Yellow Paper, 4.3.1): it may say yes wrongly, and never no wrongly."""

from functools import lru_cache

from core_ext import keccak256

_BITS = 2048


def may_hold(bloom: bytes, items: tuple[bytes, ...]) -> bool:
    """Whether a block with this filter may have a log with any of these addresses or topics."""
    filtered = int.from_bytes(bloom)
    return any(filtered & bits == bits for bits in map(_bits, items))


@lru_cache(maxsize=100_000)
def _bits(item: bytes) -> int:
    digest = keccak256(item)
    found = 0
    for at in (0, 2, 4):
        found |= 1 << (int.from_bytes(digest[at : at + 2]) % _BITS)
    return found
