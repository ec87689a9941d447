"""Compares a page's tree, less what was meant to go, with the tree of the lighter page."""

from array import array

from cpython.array cimport array as Array, clone
from libc.stdint cimport uint8_t
from optimizer.native.page_tree cimport PageTree, View

STAYS = 0
GONE = 1
UNWRAPPED = 2
REWRITTEN = 3

cdef enum:
    N_ELEMENT = 1
    N_TEXT = 3
    N_COMMENT = 8
    N_DOCTYPE = 10
    D_GONE = 1
    D_UNWRAPPED = 2
    D_REWRITTEN = 3


cdef struct Side:
    const uint8_t *types
    const int *parents
    const int *ends
    const int *names
    const View *texts
    Py_ssize_t count
    Py_ssize_t row
    int around      # what the text read last stands in


cdef Side side_of(PageTree tree):
    cdef Side side
    side.types = <const uint8_t *>(<bytearray>tree.types)
    side.parents = (<Array>tree.parents).data.as_ints
    side.ends = (<Array>tree.ends).data.as_ints
    side.names = (<Array>tree.names).data.as_ints
    side.texts = tree.texts
    side.count = tree.count
    side.row = 0
    side.around = -1
    return side


def difference(PageTree before not None, const uint8_t[::1] fates not None, PageTree after not None):
    """The first row of `before` that `after` does not have as it should, or -1.

    `fates` says for each row of `before`: 0 it stays, 1 it goes with all inside, 2 it goes and its children stay,
    3 what is inside may differ. Comments are not compared, and of texts only the words between two tags.
    """
    cdef Side a = side_of(before), b = side_of(after)
    cdef list names = [after.name_words.index(word) if word in after.name_words else -1 for word in before.name_words]
    cdef Py_ssize_t place
    if fates.shape[0] != before.count:
        raise ValueError(f"{fates.shape[0]} fates for {before.count} rows")
    # Row of `after` that a kept row of `before` became, so that parents can be compared.
    cdef Array became = clone(array("i"), before.count, True)
    cdef int *to = became.data.as_ints
    cdef int parent, name
    cdef const uint8_t *kind_a = a.types
    a.row = b.row = 1
    to[0] = 0
    while True:
        # Texts up to the next tag on either side, as words.
        place = texts(&a, &fates[0], &b, to)
        if place >= 0:
            return place
        if a.row >= a.count:
            return -1 if b.row >= b.count else before.count - 1
        if b.row >= b.count or b.types[b.row] != kind_a[a.row]:
            return a.row
        parent = a.parents[a.row]
        while parent > 0 and fates[parent] == D_UNWRAPPED:
            parent = a.parents[parent]
        if to[parent] != b.parents[b.row]:
            return a.row
        if kind_a[a.row] == N_ELEMENT:
            name = names[a.names[a.row]]
            if name != b.names[b.row]:
                return a.row
        to[a.row] = <int>b.row
        if fates[a.row] == D_REWRITTEN:
            a.row = a.ends[a.row]
            b.row = b.ends[b.row]
        else:
            a.row += 1
            b.row += 1


cdef Py_ssize_t texts(Side *a, const uint8_t *fates, Side *b, const int *to) noexcept nogil:
    """Moves both sides past texts and comments and compares the words; gives where they differ, or -1."""
    cdef Py_ssize_t first = a.row
    cdef Py_ssize_t at_a = 0, at_b = 0
    cdef int x, y
    cdef bint gap_a = True, gap_b = True
    while True:
        x = next_byte(a, fates, &at_a, &gap_a)
        y = next_byte(b, NULL, &at_b, &gap_b)
        if x < 0 and y < 0:
            return -1
        if x != y or gap_a != gap_b or to[a.around] != b.around:
            return min(max(first, 0), a.count - 1)
        gap_a = gap_b = False


cdef int next_byte(Side *side, const uint8_t *fates, Py_ssize_t *at, bint *gap) noexcept nogil:
    """The next byte of text that is no white space, -1 before the next tag; `gap` tells of white space before it."""
    cdef uint8_t byte
    cdef View view
    cdef int around
    while side.row < side.count:
        if fates != NULL and fates[side.row] == D_GONE:
            side.row = side.ends[side.row]
            continue
        if fates != NULL and fates[side.row] == D_UNWRAPPED:
            side.row += 1
            continue
        if side.types[side.row] == N_COMMENT:
            side.row += 1
            continue
        if side.types[side.row] != N_TEXT:
            return -1
        view = side.texts[side.row]
        if at[0] == 0:
            around = side.parents[side.row]
            while fates != NULL and around > 0 and fates[around] == D_UNWRAPPED:
                around = side.parents[around]
            if around != side.around:  # two texts that do not touch
                side.around = around
                gap[0] = True
        while at[0] < view.size:
            byte = view.data[at[0]]
            at[0] += 1
            if byte == 0x20 or 0x09 <= byte <= 0x0D and byte != 0x0B:
                gap[0] = True
            else:
                return byte
        at[0] = 0
        side.row += 1
    return -1
