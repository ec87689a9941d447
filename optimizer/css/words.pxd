"""Sets of words by their hashes: two words that share a hash are taken for one, which errs towards `is there`."""

from libc.stdint cimport uint8_t, uint64_t

cdef enum:
    SEED_LOW = 0x84222325
    SEED_HIGH = 0xCBF29CE4


cdef inline uint64_t seed() noexcept nogil:
    return (<uint64_t>SEED_HIGH << 32) | SEED_LOW


cdef inline uint64_t mixed(uint64_t hashed, uint8_t byte) noexcept nogil:
    """FNV-1a, one byte on."""
    return (hashed ^ byte) * <uint64_t>0x100000001B3


cdef inline uint64_t hash_of(const uint8_t *word, size_t size) noexcept nogil:
    cdef uint64_t hashed = seed()
    cdef size_t place
    for place in range(size):
        hashed = mixed(hashed, word[place])
    return hashed


cdef class WordSet:
    cdef uint64_t *slots    # 0: free
    cdef size_t mask, count
    cdef int add(self, uint64_t hashed) except -1 nogil
    cdef bint has(self, uint64_t hashed) noexcept nogil


cdef class ScriptNames:
    cdef WordSet words, folded, markup, heads, tails
    cdef readonly bint is_empty
    cdef readonly bint is_unread
    cdef list texts, folded_texts
    cdef int read(self, const uint8_t *start, const uint8_t *end) except -1 nogil
    cdef int read_behind_digits(self, const uint8_t *word, const uint8_t *cursor, const uint8_t *end) except -1 nogil
    cdef bint mentioned(self, const uint8_t *name, size_t size) noexcept nogil
    cdef bint mentioned_folded(self, const uint8_t *name, size_t size) noexcept nogil
    cdef bint makes(self, const uint8_t *tag, size_t size) noexcept nogil
    cdef bint any_has(self, bytes text)
    cdef bint any_has_folded(self, bytes text)
