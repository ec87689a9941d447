"""Which texts keep their runs of white space, and how far elements reach for the lexer; one pass over the tokens."""

from array import array

from core_ext.lexer cimport Tokens
from cpython.array cimport array as Array, clone
from cpython.bytes cimport PyBytes_AS_STRING
from libc.stdint cimport uint8_t, uint16_t, uint32_t

SHOWS = 0
IN_TEMPLATE = 1
FORM_FEED = 2
FOREIGN_TEXT = 3
WIDE = 4

cdef enum:
    R_SHOWS = 0
    R_TEMPLATE = 1
    R_FED = 2
    R_FOREIGN = 3
    R_WIDE = 4
    R_NONE = 5
    K_START = 2
    K_END = 3
    K_TEXT = 4
    PIECE = 1024
    F_FOREIGN = 0x0080


def texts_kept(
    Tokens tokens not None, bytes page not None, bytearray chosen not None, rows not None,
    bytes keeping not None, bytes templates not None, bytes fed not None, bint keeps_wide,
):
    """Takes texts that must stay out of `chosen` (one byte a token): how many tokens for each reason.

    `keeping` has one byte a row of the tree, 1 where white space shows; `templates` and `fed` one a token, or none at
    all. A text's pieces stay or go together: once shortened it is cut at other places. Also gives the texts of several
    pieces that stay chosen.
    """
    cdef const uint32_t[::1] starts = tokens.starts
    cdef const uint32_t[::1] parents = tokens.parents
    cdef const uint16_t[::1] flags = tokens.flags
    cdef const int[::1] row_of = rows
    cdef const uint8_t *kinds = <const uint8_t *>PyBytes_AS_STRING(tokens.kinds)
    cdef const uint8_t *source = <const uint8_t *>PyBytes_AS_STRING(page)
    cdef uint8_t *out = chosen
    cdef Py_ssize_t count = tokens.count, index = 0, first, last, each, told
    cdef Py_ssize_t counts[5]
    cdef int reason
    cdef list long_texts = []
    for reason in range(5):
        counts[reason] = 0
    while index < count:
        if kinds[index] != K_TEXT:
            index += 1
            continue
        first = index
        while index + 1 < count and kinds[index + 1] == K_TEXT and starts[index + 1] - starts[index] == PIECE:
            index += 1
        index += 1
        last = index
        told = 0
        for each in range(first, last):
            told += out[each]
        if not told:
            continue
        reason = R_NONE
        if shows(row_of, parents, kinds, keeping, first):
            reason = R_SHOWS
        elif templates and templates[first]:
            reason = R_TEMPLATE
        elif fed and any_of(<const uint8_t *>PyBytes_AS_STRING(fed), first, last):
            reason = R_FED
        elif flags[first] & F_FOREIGN and not is_blank(source, starts[first], starts[last]):
            reason = R_FOREIGN
        elif keeps_wide and is_wide(source, starts[first], starts[last]):
            reason = R_WIDE
        if reason != R_NONE:
            counts[reason] += told
            for each in range(first, last):
                out[each] = 0
        elif last - first > 1:
            long_texts.append(range(first, last))
    return [counts[reason] for reason in range(5)], long_texts


cdef bint shows(
    const int[::1] row_of, const uint32_t[::1] parents, const uint8_t *kinds, bytes keeping, Py_ssize_t index
):
    """Whether white space shows in a text: by its row, or where the parser put it elsewhere by the tag around it."""
    cdef Py_ssize_t row = row_of[index], size = len(keeping), count = row_of.shape[0]
    while row < 0:
        index = parents[index]
        if index >= count:
            return size > 0 and keeping[0]
        row = row_of[index]
    return row < size and keeping[row]


cdef bint any_of(const uint8_t *marks, Py_ssize_t first, Py_ssize_t last) noexcept nogil:
    """Whether one of these is marked. No raise: leaf code."""
    cdef Py_ssize_t each
    for each in range(first, last):
        if marks[each]:
            return True
    return False


cdef inline bint is_space(uint8_t byte) noexcept nogil:
    """What CSS collapses (Text 3, 4.1). No raise: leaf code."""
    return byte == 0x20 or byte == 0x0A or byte == 0x09 or byte == 0x0D


cdef bint is_blank(const uint8_t *source, Py_ssize_t start, Py_ssize_t stop) noexcept nogil:
    """Whether there is white space only. No raise: leaf code."""
    cdef Py_ssize_t place
    for place in range(start, stop):
        if not is_space(source[place]):
            return False
    return True


cdef bint is_wide(const uint8_t *source, Py_ssize_t start, Py_ssize_t stop) noexcept nogil:
    """Whether two words stand more than one space or line feed apart. No raise: leaf code."""
    cdef Py_ssize_t place, begin = -1
    cdef bint is_in_text = False
    for place in range(start, stop):
        if is_space(source[place]):
            if begin < 0:
                begin = place
        else:
            if is_in_text and begin >= 0 and (
                place - begin > 1 or source[begin] == 0x09 or source[begin] == 0x0D
            ):
                return True
            is_in_text = True
            begin = -1
    return False


def inner_ends(Tokens tokens not None):
    """For each start tag the first token behind what the lexer holds to be inside, its end tag included; else 0."""
    cdef Py_ssize_t count = tokens.count, index
    cdef const uint8_t *kinds = <const uint8_t *>PyBytes_AS_STRING(tokens.kinds)
    depths_ = tokens.depths
    cdef const uint16_t[::1] depths = depths_
    cdef Array found = clone(array("i"), count, True), stack = clone(array("i"), count + 1, False)
    cdef int *out = found.data.as_ints
    cdef int *open_tags = stack.data.as_ints
    cdef Py_ssize_t height = 0
    for index in range(count):
        while height and depths[open_tags[height - 1]] >= depths[index]:
            height -= 1
            out[open_tags[height]] = <int>index
        if kinds[index] == K_START:
            open_tags[height] = <int>index
            height += 1
    while height:
        height -= 1
        out[open_tags[height]] = <int>count
    return found
