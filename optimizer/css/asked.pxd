"""What styles ask for by name."""

from libc.stdint cimport uint8_t, uint64_t
from optimizer.css.analysis cimport Judged
from optimizer.css.declarations cimport Declaration
from optimizer.css.page_index cimport PageIndex
from optimizer.css.sheet cimport Rule
from optimizer.css.words cimport ScriptNames, WordSet


cdef class Asked:
    cdef WordSet customs        # --names
    cdef WordSet animations     # words of animation properties
    cdef set fonts              # values of font properties, in lower case
    cdef bint asks_all_fonts, asks_all
    cdef ScriptNames names
    cdef int read_customs(self, const uint8_t *cursor, const uint8_t *end) except -1 nogil
    cdef int read_words(self, const uint8_t *cursor, const uint8_t *end) except -1 nogil
    cdef int read_fonts(self, const uint8_t *cursor, const uint8_t *end) except -1
    cdef int read_all(self, const uint8_t *cursor, const uint8_t *end) except -1
    cdef int read_attributes(self, PageIndex page) except -1
    cdef int read_value(self, const uint8_t *base, Declaration *declaration) except -1
    cdef int read_rest(self, Judged each) except -1
    cdef bint read_called(self, Judged each) except -1
    cdef int drop_uncalled(self, Judged each) except -1
    cdef bint asks_custom(self, const uint8_t *name, const uint8_t *end) noexcept
    cdef bint asks_at_rule(self, const uint8_t *base, Rule *rule) except -1
    cdef bint asks_font(self, bytes family) except -1


cdef bint names_animation(const uint8_t *name, const uint8_t *end) noexcept
