"""The trace of a page: one rule a source token, and what comes out.

Normative text: docs/lexer.md, "Rules" and "Joins"; docs/PROTOCOL.md, "Steps". Given tokens, rules and what the attested
ones put in place, the trace is unique.
"""

from array import array

from core_ext.constants import ATTESTED, PIECE_BYTES, STEP_BYTES
from core_ext.elements cimport EATS_NEWLINE, TABLE_PART, Name, element_of, read_name
from core_ext.errors import RuleViolation
from core_ext.lexer cimport Tokens
from core_ext.machine cimport is_letter
from core_ext.neighbours cimport Fault, content_of, is_misplaced
from core_ext.rules cimport (
    R_ATTESTED, R_DROP_OPTIONAL_END, R_DROP_UNUSED_RULE, R_DROP_WS_TEXT, R_LAST_ATTESTED, REFUSED,
    apply, is_attested, is_collapsible,
)
from core_ext.start_tags cimport Index, build_index, free_index
from core_ext.steps cimport Steps
from core_ext.unused cimport NO_MATCH, Match, find_match
from libc.stdint cimport uint8_t, uint16_t, uint32_t
from libc.stdlib cimport free, malloc
from libc.string cimport memcpy, memset

cdef enum:
    K_START = 2
    K_TEXT = 4
    K_COMMENT = 5
    PIECE = 1024
    STEP = 18
    S_DATA = 0
    S_CSS = 64
    F_PRESERVE = 0x0100
    F_JOIN_RISK = 0x0200
    F_AFTER_SPACE = 0x1000
    F_AFTER_LF = 0x2000

cdef uint32_t NONE = 0xFFFFFFFF
assert (PIECE_BYTES, STEP_BYTES) == (PIECE, STEP)
assert (min(ATTESTED), max(ATTESTED)) == (R_ATTESTED, R_LAST_ATTESTED)


cdef bint tail_can_join(const uint8_t *data, size_t size, bint before) noexcept nogil:
    """Whether a text that came right behind could become one tag or character reference with the end of this one."""
    cdef size_t i = size
    cdef uint8_t c
    if data[size - 1] == 0x3C:
        return True
    while i > 0:
        c = data[i - 1]
        if c == 0x26:
            return True
        if not (is_letter(c) or 0x30 <= c <= 0x39 or c == 0x23):
            return False
        i -= 1
    # Letters and digits only: a reference that began in the piece before may still be open.
    return before


cdef bint is_trait(const uint8_t *tag, const uint8_t *end, uint16_t trait) noexcept nogil:
    cdef Name name = read_name(tag + 1, end)
    return (element_of(&name).traits & trait) != 0


cdef bint is_in_table(const Columns *t, size_t i) noexcept nogil:
    """Whether a token stands right inside a part of a table."""
    cdef uint32_t parent = t.parents[i]
    if parent == NONE or t.kinds[parent] != K_START:
        return False
    return is_trait(t.page + t.starts[parent], t.page + t.starts[t.count], TABLE_PART)


cdef uint16_t output_after(
    const Columns *t, size_t i, const uint8_t *out, size_t length, bint in_table, uint16_t before
) noexcept nogil:
    """Flags on the output so far, once token i has emitted `length` bytes (docs/lexer.md, "Joins").

    `in_table`: of is_in_table(), asked of texts that emit something.
    """
    cdef uint16_t flags = 0
    cdef uint8_t last
    if t.flags[i] & 0x7F >= S_CSS:
        # A step in a style sheet has no room for what came before: nothing is promised behind it.
        return F_JOIN_RISK
    if length == 0:
        return before
    last = out[length - 1]
    if t.kinds[i] == K_START:
        # Later pieces of a start tag say nothing new.
        if t.flags[i] & 0x7F != S_DATA:
            return before
        return F_JOIN_RISK if is_trait(t.page + t.starts[i], t.page + t.starts[t.count], EATS_NEWLINE) else 0
    if t.kinds[i] == K_COMMENT and length == 3 and out[1] == 0x2F:
        # "</>" leaves nothing in the tree: the texts around it are one.
        return before
    if t.kinds[i] != K_TEXT:
        return 0
    if in_table or tail_can_join(out, length, (before & F_JOIN_RISK) != 0):
        flags = F_JOIN_RISK
    if t.flags[i] & F_PRESERVE == 0 and is_collapsible(last):
        flags |= F_AFTER_LF if last == 0x0A or last == 0x0D else F_AFTER_SPACE
    return flags


cdef class Trace:
    """The optimized page and the step of each source token."""

    cdef readonly bytes optimized
    cdef readonly bytes steps
    cdef readonly bytes out_kinds
    cdef readonly object out_starts
    cdef readonly uint32_t attested_bytes

    def __init__(self):
        raise TypeError("a trace comes from trace()")


cdef inline Py_ssize_t replace(Replacements *r, size_t token, uint8_t *out) noexcept nogil:
    """Writes what an attested rule puts in place of a token; gives its length."""
    cdef size_t start, length
    if r.next == r.count or r.tokens[r.next] != token:
        return 0
    start = r.starts[r.next]
    length = r.starts[r.next + 1] - start
    r.next += 1
    memcpy(out, r.put_in + start, length)
    return length


cdef Py_ssize_t apply_rules(
    const Columns *t, const uint8_t *rules, Replacements *r, Output *o, Ancestors *around
) noexcept nogil:
    """Applies the rules; gives the index of the token whose rule is refused, or -1.

    `around` is NULL where the columns are those of a whole page.
    """
    cdef size_t i, size
    cdef Py_ssize_t length
    cdef uint16_t flags
    cdef bint in_table
    cdef uint8_t *step = o.steps
    for i in range(t.count):
        flags = flags_of(t.flags[i], o.joins)
        size = t.starts[i + 1] - t.starts[i]
        if is_attested(rules[i]):
            length = replace(r, o.before + i, o.page + o.size)
        else:
            length = apply(rules[i], t.kinds[i], flags, t.page + t.starts[i], size, o.page + o.size)
        if length == REFUSED:
            return i
        step[0] = rules[i]
        step[1] = 1 if length else 0
        step = put32(put32(put16(put16(step + 2, flags), t.depths[i]), t.parents[i]), o.out_before + <uint32_t>o.count)
        step = put32(step, o.attested)
        if is_attested(rules[i]):
            # Wraps where more was put in place than taken out so far; so it does on chain.
            o.attested += <uint32_t>size - <uint32_t>length
        in_table = False
        if around != NULL:
            in_table = follow(around, t, i, o.before)
        elif length and t.kinds[i] == K_TEXT:
            in_table = is_in_table(t, i)
        o.joins = output_after(t, i, o.page + o.size, length, in_table, o.joins)
        if length:
            o.kinds[o.count] = t.kinds[i]
            o.starts[o.count] = <uint32_t>o.size
            o.count += 1
            o.size += length
    o.starts[o.count] = <uint32_t>o.size
    return -1


cdef bint follow(Ancestors *around, const Columns *t, size_t i, size_t before) noexcept nogil:
    """Keeps the start tags around a token, and says whether it stands right inside a part of a table."""
    cdef uint32_t parent = t.parents[i]
    cdef bint in_table
    # What is not on the way to the parent is closed, or was never opened.
    while around.count and (parent == NONE or around.tokens[around.count - 1] > parent):
        around.count -= 1
    in_table = around.count > 0 and around.tokens[around.count - 1] == parent and around.are_tables[around.count - 1]
    if t.kinds[i] == K_START and t.flags[i] & 0x7F == S_DATA and around.count < DEEPEST:
        around.tokens[around.count] = <uint32_t>(before + i)
        around.are_tables[around.count] = is_trait(t.page + t.starts[i], t.page + t.starts[t.count], TABLE_PART)
        around.count += 1
    return in_table


cdef Columns columns_of(const uint8_t[::1] page, Tokens tokens) except *:
    """The columns of tokens, which must be those of this very page."""
    cdef Columns t
    cdef const uint32_t[::1] starts = tokens.starts
    cdef const uint16_t[::1] flags = tokens.flags
    cdef const uint16_t[::1] depths = tokens.depths
    cdef const uint32_t[::1] parents = tokens.parents
    if starts[starts.shape[0] - 1] != page.shape[0]:
        raise ValueError("these tokens are of another page")
    t.count = tokens.count
    t.page = &page[0] if page.shape[0] else NULL
    t.kinds = tokens.kinds
    t.starts = &starts[0]
    t.flags = &flags[0] if t.count else NULL
    t.depths = &depths[0] if t.count else NULL
    t.parents = &parents[0] if t.count else NULL
    return t


def trace(
    const uint8_t[::1] page not None, Tokens tokens not None, const uint8_t[::1] rules not None, replacements=None
) -> Trace:
    """Applies one rule a source token. Raises RuleViolation where a rule may not be applied.

    `replacements` maps the index of a token with an attested rule to the 0 to 1 024 bytes that stand in its place;
    what it leaves out is dropped.
    """
    cdef Columns t = columns_of(page, tokens)
    cdef Output o
    cdef Replacements r
    cdef Py_ssize_t refused = -1
    cdef Trace result
    cdef const uint8_t[::1] put_in
    cdef const uint32_t[::1] put_at, put_from
    if rules.shape[0] != tokens.count:
        raise ValueError(f"{rules.shape[0]} rules for {tokens.count} tokens")
    put_in, put_at, put_from = packed(rules, replacements or {})
    r.put_in = &put_in[0]
    r.tokens = &put_at[0]
    r.starts = &put_from[0]
    r.count = put_from.shape[0] - 1
    r.next = 0
    memset(&o, 0, sizeof(o))
    o.page = <uint8_t *>malloc(page.shape[0] + put_in.shape[0])
    o.kinds = <uint8_t *>malloc(t.count + 1)
    o.starts = <uint32_t *>malloc((t.count + 1) * 4)
    o.steps = <uint8_t *>malloc(t.count * STEP + 1)
    try:
        if not (o.page and o.kinds and o.starts and o.steps):
            raise MemoryError
        if t.count:
            with nogil:
                refused = apply_rules(&t, &rules[0], &r, &o, NULL)
        else:
            o.starts[0] = 0
        if refused >= 0:
            raise RuleViolation(refused, rules[refused], f"kind {t.kinds[refused]}, flags 0x{t.flags[refused]:04x}")
        require_surroundings(&t, rules, &o)
        result = Trace.__new__(Trace)
        result.optimized = (<const char *>o.page)[: o.size]
        result.steps = (<const char *>o.steps)[: t.count * STEP]
        result.out_kinds = (<const char *>o.kinds)[: o.count]
        result.attested_bytes = o.attested
        cells = array("I")
        cells.frombytes((<const char *>o.starts)[: (o.count + 1) * 4])
        result.out_starts = memoryview(cells).toreadonly()
        return result
    finally:
        free(o.page)
        free(o.kinds)
        free(o.starts)
        free(o.steps)


cdef Steps steps_of(const Columns *t, const Output *o) noexcept nogil:
    """The trace as it would be committed."""
    cdef Steps steps
    steps.page = t.page
    steps.kinds = t.kinds
    steps.starts = t.starts
    steps.records = o.steps
    steps.count = t.count
    steps.out = o.page
    steps.out_starts = o.starts
    steps.out_count = o.count
    return steps


cdef int require_surroundings(const Columns *t, const uint8_t[::1] rules, const Output *o) except -1:
    """Rules 3, 5 and 7 by more than their own token. Raises RuleViolation."""
    cdef Steps steps = steps_of(t, o)
    cdef Fault fault
    cdef Match match
    cdef Index index
    cdef size_t i, content = 0
    cdef bint is_asked = False, is_style = False
    for i in range(t.count):
        if rules[i] == R_DROP_WS_TEXT or rules[i] == R_DROP_OPTIONAL_END or rules[i] == R_DROP_UNUSED_RULE:
            is_asked = True
            is_style = is_style or rules[i] == R_DROP_UNUSED_RULE
    if not is_asked:
        return 0
    content = content_of(&steps)
    for i in range(t.count):
        if is_misplaced(&steps, i, content, &fault):
            raise RuleViolation(i, rules[i], f"not between tokens {fault.first} and {fault.last}")
    if not is_style:
        return 0
    try:
        if not build_index(&steps, &index):
            raise MemoryError
        for i in range(t.count):
            if rules[i] == R_DROP_UNUSED_RULE and t.flags[i] & 0x7F == S_CSS:
                if find_match(&steps, &index, i, &match) != NO_MATCH:
                    raise RuleViolation(i, rules[i], "it may match an element of the page")
    finally:
        free_index(&index)
    return 0


def packed(const uint8_t[::1] rules, replacements) -> tuple:
    """Replacements as one string, the tokens in rising order, and where each begins; none of them is empty."""
    cdef Py_ssize_t index
    tokens = sorted(replacements)
    for index in tokens:
        if not 0 <= index < rules.shape[0]:
            raise ValueError(f"a replacement for token {index} of {rules.shape[0]}")
        if not is_attested(rules[index]):
            raise RuleViolation(index, rules[index], "only attested rules put other bytes in a token's place")
        if len(replacements[index]) > PIECE:
            raise RuleViolation(index, rules[index], f"{len(replacements[index])} bytes: at most {PIECE} fit a token")
    starts = array("I", [0])
    for index in tokens:
        starts.append(starts[-1] + len(replacements[index]))
    # One spare cell each: an empty buffer has no address.
    return b"".join([*(replacements[index] for index in tokens), b"\0"]), array("I", [*tokens, 0]), starts
