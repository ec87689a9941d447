"""Where a rule may be applied on a page, for those who choose the rules.

Invariant: what is marked, taken by itself, is no fault; one rule on all marked tokens is a trace that is not refused.
"""

from core_ext.lexer cimport Tokens
from core_ext.neighbours cimport Fault, content_of, is_misplaced
from core_ext.rules cimport (
    R_COLLAPSE_WS, R_DROP_OPTIONAL_END, R_DROP_UNUSED_RULE, R_DROP_WS_TEXT, REFUSED, apply, is_attested,
    is_collapsible,
)
from core_ext.start_tags cimport Index, build_index, free_index
from core_ext.steps cimport STEP, Steps
from core_ext.trace cimport Columns, columns_of, flags_of, is_in_table, output_after, put16, put32
from core_ext.unused cimport NO_MATCH, Match, find_match
from libc.stdint cimport uint8_t, uint16_t
from libc.stdlib cimport free, malloc
from libc.string cimport memcmp, memcpy, memset

cdef enum:
    K_TEXT = 4
    K_CSS = 8
    PIECE = 1024
    S_CSS = 64
    S_RULE = 69


def allowed(
    const uint8_t[::1] page not None, Tokens tokens not None, int rule, const uint8_t[::1] gone=None
) -> bytes:
    """One byte a token: 1 where the rule may be applied and changes something; an attested one may be anywhere.

    For DROP_COMMENT it is assumed that every comment marked before is dropped too; keeping one of them only makes
    later ones safer. For COLLAPSE_WS a text that begins with white-space counts, since that may go once a comment
    before it is dropped. For DROP_OPTIONAL_END `gone` says of each token, by 1, that it is assumed to emit nothing.
    """
    cdef Columns t = columns_of(page, tokens)
    cdef uint8_t *mask
    if is_attested(rule):
        return b"\1" * t.count
    mask = <uint8_t *>malloc(t.count + 1)
    try:
        if mask == NULL:
            raise MemoryError
        if rule == R_DROP_WS_TEXT or rule == R_DROP_OPTIONAL_END or rule == R_DROP_UNUSED_RULE:
            if gone is not None and <size_t>gone.shape[0] != t.count:
                raise ValueError(f"{gone.shape[0]} marks for {t.count} tokens")
            mark_surrounded(&t, rule, gone, mask)
        elif not mark(&t, rule, mask):
            raise MemoryError
        return (<const char *>mask)[: t.count]
    finally:
        free(mask)


cdef bint mark(const Columns *t, int rule, uint8_t *mask) noexcept nogil:
    """Rules that ask for a token and its state alone. Gives False where there is no memory."""
    cdef uint8_t *out = <uint8_t *>malloc(PIECE)
    cdef size_t i, size
    cdef Py_ssize_t length
    cdef uint16_t output = 0
    if out == NULL:
        return False
    for i in range(t.count):
        size = t.starts[i + 1] - t.starts[i]
        length = apply(rule, t.kinds[i], flags_of(t.flags[i], output), t.page + t.starts[i], size, out)
        mask[i] = length != REFUSED and <size_t>length != size
        if mask[i] == 0 and rule == R_COLLAPSE_WS and length != REFUSED:
            mask[i] = is_collapsible(t.page[t.starts[i]]) or memcmp(out, t.page + t.starts[i], size) != 0
        if length == REFUSED:
            memcpy(out, t.page + t.starts[i], size)
            length = size
        output = output_after(t, i, out, length, t.kinds[i] == K_TEXT and length and is_in_table(t, i), output)
    free(out)
    return True


cdef int mark_surrounded(const Columns *t, int rule, const uint8_t[::1] gone, uint8_t *mask) except -1:
    """Rules that ask for what stands around a token as well."""
    cdef Steps steps
    cdef Fault fault
    cdef Index index
    cdef Match match
    cdef size_t i, j, content
    cdef uint8_t *records = <uint8_t *>malloc(t.count * STEP + 1)
    cdef uint8_t *step
    try:
        if records == NULL:
            raise MemoryError
        for i in range(t.count):
            step = records + STEP * i
            if apply(rule, t.kinds[i], t.flags[i], t.page + t.starts[i], t.starts[i + 1] - t.starts[i], NULL) == 0:
                mask[i] = 1
            else:
                mask[i] = 0
            step[0] = rule if mask[i] else 0
            step[1] = 0 if mask[i] or (gone is not None and gone[i]) else 1
            put32(put32(put32(put16(put16(step + 2, t.flags[i]), t.depths[i]), t.parents[i]), 0), 0)
        steps.page = t.page
        steps.kinds = t.kinds
        steps.starts = t.starts
        steps.records = records
        steps.count = t.count
        steps.out = NULL
        steps.out_starts = NULL
        steps.out_count = 0
        if rule == R_DROP_UNUSED_RULE:
            try:
                if not build_index(&steps, &index):
                    raise MemoryError
                for i in range(t.count):
                    if mask[i] and t.flags[i] & 0x7F == S_CSS and find_match(&steps, &index, i, &match) != NO_MATCH:
                        mask[i] = 0
            finally:
                free_index(&index)
            # A rule's pieces go together.
            i = 0
            while i < t.count:
                j = i + 1
                while j < t.count and t.kinds[j] == K_CSS and t.flags[j] & 0x7F >= S_RULE:
                    mask[i] &= mask[j]
                    j += 1
                memset(mask + i, mask[i], j - i)
                i = j
            return 0
        content = content_of(&steps)
        for i in range(t.count):
            mask[i] = mask[i] and not is_misplaced(&steps, i, content, &fault)
        return 0
    finally:
        free(records)
