"""Keccak-256 (Ethereum's: Keccak padding, not SHA-3's), in portable C."""

from core_ext.keccak cimport ld_keccak256
from libc.stdint cimport uint8_t


def keccak256(const uint8_t[::1] data not None) -> bytes:
    """The 32-byte digest of any contiguous bytes-like object; releases the GIL."""
    cdef uint8_t digest[32]
    cdef const uint8_t *start = &data[0] if data.shape[0] else NULL
    cdef size_t length = data.shape[0]
    with nogil:
        ld_keccak256(start, length, digest)
    return digest[:32]
