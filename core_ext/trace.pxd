"""What the trace shares with those that ask which rules could be in one."""

from core_ext.lexer cimport Tokens
from libc.stdint cimport uint8_t, uint16_t, uint32_t

cdef enum:
    FIRST_IN_STYLE = 64


cdef struct Columns:
    const uint8_t *page
    const uint8_t *kinds
    const uint32_t *starts
    const uint16_t *flags
    const uint16_t *depths
    const uint32_t *parents
    size_t count


cdef inline uint16_t flags_of(uint16_t flags, uint16_t output) noexcept nogil:
    """Flags of a step: in style sheets the bits of joins mean something else."""
    return flags if flags & 0x7F >= FIRST_IN_STYLE else flags | output


cdef inline uint8_t *put16(uint8_t *to, uint16_t value) noexcept nogil:
    to[0] = value >> 8
    to[1] = value & 0xFF
    return to + 2


cdef inline uint8_t *put32(uint8_t *to, uint32_t value) noexcept nogil:
    return put16(put16(to, value >> 16), value & 0xFFFF)


cdef Columns columns_of(const uint8_t[::1] page, Tokens tokens) except *
cdef uint16_t output_after(
    const Columns *t, size_t i, const uint8_t *out, size_t length, uint16_t before
) noexcept nogil
