"""Tokens and steps as they were committed, honest or not: what rules on neighbours and selectors are judged by."""

from libc.stdint cimport uint8_t, uint16_t, uint32_t

cdef enum:
    STEP = 18


cdef struct Steps:
    const uint8_t *page
    const uint8_t *kinds
    const uint32_t *starts
    const uint8_t *records
    size_t count
    # What was put out; NULL where it is the page itself.
    const uint8_t *out
    const uint32_t *out_starts
    size_t out_count


cdef inline uint16_t get16(const uint8_t *at) noexcept nogil:
    return (at[0] << 8) | at[1]


cdef inline uint32_t get32(const uint8_t *at) noexcept nogil:
    return (<uint32_t>get16(at) << 16) | get16(at + 2)


cdef inline int rule_of(const Steps *t, size_t i) noexcept nogil:
    return t.records[STEP * i]


cdef inline int emits_of(const Steps *t, size_t i) noexcept nogil:
    return t.records[STEP * i + 1]


cdef inline uint16_t flags_of(const Steps *t, size_t i) noexcept nogil:
    return get16(t.records + STEP * i + 2)


cdef inline int state_of(const Steps *t, size_t i) noexcept nogil:
    return flags_of(t, i) & 0x7F


cdef inline int depth_of(const Steps *t, size_t i) noexcept nogil:
    return get16(t.records + STEP * i + 4)


cdef inline uint32_t parent_of(const Steps *t, size_t i) noexcept nogil:
    return get32(t.records + STEP * i + 6)


cdef inline uint32_t out_of(const Steps *t, size_t i) noexcept nogil:
    return get32(t.records + STEP * i + 10)


cdef inline const uint8_t *begin_of(const Steps *t, size_t i) noexcept nogil:
    return t.page + t.starts[i]


cdef inline size_t size_of(const Steps *t, size_t i) noexcept nogil:
    return t.starts[i + 1] - t.starts[i]
