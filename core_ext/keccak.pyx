"""Keccak-256 (Ethereum's: Keccak padding, not SHA-3's), one message at a time or four, as the processor can."""

from core_ext.keccak cimport ld_keccak256, ld_message
from libc.stdint cimport uint8_t
from libc.stdlib cimport free, malloc
from libc.string cimport memset


cdef extern from "keccak_batch.h" nogil:
    ctypedef struct ld_states:
        pass

    int ld_has_avx2() noexcept
    void ld_permute(ld_states *states, int lanes, size_t times) noexcept
    void ld_keccak256_each(const ld_message *messages, size_t count) noexcept
    void ld_keccak256_four(const ld_message *messages, size_t count, const uint8_t *limit) noexcept


cdef extern from "keccak_short.h" nogil:
    void ld_keccak256_short(const ld_message *messages, size_t count, size_t size) noexcept


cdef int lanes_in_use = 4 if ld_has_avx2() else 1


cdef void hash_messages(const ld_message *messages, size_t count, const uint8_t *limit) noexcept nogil:
    if lanes_in_use == 4 and count > 1:
        ld_keccak256_four(messages, count, limit)
    else:
        ld_keccak256_each(messages, count)


cdef void hash_short(const ld_message *messages, size_t count, size_t size) noexcept nogil:
    if lanes_in_use == 4 and count > 1:
        ld_keccak256_short(messages, count, size)
    else:
        ld_keccak256_each(messages, count)


def keccak256(const uint8_t[::1] data not None) -> bytes:
    """The 32-byte digest of any contiguous bytes-like object; releases the GIL."""
    cdef uint8_t digest[32]
    cdef const uint8_t *start = &data[0] if data.shape[0] else NULL
    cdef size_t length = data.shape[0]
    with nogil:
        ld_keccak256(start, length, digest)
    return digest[:32]


def keccak256_cut(const uint8_t[::1] data not None, ends) -> bytes:
    """The digests, 32 bytes each, of the messages that `data` is cut into; `ends` rise to its length."""
    cdef size_t count = len(ends), i
    cdef Py_ssize_t before = 0, end
    cdef const uint8_t *start = &data[0] if data.shape[0] else NULL
    cdef const uint8_t *limit = start + data.shape[0]
    cdef ld_message *messages = <ld_message *>malloc(count * sizeof(ld_message) + 1)
    cdef uint8_t *digests = <uint8_t *>malloc(count * 32 + 1)
    try:
        if not (messages and digests):
            raise MemoryError
        for i in range(count):
            end = ends[i]
            if not before <= end <= data.shape[0]:
                raise ValueError(f"message {i} ends at {end}, which is not in {before} to {data.shape[0]}")
            messages[i].data = start + before
            messages[i].size = end - before
            messages[i].out = digests + 32 * i
            before = end
        if before != data.shape[0]:
            raise ValueError("the messages do not cover the data")
        with nogil:
            hash_messages(messages, count, limit)
        return (<const char *>digests)[: 32 * count]
    finally:
        free(messages)
        free(digests)


def permute(size_t times) -> bytes:
    """Nothing but Keccak-f, `times` times on as many states as there are lanes; what a benchmark measures against.

    Gives the first word of the first state, so that no compiler can leave the work out.
    """
    cdef ld_states states
    memset(&states, 0, sizeof(states))
    with nogil:
        ld_permute(&states, lanes_in_use, times)
    return (<const char *>&states)[:8]


def lanes() -> int:
    """How many messages are hashed at once: 4 with AVX2, else 1."""
    return lanes_in_use


def use_lanes(int wanted) -> None:
    """Chooses 1 or 4 lanes for all of core_ext; for tests and benchmarks. Raises ValueError for what cannot be had."""
    global lanes_in_use
    if wanted != 1 and not (wanted == 4 and ld_has_avx2()):
        raise ValueError(f"{wanted} lanes are not to be had here")
    lanes_in_use = wanted
