from libc.stdint cimport uint8_t


cdef extern from "keccak_f1600.h" nogil:
    # out: 32 bytes; data may be NULL when length is 0
    void ld_keccak256(const uint8_t *data, size_t length, uint8_t *out) noexcept
