"""What the lexer keeps while it runs: the columns of its tokens, and the stack of open elements."""

from core_ext.elements cimport Name, same_name
from libc.stdint cimport uint8_t, uint16_t, uint32_t
from libc.stdlib cimport free, malloc, realloc

cdef enum:
    F_FOREIGN = 0x0080
    # An end tag looks at this many open elements at most, so that no page costs more than linear time,
    # and contradicting a step on chain costs a bounded number of openings.
    REACH = 256
    DEEPEST = 65535
    NO_PARENT = 0xFFFFFFFF

# An open element, or an open group of a style sheet (name.size 0).
cdef struct Open:
    Name name
    uint32_t token
    uint16_t flags      # FOREIGN, PRESERVE, CDATA_OK, MATH of what stands inside
    uint8_t space       # of the element itself: HTML, SVG or MATH

cdef struct Lexer:
    const uint8_t *page
    const uint8_t *end
    const uint8_t *cursor       # what is lexed already ends here
    const uint8_t *style_end    # of the style element that the cursor is in, or NULL
    int style_flags             # of all tokens in it
    size_t style_outside        # elements that were open at its beginning
    uint32_t base               # tokens that were taken out of the columns already
    uint8_t *kinds
    uint32_t *starts
    uint16_t *flags
    uint16_t *depths
    uint32_t *parents
    size_t count
    size_t room
    Open *stack
    size_t depth
    size_t open_room
    bint failed         # out of memory


cdef inline bint open_lexer(Lexer *lx, const uint8_t *page, size_t size, size_t room) noexcept nogil:
    """Gives False where there is no memory; close_lexer() is due in either case."""
    lx.page = page
    lx.end = page + size
    lx.cursor = page
    lx.style_end = NULL
    lx.base = 0
    lx.count = 0
    lx.depth = 0
    lx.failed = False
    lx.room = room
    lx.open_room = 64
    lx.kinds = <uint8_t *>malloc(lx.room)
    lx.starts = <uint32_t *>malloc(lx.room * 4)
    lx.flags = <uint16_t *>malloc(lx.room * 2)
    lx.depths = <uint16_t *>malloc(lx.room * 2)
    lx.parents = <uint32_t *>malloc(lx.room * 4)
    lx.stack = <Open *>malloc(lx.open_room * sizeof(Open))
    return lx.kinds and lx.starts and lx.flags and lx.depths and lx.parents and lx.stack


cdef inline void close_lexer(Lexer *lx) noexcept nogil:
    free(lx.kinds)
    free(lx.starts)
    free(lx.flags)
    free(lx.depths)
    free(lx.parents)
    free(lx.stack)


cdef inline bint grow(Lexer *lx) noexcept nogil:
    cdef size_t room = lx.room * 2
    cdef void *moved
    moved = realloc(lx.kinds, room)
    if moved == NULL:
        return False
    lx.kinds = <uint8_t *>moved
    moved = realloc(lx.starts, room * 4)
    if moved == NULL:
        return False
    lx.starts = <uint32_t *>moved
    moved = realloc(lx.flags, room * 2)
    if moved == NULL:
        return False
    lx.flags = <uint16_t *>moved
    moved = realloc(lx.depths, room * 2)
    if moved == NULL:
        return False
    lx.depths = <uint16_t *>moved
    moved = realloc(lx.parents, room * 4)
    if moved == NULL:
        return False
    lx.parents = <uint32_t *>moved
    lx.room = room
    return True


cdef inline void put(Lexer *lx, int kind, const uint8_t *start, int flags) noexcept nogil:
    """Appends a piece; where it ends is where the next one starts."""
    if lx.count == lx.room and not grow(lx):
        lx.failed = True
        return
    lx.kinds[lx.count] = kind
    lx.starts[lx.count] = <uint32_t>(start - lx.page)
    lx.flags[lx.count] = flags
    lx.depths[lx.count] = <uint16_t>lx.depth
    lx.parents[lx.count] = lx.stack[lx.depth - 1].token if lx.depth else <uint32_t>NO_PARENT
    lx.count += 1


cdef inline uint16_t inside(Lexer *lx) noexcept nogil:
    """Flags of the place inside the innermost open element."""
    return lx.stack[lx.depth - 1].flags if lx.depth else 0


cdef inline void push(Lexer *lx, const Open *entry) noexcept nogil:
    cdef void *moved
    if lx.depth == DEEPEST:
        return
    if lx.depth == lx.open_room:
        moved = realloc(lx.stack, lx.open_room * 2 * sizeof(Open))
        if moved == NULL:
            lx.failed = True
            return
        lx.stack = <Open *>moved
        lx.open_room *= 2
    lx.stack[lx.depth] = entry[0]
    lx.depth += 1


cdef inline void leave_foreign(Lexer *lx) noexcept nogil:
    while lx.depth and lx.stack[lx.depth - 1].flags & F_FOREIGN:
        lx.depth -= 1


cdef inline void pop(Lexer *lx, const Name *name) noexcept nogil:
    """Closes the nearest open element of that name, if one is within reach."""
    cdef size_t i = lx.depth
    cdef size_t lowest = lx.depth - REACH if lx.depth > REACH else 0
    while i > lowest:
        i -= 1
        if lx.stack[i].name.size and same_name(&lx.stack[i].name, name):
            lx.depth = i
            return
