"""The declarations of a block."""

from libc.stdint cimport int32_t, uint8_t, uint32_t, uint64_t

cdef enum:
    IS_IMPORTANT = 1
    IS_CUSTOM = 2
    IS_DROPPED = 4      # another makes it void, or nobody asks for it
    IS_ASKED = 16
    IS_VERBATIM = 8     # not understood: stays as it is written


cdef struct Declaration:
    uint32_t start, name_end    # of the name
    uint32_t value, value_end   # without white-space around, and without `!important`
    uint32_t end
    int32_t rule
    uint64_t name               # its hash, in lower case unless custom
    uint8_t flags


cdef class Declarations:
    cdef Declaration *listed
    cdef int32_t count, room
    cdef bint read(self, const uint8_t *base, uint32_t start, uint32_t stop, int32_t rule) except -1 nogil
    cdef int add(self, Declaration declaration) except -1 nogil
    cdef void finish(self, const uint8_t *base, Declaration *declaration) noexcept nogil
