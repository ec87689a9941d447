"""Trees that grow at their right ends, in memory that does not grow with them."""

from core_ext.hashing cimport DEEPEST_TREE, HASH, Memo
from libc.stdint cimport uint8_t, uint32_t, uint64_t

cdef enum:
    HEIGHT = 10             # of a window
    WINDOW = 1 << HEIGHT    # leaves joined at once


# A tree that grows at its right end.
cdef struct Growing:
    bint has_sums
    uint8_t leaves[WINDOW * HASH]   # of the window that is being filled
    uint64_t sums[WINDOW]
    size_t held                     # leaves in it
    uint64_t windows                # joined so far
    uint8_t stack[(DEEPEST_TREE + 1) * HASH]    # subtree roots by height
    uint64_t totals[DEEPEST_TREE + 1]
    uint64_t calls                  # of Keccak-f, for nodes


cdef struct Page:
    Memo memo
    Growing source
    Growing output
    Growing trace
    uint8_t leaves[WINDOW * HASH]   # of the output, from one window of the source
    uint8_t known[WINDOW]


# Tokens of a page, or of a stretch of it: page[starts[i]:starts[i + 1]].
cdef struct Columns:
    const uint8_t *page
    const uint8_t *limit
    const uint8_t *kinds
    const uint32_t *starts


cdef void add_stretch(
    Page *p, const Columns *source, size_t count, const uint8_t *steps, const Columns *output
) noexcept nogil
cdef int finish(Growing *tree, uint8_t *root, uint64_t *total) noexcept nogil
