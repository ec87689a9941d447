"""Compares a page's tree, less what was meant to go, with the tree of the lighter page."""

from array import array

from cpython.array cimport array as Array, clone
from libc.stdint cimport uint8_t
from libc.string cimport memcmp
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


def difference(
    PageTree before not None, const uint8_t[::1] fates not None, PageTree after not None, bytes exact not None=b"",
):
    """The first row of `before` that `after` does not have as it should, or -1.

    `fates` says for each row of `before`: 0 it stays, 1 it goes with all inside, 2 it goes and its children stay,
    3 what is inside may differ. Comments are not compared, and of texts only the words between two tags, but for rows
    that `exact` marks (one byte a row, whatever is inside them too): there every byte counts.
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
            if b.row < b.count:
                return before.count - 1
            if not exact:
                return -1
            other = bytearray(after.count)  # rows of `after` whose inside differs on purpose
            for parent in range(before.count):
                if fates[parent] == D_REWRITTEN:
                    other[to[parent]] = 1
            return inexact(&a, &fates[0], &b, other, to, exact)
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


cdef Py_ssize_t inexact(
    Side *a, const uint8_t *fates, Side *b, const uint8_t *other, const int *to, const uint8_t *exact
) noexcept nogil:
    """The first outermost element among the exact ones whose texts differ in any byte, or -1. No raise: leaf code."""
    cdef Py_ssize_t row = 1, at
    while row < a.count:
        if fates[row] == D_GONE:
            row = a.ends[row]
            continue
        if not exact[row] or not to[row] or fates[row] == D_REWRITTEN:
            row += 1
            continue
        at = to[row]
        if a.types[row] == N_ELEMENT and not has_same_text(a, fates, row, b, other, at):
            return row
        row = a.ends[row]
    return -1


cdef bint has_same_text(
    Side *a, const uint8_t *fates, Py_ssize_t row, Side *b, const uint8_t *other, Py_ssize_t at
) noexcept nogil:
    """Whether two elements hold the same text, byte for byte. No raise: leaf code."""
    cdef Py_ssize_t end_a = a.ends[row], end_b = b.ends[at]
    cdef size_t used_a = 0, used_b = 0
    while True:
        while row < end_a and (a.types[row] != N_TEXT or fates[row] == D_GONE or used_a >= a.texts[row].size):
            row = a.ends[row] if fates[row] == D_GONE or fates[row] == D_REWRITTEN else row + 1
            used_a = 0
        while at < end_b and (b.types[at] != N_TEXT or used_b >= b.texts[at].size):
            at = b.ends[at] if other[at] else at + 1
            used_b = 0
        if row >= end_a or at >= end_b:
            return row >= end_a and at >= end_b
        if a.texts[row].data[used_a] != b.texts[at].data[used_b]:
            return False
        used_a += 1
        used_b += 1


cdef Py_ssize_t texts(Side *a, const uint8_t *fates, Side *b, const int *to) noexcept nogil:
    """Moves both sides past texts and comments and compares the words; gives where they differ, or -1."""
    cdef Py_ssize_t first = a.row
    cdef Py_ssize_t at_a = 0, at_b = 0
    cdef int x, y
    cdef bint gap_a = True, gap_b = True
    if is_same_text(a, fates, b, to):
        a.around = a.parents[a.row]
        b.around = b.parents[b.row]
        a.row += 1
        b.row += 1
        return -1
    while True:
        x = next_byte(a, fates, &at_a, &gap_a)
        y = next_byte(b, NULL, &at_b, &gap_b)
        if x < 0 and y < 0:
            return -1
        if x != y or gap_a != gap_b or to[a.around] != b.around:
            return min(max(first, 0), a.count - 1)
        gap_a = gap_b = False


cdef bint is_same_text(Side *a, const uint8_t *fates, Side *b, const int *to) noexcept nogil:
    """Whether one text, equal in every byte, is all that stands before the next tag on both sides; leaf code."""
    cdef Py_ssize_t size
    if a.row + 1 >= a.count or b.row + 1 >= b.count or a.types[a.row] != N_TEXT or b.types[b.row] != N_TEXT:
        return False
    if a.types[a.row + 1] == N_TEXT or a.types[a.row + 1] == N_COMMENT or fates[a.row + 1] or fates[a.row]:
        return False
    if b.types[b.row + 1] == N_TEXT or b.types[b.row + 1] == N_COMMENT or fates[a.parents[a.row]]:
        return False
    size = a.texts[a.row].size
    return (
        size == b.texts[b.row].size
        and to[a.parents[a.row]] == b.parents[b.row]
        and memcmp(a.texts[a.row].data, b.texts[b.row].data, size) == 0
    )


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
