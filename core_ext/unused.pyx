"""Which start tags a style rule matches, by the names in its selectors and the elements around.

Invariants: a tag that a rule matches is found, or the budget is said to be spent; every match that is given holds by
`selects` for its tags.
"""

from core_ext.machine cimport S_CSS, S_DATA, is_letter, is_space, matches
from core_ext.open_tag cimport OpenTag, Named, read_tag
from core_ext.rules cimport R_DROP_UNUSED_RULE
from core_ext.selector cimport ATTRIBUTE, CLASS, ID, TYPE, Part, Selectors, is_named, read_selectors
from core_ext.columns cimport steps_of
from core_ext.steps cimport Steps, begin_of, parent_of, rule_of, size_of, state_of
from libc.stdint cimport uint8_t, uint32_t, uint64_t
from libc.stdlib cimport free, malloc, realloc
from libc.string cimport memset

cdef enum:
    K_START = 2
    K_CSS = 8
    PIECE = 1024
    BUDGET = 400_000_000

cdef uint32_t NOBODY = 0xFFFFFFFF


cdef inline uint32_t step_hash(uint32_t hash, uint8_t c) noexcept nogil:
    return (hash ^ (c | 0x20 if is_letter(c) else c)) * <uint32_t>16777619


cdef uint32_t hash_of(int kind, const uint8_t *name, size_t size) noexcept nogil:
    cdef uint32_t hash = <uint32_t>2166136261 ^ <uint32_t>kind
    cdef size_t i
    for i in range(size):
        hash = step_hash(hash, name[i])
    return hash


cdef uint32_t hash_of_part(const uint8_t *data, const Part *part) noexcept nogil:
    cdef uint32_t hash = <uint32_t>2166136261 ^ <uint32_t>part.kind
    cdef size_t i = part.name
    while i < part.name_end:
        if data[i] == 0x5C:
            i += 1
        hash = step_hash(hash, data[i])
        i += 1
    return hash


cdef inline uint64_t bit_of(uint32_t hash) noexcept nogil:
    hash = hash * <uint32_t>0x9E3779B1
    return <uint64_t>1 << (hash >> 26) | <uint64_t>1 << (hash >> 20 & 63)


cdef inline bint is_image(const uint8_t *tag, const OpenTag *read) noexcept nogil:
    """In HTML "image" makes an img (WHATWG HTML 13.2.6.4.7), in SVG it is itself: it counts as both."""
    return read.name_end == 6 and matches(tag + 1, 5, b"image")


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


# INDEX


cdef bint build_index(const Steps *t, Index *index) noexcept nogil:
    """Gives False where there is no memory; free_index() is due in either case."""
    cdef size_t i, buckets = 1024
    memset(index, 0, sizeof(Index))
    index.budget = BUDGET
    index.numbers = <uint32_t *>malloc((t.count + 1) * 4)
    if index.numbers == NULL:
        return False
    for i in range(t.count):
        index.numbers[i] = NOBODY
        if t.kinds[i] == K_START and state_of(t, i) == S_DATA and not add_element(t, index, i):
            return False
    while buckets < index.entry_count:
        buckets *= 2
    index.bucket_mask = buckets - 1
    index.buckets = <uint32_t *>malloc(buckets * 4)
    index.blurred = <uint32_t *>malloc((index.count + 1) * 4)
    if index.buckets == NULL or index.blurred == NULL:
        return False
    memset(index.buckets, 0xFF, buckets * 4)
    for i in range(index.entry_count):
        index.entries[i].next = index.buckets[index.entries[i].hash & index.bucket_mask]
        index.buckets[index.entries[i].hash & index.bucket_mask] = <uint32_t>i
    for i in range(index.count):
        if index.elements[i].is_blurred:
            index.blurred[index.blurred_count] = <uint32_t>i
            index.blurred_count += 1
    return True


cdef void free_index(Index *index) noexcept nogil:
    free(index.elements)
    free(index.entries)
    free(index.buckets)
    free(index.blurred)
    free(index.numbers)


cdef bint add_element(const Steps *t, Index *index, size_t token) noexcept nogil:
    cdef OpenTag read
    cdef Element *element
    cdef void *moved
    cdef const uint8_t *tag = begin_of(t, token)
    cdef uint32_t around = parent_of(t, token), number = <uint32_t>index.count
    cdef size_t i, size, begin, end
    cdef Named *a
    if size_of(t, token) < 2 or size_of(t, token) > PIECE:
        return True
    if index.count == index.room:
        index.room = index.room * 2 if index.room else 1024
        moved = realloc(index.elements, index.room * sizeof(Element))
        if moved == NULL:
            return False
        index.elements = <Element *>moved
    element = &index.elements[number]
    index.numbers[token] = number
    index.count += 1
    read_tag(tag, size_of(t, token), &read)
    element.token = <uint32_t>token
    element.is_blurred = read.is_blurred
    element.around = index.numbers[around] if around < token else NOBODY
    element.mine = 0
    element.type = 0 if is_image(tag, &read) else hash_of(TYPE, tag + 1, read.name_end - 1)
    if not add_name(index, number, hash_of(TYPE, tag + 1, read.name_end - 1)):
        return False
    if is_image(tag, &read) and not add_name(index, number, hash_of(TYPE, <const uint8_t *>b"img", 3)):
        return False
    for i in range(read.count):
        a = &read.attributes[i]
        size = a.name_end - a.name
        if not add_name(index, number, hash_of(ATTRIBUTE, tag + a.name, size)):
            return False
        if size == 2 and matches(tag + a.name, 2, b"id"):
            if not add_name(index, number, hash_of(ID, tag + a.value, a.value_end - a.value)):
                return False
        elif size == 5 and matches(tag + a.name, 5, b"class"):
            end = a.value
            while end < a.value_end:
                begin = end
                while begin < a.value_end and is_space(tag[begin]):
                    begin += 1
                end = begin
                while end < a.value_end and not is_space(tag[end]):
                    end += 1
                if end > begin and not add_name(index, number, hash_of(CLASS, tag + begin, end - begin)):
                    return False
    element = &index.elements[number]
    if element.is_blurred:
        element.mine = ~<uint64_t>0
    element.all = element.mine
    if element.around != NOBODY:
        element.all |= index.elements[element.around].all
    return True


cdef bint add_name(Index *index, uint32_t element, uint32_t hash) noexcept nogil:
    cdef void *moved
    if index.entry_count == index.entry_room:
        index.entry_room = index.entry_room * 2 if index.entry_room else 4096
        moved = realloc(index.entries, index.entry_room * sizeof(Entry))
        if moved == NULL:
            return False
        index.entries = <Entry *>moved
    index.entries[index.entry_count].hash = hash
    index.entries[index.entry_count].element = element
    index.entry_count += 1
    index.elements[element].mine |= bit_of(hash)
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


cdef int find_selector(
    const Steps *t, Index *index, const uint8_t *data, const Selectors *read, size_t s, Match *match
) noexcept nogil:
    """Whether one selector matches an element."""
    cdef size_t subject = read.firsts[s + 1] - 1, i, best
    cdef uint32_t hash, entry, around, type_hash = 0
    cdef int found
    cdef uint64_t needed = 0, outer
    # By what is named least often, most likely: an id, a class, an attribute, a type.
    best = read.compounds[subject]
    for i in range(read.compounds[subject], read.compounds[subject + 1]):
        if rank(read.parts[i].kind) < rank(read.parts[best].kind):
            best = i
    for i in range(read.compounds[read.firsts[s]], read.compounds[subject + 1]):
        needed |= bit_of(hash_of_part(data, &read.parts[i]))
    hash = hash_of_part(data, &read.parts[best])
    entry = index.buckets[hash & index.bucket_mask]
    while entry != NOBODY:
        if index.budget == 0:
            return UNTOLD
        index.budget -= 1
        if index.entries[entry].hash == hash:
            found = match_at(t, index, data, read, s, index.entries[entry].element, needed, match)
            if found != NO_MATCH:
                return found
        entry = index.entries[entry].next
    if read.parts[best].kind == TYPE:
        return NO_MATCH
    outer = needed_by(data, read, s, subject)
    for i in range(read.compounds[subject], read.compounds[subject + 1]):
        if read.parts[i].kind == TYPE:
            type_hash = hash_of_part(data, &read.parts[i])
    for i in range(index.blurred_count):
        # Most are of another type or fail further out: seen here by a comparison, before the tag is read.
        if type_hash and index.elements[index.blurred[i]].type not in (0, type_hash):
            continue
        around = index.elements[index.blurred[i]].around
        if outer and (around == NOBODY or index.elements[around].all & outer != outer):
            continue
        found = match_at(t, index, data, read, s, index.blurred[i], needed, match)
        if found != NO_MATCH:
            return found
    return NO_MATCH


cdef inline int rank(int kind) noexcept nogil:
    if kind == ID:
        return 0
    if kind == CLASS:
        return 1
    return 2 if kind == ATTRIBUTE else 3


cdef int match_at(
    const Steps *t, Index *index, const uint8_t *data, const Selectors *read, size_t s, uint32_t element,
    uint64_t needed, Match *match,
) noexcept nogil:
    """Whether a selector matches this element: the nearest that fits, outwards, is as good as any."""
    cdef size_t compound = read.firsts[s + 1]
    cdef Element *at
    match.count = 0
    while element != NOBODY:
        if index.budget == 0:
            return UNTOLD
        index.budget -= 1
        at = &index.elements[element]
        if at.all & needed != needed:
            return NO_MATCH
        # No filter for the one: parts of other compounds are in `needed` too.
        if fits(data, read, compound - 1, begin_of(t, at.token), size_of(t, at.token)):
            match.tokens[match.count] = at.token
            match.count += 1
            compound -= 1
            if compound == read.firsts[s]:
                return MATCH
            # What has been matched is no more needed further out.
            needed = needed_by(data, read, s, compound)
        elif match.count == 0:
            return NO_MATCH
        element = at.around
    return NO_MATCH


cdef uint64_t needed_by(const uint8_t *data, const Selectors *read, size_t s, size_t end) noexcept nogil:
    cdef uint64_t needed = 0
    cdef size_t i
    for i in range(read.compounds[read.firsts[s]], read.compounds[end]):
        needed |= bit_of(hash_of_part(data, &read.parts[i]))
    return needed


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
