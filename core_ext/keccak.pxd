from libc.stdint cimport uint8_t


cdef extern from "keccak_batch.h" nogil:
    ctypedef struct ld_message:
        const uint8_t *data
        size_t size
        uint8_t *out    # 32 bytes

    # out: 32 bytes; data may be NULL when length is 0
    void ld_keccak256(const uint8_t *data, size_t length, uint8_t *out) noexcept


cdef extern from "keccak_short.h" nogil:
    const size_t LD_SHORT   # bytes of room that a short message has

    void ld_pad_short(uint8_t *room, size_t size) noexcept


# Bytes up to `limit` may be read, whether they belong to a message or not; every message ends before it.
cdef void hash_messages(const ld_message *messages, size_t count, const uint8_t *limit) noexcept nogil
# The same for messages that all have `size` < 96 bytes, and behind them what ld_pad_short() puts there.
cdef void hash_short(const ld_message *messages, size_t count, size_t size) noexcept nogil
