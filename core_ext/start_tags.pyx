"""An index of a page's start tags by their names, and filters of the names around each.

Invariant: an element has every name that its filter does not show as missing; one whose tag is not wholly told is
blurred, and listed as such.
"""

from core_ext.machine cimport S_DATA, is_space, matches
from core_ext.open_tag cimport Named, OpenTag, read_tag
from core_ext.selector cimport ATTRIBUTE, CLASS, ID, TYPE
from core_ext.steps cimport Steps, begin_of, parent_of, size_of, state_of
from libc.stdint cimport uint8_t, uint32_t, uint64_t
from libc.stdlib cimport free, malloc, realloc
from libc.string cimport memset

cdef enum:
    K_START = 2
    PIECE = 1024
    BUDGET = 400_000_000


cdef uint32_t hash_of(int kind, const uint8_t *name, size_t size) noexcept nogil:
    cdef uint32_t hash = hash_start(kind)
    cdef size_t i
    for i in range(size):
        hash = step_hash(hash, name[i])
    return hash


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
    element.name_end = read.name_end
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
