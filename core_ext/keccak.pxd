from libc.stdint cimport uint8_t


cdef extern from "keccak_batch.h" nogil:
    ctypedef struct ld_message:
        const uint8_t *data
        size_t size
        uint8_t *out    # 32 bytes

    # out: 32 bytes; data may be NULL when length is 0
    void ld_keccak256(const uint8_t *data, size_t length, uint8_t *out) noexcept


# Bytes up to `limit` may be read, whether they belong to a message or not; every message ends before it.
cdef void hash_messages(const ld_message *messages, size_t count, const uint8_t *limit) noexcept nogil
