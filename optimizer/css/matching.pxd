"""Whether selectors match elements of a page in any state that it may take."""

from libc.stdint cimport int32_t, uint8_t
from optimizer.css.parts cimport Simple
from optimizer.css.selector cimport Selectors

cdef enum:
    NO = 0
    MAYBE = 1
    YES = 2


cdef class Matcher(Selectors):
    cdef int steps
    cdef int matches_anything(self, int32_t whole) except -1 nogil
    cdef int matches(self, int32_t whole, int32_t element) noexcept nogil
    cdef int chain(self, int32_t compound, int32_t element, int enough) noexcept nogil
    cdef int left(self, int32_t compound, int32_t element, int enough) noexcept nogil
    cdef int compound_matches(self, int32_t compound, int32_t element) noexcept nogil
    cdef int simple_matches(self, Simple *simple, int32_t element) noexcept nogil
    cdef int attribute_matches(self, Simple *simple, int32_t element) noexcept nogil
    cdef int has(self, int32_t whole, int32_t element) noexcept nogil
    cdef bint can_be_made(self, int32_t compound) noexcept nogil
    cdef bint is_available(self, int32_t compound) noexcept nogil
    cdef int32_t *candidates(self, int32_t compound, int32_t *count) noexcept nogil
