"""Whether the tokens beside a step allow its rule, judged from what was committed, which may be a lie.

Invariant: whatever the columns say, nothing outside them is read, and each fault names what has to be opened to see it.
"""

from core_ext.columns cimport put_output, steps_of
from core_ext.elements cimport Name, read_name, same_name
from core_ext.families cimport BLOCK, EDGE, HEAD, PART, WRAP, Family, family_of
from core_ext.machine cimport S_DATA, S_RULE, is_space, matches
from core_ext.rules cimport R_ATTESTED, R_DROP_OPTIONAL_END, R_DROP_UNUSED_RULE, R_DROP_WS_TEXT
from core_ext.steps cimport (
    Steps, begin_of, depth_of, emits_of, out_of, parent_of, rule_of, size_of, state_of,
)
from libc.stdint cimport uint8_t, uint32_t

cdef enum:
    K_START = 2
    K_END = 3
    K_TEXT = 4
    K_COMMENT = 5
    K_CSS = 8

cdef uint32_t NONE = 0xFFFFFFFF


cdef inline bint is_tag(const Steps *t, size_t i) noexcept nogil:
    """A tag's first piece."""
    return (t.kinds[i] == K_START or t.kinds[i] == K_END) and state_of(t, i) == S_DATA


cdef inline Name name_of(const Steps *t, size_t i) noexcept nogil:
    cdef const uint8_t *end = begin_of(t, i) + size_of(t, i)
    cdef const uint8_t *start = begin_of(t, i) + (1 if t.kinds[i] == K_START else 2)
    return read_name(start if start < end else end, end)


cdef inline Family family_at(const Steps *t, size_t i) noexcept nogil:
    cdef Name name = name_of(t, i)
    return family_of(&name)


cdef bint is_content(const Steps *t, size_t i) noexcept nogil:
    """Whether a token may begin what the page shows."""
    cdef const uint8_t *at = begin_of(t, i)
    cdef size_t j
    if is_tag(t, i):
        return family_at(t, i).traits & HEAD == 0
    if t.kinds[i] == K_TEXT:
        for j in range(size_of(t, i)):
            if not is_space(at[j]):
                return True
    return False


cdef size_t content_of(const Steps *t) noexcept nogil:
    """The first token that may be content, or the number of tokens."""
    cdef size_t i
    for i in range(t.count):
        if is_content(t, i):
            return i
    return t.count


cdef bint is_text_misplaced(const Steps *t, size_t i, size_t content, Fault *fault) noexcept nogil:
    """Rule 3: neither beside a block, nor between the parts of a table, nor before all content."""
    cdef uint8_t left, right
    cdef bint beside, between
    cdef uint32_t around
    cdef Name name, closed
    if i == 0 or i + 1 >= t.count:
        fault.first = i
        fault.last = i
        return True
    fault.first = i - 1
    fault.last = i + 1
    if t.kinds[i + 1] == K_END and t.kinds[i - 1] == K_START and depth_of(t, i) == depth_of(t, i - 1) + 1:
        return True
    left = family_at(t, i - 1).traits if is_tag(t, i - 1) else 0
    right = family_at(t, i + 1).traits if is_tag(t, i + 1) else 0
    beside = left & (BLOCK | EDGE) and right & (BLOCK | EDGE) and (left | right) & BLOCK
    between = left & PART and right & PART
    if t.kinds[i - 1] == K_END and depth_of(t, i - 1) != depth_of(t, i) + 1:
        beside = between = False
    around = parent_of(t, i)
    if t.kinds[i + 1] == K_END and (beside or between):
        # It has to end the element that the text is in.
        if around >= i:
            beside = between = False
        else:
            fault.shown[0] = around
            fault.shown_count = 1
            name, closed = name_of(t, around), name_of(t, i + 1)
            if t.kinds[around] != K_START or not same_name(&name, &closed):
                beside = between = False
    if beside:
        return False
    if between and is_in_table(t, i, fault):
        return False
    if t.kinds[i + 1] == K_TEXT or is_content(t, i - 1):
        return True
    if content >= i:
        return False
    fault.shown[fault.shown_count] = <uint32_t>content
    fault.shown_count += 1
    return True


cdef bint is_in_table(const Steps *t, size_t i, Fault *fault) noexcept nogil:
    """Whether only parts of a table stand around a token, up to the table; shows the way to what else does."""
    cdef uint32_t around = parent_of(t, i), inner = <uint32_t>i
    cdef Name name
    cdef size_t shown
    fault.shown_count = 0
    for shown in range(MOST_WRAPS):
        if around >= inner:
            return False
        fault.shown[shown] = around
        fault.shown_count = shown + 1
        if t.kinds[around] != K_START:
            return False
        name = name_of(t, around)
        if name.size == 5 and matches(name.start, 5, b"table"):
            return True
        if not family_of(&name).traits & WRAP:
            return False
        inner = around
        around = parent_of(t, around)
    return False


cdef bint is_end_misplaced(const Steps *t, size_t i, Fault *fault) noexcept nogil:
    """Rule 5: it closes something else too, or what comes next would not close it."""
    cdef size_t next = i + 1
    cdef Family own, after
    fault.first = i
    fault.last = next if next < t.count else i
    if next >= t.count or depth_of(t, next) + 1 != depth_of(t, i):
        return True
    while (t.kinds[next] == K_TEXT or t.kinds[next] == K_COMMENT) and emits_of(t, next) == 0:
        next += 1
        if next == t.count or next > i + 1 + MOST_PASSED:
            fault.last = next - 1
            return True
        fault.last = next
    if not is_tag(t, next):
        return True
    if rule_of(t, next) >= R_ATTESTED:
        if emits_of(t, next) == 0:
            return True
        if not keeps_its_name(t, next):
            fault.shows_output = True
            return True
    own, after = family_at(t, i), family_at(t, next)
    if t.kinds[next] == K_START:
        return not after.starts & own.own
    if not after.ends & own.own or next + 1 >= t.count:
        return True
    fault.last = next + 1
    return depth_of(t, next + 1) + 1 != depth_of(t, next)


cdef bint keeps_its_name(const Steps *t, size_t i) noexcept nogil:
    """Whether what an attested rule put in a tag's place is a tag of the same name, as far as it shows."""
    cdef uint32_t out = out_of(t, i)
    cdef const uint8_t *data
    cdef size_t size, head = 1 if t.kinds[i] == K_START else 2
    cdef Name was, name
    if t.out_starts == NULL:
        return True
    if out >= t.out_count:
        return True     # another fault
    data = t.out + t.out_starts[out]
    size = t.out_starts[out + 1] - t.out_starts[out]
    if size <= head or data[0] != 0x3C or (head == 2 and data[1] != 0x2F):
        return False
    was = name_of(t, i)
    name = read_name(data + head, data + size)
    return head + name.size < size and same_name(&was, &name)


cdef bint is_style_torn(const Steps *t, size_t i, Fault *fault) noexcept nogil:
    """Rule 7: the next piece of the same style rule stays, or the piece before does."""
    fault.first = i
    fault.last = i + 1
    if i + 1 < t.count and goes_on(t, i) and rule_of(t, i + 1) != R_DROP_UNUSED_RULE:
        return True
    fault.last = i
    fault.first = i - 1 if i else 0
    return i > 0 and goes_on(t, i - 1) and rule_of(t, i - 1) != R_DROP_UNUSED_RULE


cdef inline bint goes_on(const Steps *t, size_t i) noexcept nogil:
    """Whether the next piece is of the same style rule."""
    return t.kinds[i] == K_CSS and t.kinds[i + 1] == K_CSS and state_of(t, i + 1) >= S_RULE


cdef bint is_misplaced(const Steps *t, size_t i, size_t content, Fault *fault) noexcept nogil:
    """Whether the step's rule is one on neighbours, and they do not allow it. `content`: of content_of()."""
    cdef int rule = rule_of(t, i)
    fault.shown_count = 0
    fault.shows_output = False
    if rule == R_DROP_WS_TEXT:
        return is_text_misplaced(t, i, content, fault)
    if rule == R_DROP_OPTIONAL_END:
        return is_end_misplaced(t, i, fault)
    return rule == R_DROP_UNUSED_RULE and is_style_torn(t, i, fault)


def misplaced(
    const uint8_t[::1] page not None,
    const uint8_t[::1] kinds not None,
    const uint32_t[::1] starts not None,
    const uint8_t[::1] steps not None,
    const uint8_t[::1] optimized not None,
    const uint32_t[::1] out_starts not None,
) -> list:
    """Each step whose neighbours do not allow its rule.

    Its index; the first and the last step that show it; other tokens that do; and whether what the last step put out
    does. `starts` and `out_starts` have one entry more than there are tokens; a step has 18 bytes.
    """
    cdef Steps t = steps_of(page, kinds, starts, steps)
    cdef Fault fault
    cdef size_t i, j, content
    put_output(&t, optimized, out_starts)
    found = []
    content = content_of(&t)
    for i in range(t.count):
        if is_misplaced(&t, i, content, &fault):
            shown = tuple([fault.shown[j] for j in range(fault.shown_count)])
            found.append((i, fault.first, fault.last, shown, fault.shows_output))
    return found
