"""Which start tags a style rule matches, by the names in its selectors and the elements around.

Invariants: a tag that a rule matches is found, or the budget is said to be spent; every match that is given holds by
`selects` for its tags.
"""

from core_ext.columns cimport steps_of
from core_ext.machine cimport S_CSS, is_space, matches
from core_ext.open_tag cimport Named, OpenTag, read_tag
from core_ext.rules cimport R_DROP_UNUSED_RULE
from core_ext.selector cimport ATTRIBUTE, CLASS, ID, MOST_PARTS, TYPE, Part, Selectors, is_named, read_selectors
from core_ext.start_tags cimport (
    NOBODY, Element, Index, bit_of, build_index, free_index, hash_start, is_image, step_hash,
)
from core_ext.steps cimport Steps, begin_of, rule_of, size_of, state_of
from libc.stdint cimport uint8_t, uint32_t, uint64_t

cdef enum:
    K_CSS = 8
    PIECE = 1024


cdef uint32_t hash_of_part(const uint8_t *data, const Part *part) noexcept nogil:
    cdef uint32_t hash = hash_start(part.kind)
    cdef size_t i = part.name
    while i < part.name_end:
        if data[i] == 0x5C:
            i += 1
        hash = step_hash(hash, data[i])
        i += 1
    return hash


cdef bint has_part(const uint8_t *data, const Part *part, const uint8_t *tag, const OpenTag *read) noexcept nogil:
    """Whether a start tag may have what one simple selector asks for."""
    cdef size_t i
    if part.kind == TYPE:
        return is_named(data, part, tag + 1, read.name_end - 1) or (
            is_image(tag, read) and is_named(data, part, <const uint8_t *>b"img", 3)
        )
    if read.is_blurred:
        return True
    for i in range(read.count):
        if attribute_has(data, part, tag, &read.attributes[i]):
            return True
    return False


cdef bint attribute_has(const uint8_t *data, const Part *part, const uint8_t *tag, const Named *a) noexcept nogil:
    cdef size_t size = a.name_end - a.name, begin, end
    if part.kind == ATTRIBUTE:
        return is_named(data, part, tag + a.name, size)
    if part.kind == ID:
        return size == 2 and matches(tag + a.name, 2, b"id") and (
            is_named(data, part, tag + a.value, a.value_end - a.value)
        )
    if size != 5 or not matches(tag + a.name, 5, b"class"):
        return False
    end = a.value
    while end < a.value_end:
        begin = end
        while begin < a.value_end and is_space(tag[begin]):
            begin += 1
        end = begin
        while end < a.value_end and not is_space(tag[end]):
            end += 1
        if end > begin and is_named(data, part, tag + begin, end - begin):
            return True
    return False


cdef bint fits(
    const uint8_t *data, const Selectors *read, size_t compound, const uint8_t *tag, size_t size
) noexcept nogil:
    """Whether a start tag may be what a compound asks for."""
    cdef OpenTag seen
    cdef size_t i
    read_tag(tag, size, &seen)
    for i in range(read.compounds[compound], read.compounds[compound + 1]):
        if not has_part(data, &read.parts[i], tag, &seen):
            return False
    return True


# MATCH


cdef int find_match(const Steps *t, Index *index, size_t rule, Match *match) noexcept nogil:
    """Whether a fresh style rule matches an element, and which."""
    cdef Selectors read
    cdef const uint8_t *data = begin_of(t, rule)
    cdef size_t s
    cdef int found
    if size_of(t, rule) == 0 or size_of(t, rule) > PIECE or read_selectors(data, size_of(t, rule), &read) == 0:
        return UNTOLD
    for s in range(read.count):
        found = find_selector(t, index, data, &read, s, match)
        if found != NO_MATCH:
            return found
    return NO_MATCH


cdef void ask(const uint8_t *data, const Selectors *read, size_t s, Asked *asked) noexcept nogil:
    """What every compound of a selector asks for."""
    cdef size_t compound, i
    cdef uint32_t hash
    cdef uint64_t upto = 0
    for compound in range(read.firsts[s], read.firsts[s + 1]):
        asked.own = 0
        asked.type = 0
        asked.upto = upto
        for i in range(read.compounds[compound], read.compounds[compound + 1]):
            hash = hash_of_part(data, &read.parts[i])
            asked.own |= bit_of(hash)
            if read.parts[i].kind == TYPE:
                asked.type = hash
        upto |= asked.own
        asked += 1


cdef int find_selector(
    const Steps *t, Index *index, const uint8_t *data, const Selectors *read, size_t s, Match *match
) noexcept nogil:
    """Whether one selector matches an element."""
    cdef Asked asked[MOST_PARTS]
    cdef size_t subject = read.firsts[s + 1] - 1, last = subject - read.firsts[s], i, best
    cdef uint32_t hash, entry, around
    cdef int found
    cdef uint64_t outer
    cdef Element *element
    ask(data, read, s, asked)
    # By what is named least often, most likely: an id, a class, an attribute, a type.
    best = read.compounds[subject]
    for i in range(read.compounds[subject], read.compounds[subject + 1]):
        if rank(read.parts[i].kind) < rank(read.parts[best].kind):
            best = i
    hash = hash_of_part(data, &read.parts[best])
    entry = index.buckets[hash & index.bucket_mask]
    while entry != NOBODY:
        if index.budget == 0:
            return UNTOLD
        index.budget -= 1
        if index.entries[entry].hash == hash:
            found = match_at(t, index, data, read, s, asked, index.entries[entry].element, match)
            if found != NO_MATCH:
                return found
        entry = index.entries[entry].next
    if read.parts[best].kind == TYPE:
        return NO_MATCH
    outer = asked[last].upto
    for i in range(index.blurred_count):
        # Most are of another type or fail further out: seen here by a comparison.
        element = &index.elements[index.blurred[i]]
        if not may_be(element, asked[last].type):
            continue
        around = element.around
        if outer and (around == NOBODY or index.elements[around].all & outer != outer):
            continue
        found = match_at(t, index, data, read, s, asked, index.blurred[i], match)
        if found != NO_MATCH:
            return found
    return NO_MATCH


cdef inline bint may_be(const Element *element, uint32_t type) noexcept nogil:
    return type == 0 or element.type == 0 or element.type == type


cdef inline int rank(int kind) noexcept nogil:
    if kind == ID:
        return 0
    if kind == CLASS:
        return 1
    return 2 if kind == ATTRIBUTE else 3


cdef int match_at(
    const Steps *t, Index *index, const uint8_t *data, const Selectors *read, size_t s, const Asked *asked,
    uint32_t element, Match *match,
) noexcept nogil:
    """Whether a selector matches this element: the nearest that fits, outwards, is as good as any."""
    cdef size_t first = read.firsts[s], compound = read.firsts[s + 1] - 1
    cdef const Asked *at = &asked[compound - first]
    cdef uint64_t needed = at.upto | at.own
    cdef Element *seen
    match.count = 0
    while element != NOBODY:
        if index.budget == 0:
            return UNTOLD
        index.budget -= 1
        seen = &index.elements[element]
        if seen.all & needed != needed:
            return NO_MATCH
        # Most tags need not be read: a name that the compound asks for is not among theirs.
        if (
            seen.mine & at.own == at.own
            and may_be(seen, at.type)
            and element_fits(t, seen, data, read, compound)
        ):
            match.tokens[match.count] = seen.token
            match.count += 1
            if compound == first:
                return MATCH
            # What has been matched is no more needed further out.
            needed = at.upto
            compound -= 1
            at = &asked[compound - first]
        elif match.count == 0:
            return NO_MATCH
        element = seen.around
    return NO_MATCH


cdef bint element_fits(
    const Steps *t, const Element *element, const uint8_t *data, const Selectors *read, size_t compound
) noexcept nogil:
    """`fits` for an element of the index; a blurred one need not be read again, as all but its type fits."""
    cdef const uint8_t *tag = begin_of(t, element.token)
    cdef size_t i
    if not element.is_blurred or element.type == 0:
        return fits(data, read, compound, tag, size_of(t, element.token))
    for i in range(read.compounds[compound], read.compounds[compound + 1]):
        if read.parts[i].kind == TYPE and not is_named(data, &read.parts[i], tag + 1, element.name_end - 1):
            return False
    return True


# FOR PYTHON


def selects(const uint8_t[::1] rule not None, tags) -> bool | None:
    """Whether a selector of a style rule matches a tag, given with all tags around it, outwards.

    None where the rule is beyond the grammar. Each tag is a START token's first piece, at least 2 bytes.
    """
    cdef Selectors read
    cdef size_t s, compound
    cdef const uint8_t[::1] tag
    if not 0 < rule.shape[0] <= PIECE or not read_selectors(&rule[0], rule.shape[0], &read):
        return None
    for each in tags:
        if not 2 <= len(each) <= PIECE:
            raise ValueError(f"a tag of {len(each)} bytes")
    for s in range(read.count):
        compound = read.firsts[s + 1]
        for number, tag in enumerate(tags):
            if fits(&rule[0], &read, compound - 1, &tag[0], tag.shape[0]):
                compound -= 1
                if compound == read.firsts[s]:
                    return True
            elif number == 0:
                break
    return False


def matched(
    const uint8_t[::1] page not None,
    const uint8_t[::1] kinds not None,
    const uint32_t[::1] starts not None,
    const uint8_t[::1] steps not None,
) -> list:
    """Each dropped style rule that matches: its step, and the START tokens of the match, outwards.

    No tokens: it could not be told, for the page is beyond measure. The columns are as for `misplaced`.
    """
    cdef Steps t = steps_of(page, kinds, starts, steps)
    cdef Index index
    cdef Match match
    cdef size_t i
    cdef int result
    found = []
    if not any_dropped(&t):
        return found
    try:
        if not build_index(&t, &index):
            raise MemoryError
        for i in range(t.count):
            if rule_of(&t, i) == R_DROP_UNUSED_RULE and t.kinds[i] == K_CSS and state_of(&t, i) == S_CSS:
                result = find_match(&t, &index, i, &match)
                if result == MATCH:
                    found.append((i, tuple(match.tokens[j] for j in range(match.count))))
                elif result == UNTOLD and index.budget == 0:
                    found.append((i, ()))
        return found
    finally:
        free_index(&index)


cdef bint any_dropped(const Steps *t) noexcept nogil:
    cdef size_t i
    for i in range(t.count):
        if rule_of(t, i) == R_DROP_UNUSED_RULE:
            return True
    return False
