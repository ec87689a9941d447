"""Leaves and nodes of the three trees, hashed in batches (docs/PROTOCOL.md, "Leaves and nodes")."""

from libc.stdint cimport uint8_t, uint32_t, uint64_t

cdef enum:
    HASH = 32
    SLOTS = 4096        # of a memo, a power of two
    MEMO_BYTES = 128    # longer tokens seldom come twice
    DEEPEST_TREE = 32

# What a memo knows of one token: where it was read, and the hash of its leaf once its batch is done.
cdef struct Slot:
    const uint8_t *data
    uint32_t size       # 0: the slot is free
    uint32_t place      # in its batch
    uint64_t batch
    uint8_t kind
    uint8_t leaf[HASH]

# Leaves of short tokens already hashed. Most tokens of a page come more than once: end tags, line ends, list items.
cdef struct Memo:
    Slot slots[SLOTS]
    uint64_t batch      # the number of the batch that is being gathered, from 1
    uint64_t calls      # of Keccak-f so far

cdef size_t step_bytes
cdef void hash_tokens(
    Memo *memo, const uint8_t *page, const uint8_t *limit, const uint8_t *kinds, const uint32_t *starts, size_t count,
    const uint8_t *known, uint8_t *out
) noexcept nogil
cdef void hash_leaf(uint8_t kind, uint32_t size, const uint8_t *data_hash, uint8_t *out) noexcept nogil
cdef void hash_steps(const uint8_t *steps, size_t count, uint8_t *out) noexcept nogil
cdef void join_sums(
    const uint8_t *hashes, const uint64_t *sums, size_t width, const uint8_t *beside, uint8_t *out, uint64_t *out_sums
) noexcept nogil
cdef void join(const uint8_t *hashes, size_t width, const uint8_t *beside, uint8_t *out) noexcept nogil
cdef const uint8_t *sum_padding(int height) noexcept nogil
cdef const uint8_t *step_padding(int height) noexcept nogil
