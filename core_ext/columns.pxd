"""Columns that come from outside, checked once so that nobody reads beyond them."""

from core_ext.steps cimport Steps
from libc.stdint cimport uint8_t, uint32_t

cdef Steps steps_of(
    const uint8_t[::1] page, const uint8_t[::1] kinds, const uint32_t[::1] starts, const uint8_t[::1] steps
) except *
cdef int put_output(Steps *t, const uint8_t[::1] optimized, const uint32_t[::1] out_starts) except -1
