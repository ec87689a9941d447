"""What of a page's style sheets stays."""

from libc.stdint cimport int32_t, uint8_t, uint32_t, uint64_t
from optimizer.css.declarations cimport Declarations
from optimizer.css.matching cimport Matcher
from optimizer.css.minify cimport Writer
from optimizer.css.sheet cimport Sheet

cdef enum:
    # What becomes of a rule.
    STAYS = 0           # as it is written
    WRITTEN = 1         # anew, in fewer bytes
    DROPPED = 2
    UNUSED = 3          # dropped, and each of its selectors is within PROTOCOL's grammar


cdef struct Fate:
    uint8_t verdict
    bint is_called          # an animation that something uses
    int32_t first, last     # declarations
    uint32_t selectors      # in the kept selectors' list; 0: the prelude as a whole
    uint32_t selector_count


cdef class Judged:
    """A sheet and what becomes of each rule."""
    cdef Sheet sheet
    cdef Fate *fates
    cdef uint32_t *kept         # start and end of each selector that stays, where some go
    cdef uint32_t kept_size, kept_room
    cdef Declarations declarations
    cdef list matchers
    cdef bint is_kept_whole, has_namespace
    cdef int32_t last_import
    cdef int keep_selector(self, uint32_t start, uint32_t end) except -1
    cdef int judge(self) except -1
    cdef int judge_style(self, int32_t index) except -1
    cdef int choose_selectors(self, int32_t index, int32_t first, Matcher matcher, uint8_t *used) except -1
    cdef bint is_in_odd_group(self, int32_t index) noexcept
    cdef int void_overridden(self) except -1
    cdef uint64_t context(self, int32_t index, Writer writer) except? 0
    cdef int write_selectors(self, int32_t index, Writer writer) except -1
    cdef int find_last_import(self) except -1
