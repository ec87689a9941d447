"""The start tags of a few names, and how deep tags nest; one pass over the tokens each."""

from core_ext.lexer cimport Tokens
from cpython.bytes cimport PyBytes_AS_STRING, PyBytes_GET_SIZE
from libc.stdint cimport uint8_t, uint16_t, uint32_t

cdef enum:
    K_START = 2
    STATE = 0x7F  # of a token's flags: not 0 in a further piece of a long tag


def tags_named(Tokens tokens not None, bytes page not None, tuple names not None):
    """For each of the names, in lower case, its start tags in order."""
    cdef const uint8_t *kinds = <const uint8_t *>PyBytes_AS_STRING(tokens.kinds)
    cdef const uint8_t *source = <const uint8_t *>PyBytes_AS_STRING(page)
    cdef const uint32_t[::1] starts = tokens.starts
    cdef const uint16_t[::1] flags = tokens.flags
    cdef Py_ssize_t index, place, size, which, count = len(names)
    cdef uint8_t initials[256]
    cdef list found = [[] for _ in names]
    cdef bytes name
    for index in range(256):
        initials[index] = 0
    for name in names:
        initials[<uint8_t>name[0]] = 1
    for index in range(tokens.count):
        if kinds[index] != K_START or flags[index] & STATE:
            continue
        place = starts[index] + 1
        if not initials[lowered(source[place])]:
            continue
        size = 0
        while not ends_name(source[place + size]):
            size += 1
            if place + size >= <Py_ssize_t>starts[index + 1]:
                break
        for which in range(count):
            name = names[which]
            if PyBytes_GET_SIZE(name) == size and is_name(source + place, name, size):
                (<list>found[which]).append(index)
    return found


def deepest(Tokens tokens not None):
    """The depth of the deepest token."""
    cdef const uint16_t[::1] depths = tokens.depths
    cdef Py_ssize_t index
    cdef int depth = 0
    for index in range(tokens.count):
        depth = max(depth, <int>depths[index])
    return depth


cdef inline uint8_t lowered(uint8_t byte) noexcept nogil:
    """An ASCII letter in lower case. No raise: leaf code."""
    return byte | 0x20 if 0x41 <= byte <= 0x5A else byte


cdef inline bint ends_name(uint8_t byte) noexcept nogil:
    """Whether a tag's name ends before this byte. No raise: leaf code."""
    return byte == 0x20 or 0x09 <= byte <= 0x0D and byte != 0x0B or byte == 0x2F or byte == 0x3E


cdef bint is_name(const uint8_t *source, bytes name, Py_ssize_t size):
    cdef const uint8_t *told = <const uint8_t *>PyBytes_AS_STRING(name)
    cdef Py_ssize_t place
    for place in range(size):
        if lowered(source[place]) != told[place]:
            return False
    return True
