"""What the trace shares with those that ask which rules could be in one."""

from core_ext.lexer cimport Tokens
from core_ext.state cimport DEEPEST
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


# What comes out of the tokens of one page, or of one stretch of it, and what is carried into the next stretch.
cdef struct Output:
    uint8_t *page
    size_t size
    uint8_t *kinds
    uint32_t *starts
    size_t count
    uint8_t *steps
    uint32_t attested   # bytes that attested rules have saved so far, modulo 2^32
    uint16_t joins      # flags on the output so far
    size_t before       # tokens in the stretches before
    uint32_t out_before     # optimized tokens that came out of these


# What attested rules put in place: replacement k is put_in[starts[k]:starts[k + 1]] for token tokens[k], rising.
cdef struct Replacements:
    const uint8_t *put_in
    const uint32_t *tokens
    const uint32_t *starts
    size_t count
    size_t next


# Start tags around a token, outermost first, as far as its parents lead; for a stretch whose parents lie before it.
cdef struct Ancestors:
    uint32_t tokens[DEEPEST + 1]
    uint8_t are_tables[DEEPEST + 1]
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
cdef bint is_in_table(const Columns *t, size_t i) noexcept nogil
cdef uint16_t output_after(
    const Columns *t, size_t i, const uint8_t *out, size_t length, bint in_table, uint16_t before
) noexcept nogil
cdef Py_ssize_t apply_rules(
    const Columns *t, const uint8_t *rules, Replacements *r, Output *o, Ancestors *around
) noexcept nogil
