"""What the rules on tags make of one tag."""

from libc.stdint cimport uint8_t, uint16_t

cdef Py_ssize_t rewrite_tag(
    bint drops_attributes, int kind, uint16_t flags, const uint8_t *data, size_t size, uint8_t *out
) noexcept nogil
