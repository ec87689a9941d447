"""Where white space at the ends of a text stands at the end or start of a line, whatever the width, and so never shows.

CSS Text 3, 4.1.2; CSS 2.2, 9.2.2.1 and 17.2.1; Flexbox 4; Grid 6.
"""

from core_ext.lexer cimport Tokens
from cpython.array cimport array as Array
from cpython.bytes cimport PyBytes_AS_STRING, PyBytes_FromStringAndSize
from libc.stdint cimport uint8_t, uint16_t, uint32_t
from optimizer.native.ledger cimport Edit
from optimizer.native.page_tree cimport PageTree

# What an element's box may be, one bit for each of its displays.
OUTSIDE_BLOCK = 1
"""It begins and ends a line of what is around."""
OUTSIDE_INLINE = 2
OUTSIDE_PART = 4
"""A part of a table."""
INSIDE_BLOCK = 8
INSIDE_FLEX = 16
"""A flex or grid container, where white space alone makes no item."""
INSIDE_TABLE = 32
INSIDE_INLINE = 64
NOT_SHOWN = 128
UNKNOWN = 256
# Further facts, over all states.
MAY_LEAVE_FLOW = 512
"""Floats, and what is positioned out of the flow."""
MAY_GENERATE = 1024
"""Content before or behind its own."""
LINE_BREAK = 2048
KEEPS_SPACE = 4096
"""White space inside shows."""

LEADING = 1
TRAILING = 2

cdef enum:
    O_BLOCK = 1
    O_INLINE = 2
    O_PART = 4
    I_BLOCK = 8
    I_FLEX = 16
    I_TABLE = 32
    I_INLINE = 64
    B_NOT_SHOWN = 128
    B_UNKNOWN = 256
    B_FLOW = 512
    B_GENERATES = 1024
    B_BREAK = 2048
    B_KEEPS = 4096
    LEADS = 1
    TRAILS = 2
    N_ELEMENT = 1
    N_TEXT = 3
    N_COMMENT = 8
    K_TEXT = 4
    D_GONE = 1  # of optimizer.native.skeleton
    CHUNK = 64  # tokens whose changes stand or fall together


def hidden_spaces(PageTree tree not None, Array boxes not None, bytes keeping not None):
    """For each row of a text whether the white space that leads (1) or trails it (2) never shows.

    `boxes` is an array("H") with the bits above for each row, `keeping` 1 for rows whose white space shows.
    A text of nothing but white space has both bits or none.
    """
    cdef bytearray told = bytearray(tree.count)
    cdef uint8_t *out = told
    cdef const uint16_t *box = boxes.data.as_ushorts
    cdef const uint8_t *types = <const uint8_t *>(<bytearray>tree.types)
    cdef const int *parents = (<Array>tree.parents).data.as_ints
    cdef const int *ends = (<Array>tree.ends).data.as_ints
    cdef const int *previous = (<Array>tree.previous).data.as_ints
    cdef int row, parent
    cdef bint before, behind, blank
    if len(boxes) != tree.count:
        raise ValueError(f"{len(boxes)} boxes for {tree.count} rows")
    if len(keeping) != tree.count:
        raise ValueError(f"{len(keeping)} marks for {tree.count} rows")
    for row in range(1, <int>tree.count):
        if types[row] != N_TEXT or keeping[row]:
            continue
        parent = parents[row]
        if types[parent] != N_ELEMENT or box[parent] & (B_KEEPS | B_UNKNOWN):
            continue
        blank = is_blank(tree, row)
        if not box[parent] & ~(B_NOT_SHOWN | B_FLOW | B_GENERATES):
            # Nothing in it is ever shown.
            out[row] = 3 if blank else 0
            continue
        if box[parent] & I_INLINE:
            continue
        if blank and not box[parent] & ~(I_FLEX | O_BLOCK | O_INLINE | O_PART | B_NOT_SHOWN | B_FLOW | B_GENERATES):
            out[row] = 3
            continue
        before = is_edge(tree, box, types, parents, ends, previous, row, -1)
        behind = is_edge(tree, box, types, parents, ends, previous, row, 1)
        if blank:
            if before or behind or has_no_line(tree, box, types, ends, parent):
                out[row] = 3
        else:
            out[row] = (LEADS if before else 0) | (TRAILS if behind else 0)
    return bytes(told)


cdef bint is_blank(PageTree tree, Py_ssize_t row):
    cdef Py_ssize_t place
    cdef uint8_t byte
    for place in range(tree.texts[row].size):
        byte = tree.texts[row].data[place]
        if not (byte == 0x20 or byte == 0x0A or byte == 0x09 or byte == 0x0D):
            return False
    return True


cdef bint is_edge(
    PageTree tree, const uint16_t *box, const uint8_t *types, const int *parents, const int *ends, const int *previous,
    int row, int step,
):
    """Whether what shows next on this side of a text begins or ends a line."""
    cdef int parent = parents[row], at = row
    cdef uint16_t bits
    while True:
        if step < 0:
            at = previous[at]
        else:
            at = ends[at] if ends[at] < ends[parent] else -1
        if at < 0:
            return not box[parent] & B_GENERATES
        if types[at] == N_COMMENT:
            continue
        if types[at] == N_TEXT:
            if is_blank(tree, at):
                continue
            return False
        if types[at] != N_ELEMENT:
            return False
        bits = box[at]
        if bits == B_NOT_SHOWN:
            continue
        if bits & B_BREAK:
            return not bits & ~(B_BREAK | O_INLINE | I_INLINE)
        return bits & (O_BLOCK | O_PART) and not bits & (O_INLINE | B_NOT_SHOWN | B_UNKNOWN | B_FLOW)


cdef bint has_no_line(PageTree tree, const uint16_t *box, const uint8_t *types, const int *ends, int parent):
    """Whether an element holds nothing that could stand on a line: blocks, floats and white space only."""
    cdef int at = parent + 1
    cdef uint16_t bits
    if box[parent] & B_GENERATES:
        return False
    while at < ends[parent]:
        if types[at] == N_TEXT:
            if not is_blank(tree, at):
                return False
        elif types[at] == N_ELEMENT:
            bits = box[at]
            if bits & (O_INLINE | O_PART | B_UNKNOWN | B_BREAK):
                return False
        at = ends[at]
    return True


def trims(
    Tokens tokens not None, bytes page not None, rows not None, PageTree tree not None, bytes told not None,
    int rule_of_blanks, int rule_of_texts,
):
    """The edits that take white space which never shows from texts (`told`, by row): blanks as a whole, else the ends.

    What stays of a text has its runs collapsed too: a token has one rule.
    """
    cdef const int[::1] row_of = rows
    cdef const uint32_t[::1] starts = tokens.starts
    cdef const uint8_t *kinds = <const uint8_t *>PyBytes_AS_STRING(tokens.kinds)
    cdef const uint8_t *source = <const uint8_t *>PyBytes_AS_STRING(page)
    cdef dict texts = {}
    cdef list found = [], indexes
    cdef Py_ssize_t count = tokens.count, index, row, first, last, chunk = -1
    cdef bint is_gone
    cdef str group = ""
    for index in range(count):
        if kinds[index] != K_TEXT:
            continue
        row = row_of[index]
        if row >= 0 and told[row]:
            indexes = texts.get(row)
            if indexes is None:
                texts[row] = [index]
            else:
                indexes.append(index)
    for row, indexes in texts.items():
        first = last = -1
        for index in indexes:
            if not is_white(source, starts[index], starts[index + 1]):
                first = index if first < 0 else first
                last = index
        is_gone = first < 0
        if is_gone and not is_blank(tree, row):
            continue
        for index in indexes:
            if index // CHUNK != chunk:
                chunk = index // CHUNK
                group = f"hidden_white_space:{chunk}"
            if is_gone:
                found.append(Edit(
                    starts[index], starts[index + 1], b"", rule_of_blanks, group,
                    *((row, D_GONE) if index == indexes[0] else ())
                ))
            elif (index < first and told[row] & LEADS) or (index > last and told[row] & TRAILS):
                found.append(Edit(starts[index], starts[index + 1], b"", rule_of_blanks, group))
            elif index == first or index == last:
                trim(
                    found, source, starts[index], starts[index + 1], rule_of_texts, group,
                    index == first and told[row] & LEADS, index == last and told[row] & TRAILS,
                )
    return found


cdef int trim(
    list found, const uint8_t *source, Py_ssize_t start, Py_ssize_t stop, int rule, str group, bint leads, bint trails
) except -1:
    """Adds the edit that takes the ends of a piece of text, if there is something to take."""
    cdef uint8_t out[1024]
    cdef Py_ssize_t begin = start, end = stop, place, size = 0
    cdef bint has_line_end
    for place in range(start, stop):
        if source[place] == 0x0C:
            return 0
    while leads and begin < stop and is_space(source[begin]):
        begin += 1
    while trails and end > begin and is_space(source[end - 1]):
        end -= 1
    if begin == start and end == stop:
        return 0
    place = begin
    while place < end:
        if not is_space(source[place]):
            out[size] = source[place]
            size += 1
            place += 1
            continue
        has_line_end = False
        while place < end and is_space(source[place]):
            has_line_end = has_line_end or source[place] == 0x0A or source[place] == 0x0D
            place += 1
        out[size] = 0x0A if has_line_end else 0x20
        size += 1
    found.append(Edit(start, stop, PyBytes_FromStringAndSize(<const char *>out, size), rule, group))
    return 0


cdef inline bint is_space(uint8_t byte) noexcept nogil:
    """What CSS collapses (Text 3, 4.1). No raise: leaf code."""
    return byte == 0x20 or byte == 0x0A or byte == 0x09 or byte == 0x0D


cdef bint is_white(const uint8_t *source, Py_ssize_t start, Py_ssize_t stop) noexcept nogil:
    """Whether there is white space only. No raise: leaf code."""
    cdef Py_ssize_t place
    for place in range(start, stop):
        if not is_space(source[place]):
            return False
    return True
