"""Rules 3, 5 and 7 by what stands beside their tokens (docs/lexer.md, "Rules")."""

from core_ext.steps cimport Steps
from libc.stdint cimport uint32_t

cdef enum:
    # An end tag looks past so many tokens that emit nothing.
    MOST_PASSED = 3
    # So many open elements around a text are looked at for its table.
    MOST_WRAPS = 8
    MOST_SHOWN = MOST_WRAPS + 2


# What shows that a rule may not be applied: steps `first` to `last`, and other tokens with their steps.
cdef struct Fault:
    size_t first
    size_t last
    uint32_t shown[MOST_SHOWN]
    size_t shown_count
    bint shows_output   # what the last of the steps put out, too


cdef size_t content_of(const Steps *t) noexcept nogil
cdef bint is_misplaced(const Steps *t, size_t i, size_t content, Fault *fault) noexcept nogil
