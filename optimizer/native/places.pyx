"""Which row of the parser's tree each token of the source ended up in.

Start tags carry their index into the tree. Texts are found by walking tokens and rows side by side and comparing what
they hold; a text that cannot be told apart from another, or that the parser moved or dropped, gets no row.
"""

from array import array

from core_ext.lexer cimport Tokens
from cpython.array cimport array as Array, clone
from cpython.bytes cimport PyBytes_AS_STRING, PyBytes_FromStringAndSize
from libc.stdint cimport uint8_t, uint32_t
from libc.string cimport memcmp
from optimizer.native.page_tree cimport PageTree, View

cdef enum:
    N_ELEMENT = 1
    N_TEXT = 3
    N_COMMENT = 8
    K_START = 2
    K_END = 3
    K_TEXT = 4
    K_RAW = 6
    K_CSS = 8


def places(PageTree tree not None, Tokens tokens not None, bytes page not None):
    """The row of each token, -1 for none: of its element for a start tag, of the text that holds it for a text."""
    cdef Py_ssize_t count = tokens.count, index, row, cursor = 0, rows = tree.count
    cdef Array found = clone(array("i"), count, False)
    cdef int *out = found.data.as_ints
    cdef int *ends = (<Array>tree.ends).data.as_ints
    cdef int *marks = (<Array>tree.tokens).data.as_ints
    cdef const uint8_t *types = <const uint8_t *>(<bytearray>tree.types)
    cdef const uint8_t *kinds = <const uint8_t *>PyBytes_AS_STRING(tokens.kinds)
    cdef const uint8_t *source = <const uint8_t *>PyBytes_AS_STRING(page)
    cdef const uint32_t[::1] starts = tokens.starts
    cdef Py_ssize_t used = 0, at, size, last = -1, taker = -1
    for index in range(count):
        out[index] = -1
    for row in range(rows - 1, -1, -1):
        if types[row] == N_ELEMENT and 0 <= marks[row] < count:
            out[marks[row]] = <int>row  # of clones of one tag the first counts
    for index in range(count):
        if kinds[index] == K_START:
            taker = -1
            if out[index] >= 0:
                last = out[index]
                cursor = last + 1
                used = 0
        elif kinds[index] == K_RAW or kinds[index] == K_CSS:
            if last >= 0:  # what a raw text element holds is no text of the page's
                cursor = ends[last]
                used = 0
        elif kinds[index] == K_TEXT:
            if taker == index - 1 and index and kinds[index - 1] == K_TEXT and out[index - 1] >= 0:
                out[index] = out[index - 1]  # a further piece of the same text
                taker = index
                continue
            at = cursor
            while at < rows and types[at] != N_TEXT and not (types[at] == N_ELEMENT and marks[at] >= 0):
                at += 1
            if at >= rows or types[at] != N_TEXT:
                if taker >= 0:  # this may be part of what that text took
                    out[taker] = -1
                continue
            if at != cursor:
                used = 0
            size = held(tree.texts[at], used, source + starts[index], starts[index + 1] - starts[index])
            if size < 0:
                if taker >= 0:
                    out[taker] = -1
                continue
            if size != starts[index + 1] - starts[index] or has_reference(source + starts[index], size):
                taker = index
            out[index] = <int>at
            used += size
            cursor = at
            if used >= tree.texts[at].size:
                cursor = at + 1
                used = 0
    return found


cdef Py_ssize_t held(View text, Py_ssize_t used, const uint8_t *source, Py_ssize_t size) noexcept nogil:
    """How many bytes of a parsed text, from `used`, this source text is; -1 where it is not. No raise: leaf code.

    What stands behind a character reference, a NUL or a carriage return is not compared: it takes all the rest.
    """
    cdef Py_ssize_t plain = 0
    while plain < size and source[plain] != 0x26 and source[plain] != 0x0D and source[plain] != 0:
        plain += 1
    if plain > text.size - used or memcmp(text.data + used, source, plain) != 0:
        return -1
    if plain == size:
        return size
    return text.size - used if used < text.size else -1


cdef bint has_reference(const uint8_t *source, Py_ssize_t size) noexcept nogil:
    """Whether a text holds what the parser reads as something else. No raise: leaf code."""
    cdef Py_ssize_t place
    for place in range(size):
        if source[place] == 0x26 or source[place] == 0x0D or source[place] == 0:
            return True
    return False


def rows_by_value(PageTree tree not None, int number):
    """The rows of the elements that have the attribute of this number, by its value."""
    cdef dict found = {}
    cdef list rows
    cdef bytes value
    cdef View view
    cdef Py_ssize_t row, place
    cdef const int *first = (<Array>tree.first_attributes).data.as_ints
    cdef const int *names = (<Array>tree.attribute_names).data.as_ints
    for row in range(tree.count):
        for place in range(first[row], first[row + 1]):
            if names[place] == number:
                view = tree.values[place]
                value = PyBytes_FromStringAndSize(<const char *>view.data, view.size) if view.size else b""
                rows = found.get(value)
                if rows is None:
                    found[value] = rows = []
                rows.append(row)
    return found


def closes(Tokens tokens not None):
    """For each token: the start tag that this end tag closes for the lexer, or -1."""
    cdef Py_ssize_t count = tokens.count, index
    cdef const uint8_t *kinds = <const uint8_t *>PyBytes_AS_STRING(tokens.kinds)
    cdef const uint32_t[::1] parents = tokens.parents
    cdef Array found = clone(array("i"), count, False)
    cdef int *out = found.data.as_ints
    depths_ = tokens.depths
    cdef uint32_t around
    cdef int depth
    for index in range(count):
        out[index] = -1
        if kinds[index] != K_END:
            continue
        depth = depths_[index + 1] if index + 1 < count else -1
        around = parents[index]
        if depth < 0:  # the page's last token closes the innermost of its name; nothing asks about that one but drops
            out[index] = <int>around if around < <uint32_t>count else -1
            continue
        while around < <uint32_t>count and <int>depths_[around] > depth:
            around = parents[around]
        if around < <uint32_t>count and <int>depths_[around] == depth and depth < <int>depths_[index]:
            out[index] = <int>around
    return found


def spread(PageTree tree not None, bytearray marks not None):
    """Marks whatever stands inside a marked row."""
    cdef const int *parents = (<Array>tree.parents).data.as_ints
    cdef uint8_t *out = marks
    cdef Py_ssize_t row
    if len(marks) != tree.count:
        raise ValueError(f"{len(marks)} marks for {tree.count} rows")
    for row in range(1, tree.count):
        if out[parents[row]]:
            out[row] = 1
