"""The attributes in a page's start tags, as columns of places in the page; nothing is decoded.

Read as WHATWG HTML 13.2.5.32 to 13.2.5.39 read them. Names are interned, their ASCII letters in lower case.
"""

from array import array

from core_ext.lexer cimport Tokens
from cpython.array cimport array as Array, extend_buffer
from cpython.bytes cimport PyBytes_AS_STRING, PyBytes_FromStringAndSize
from libc.stdint cimport uint8_t, uint16_t, uint32_t

cdef enum:
    K_START = 2
    STATE = 0x7F  # of a step's flags: not 0 in a further piece of a long tag


cdef inline bint is_space(uint8_t byte) noexcept nogil:
    """HTML's white space. No raise: leaf code."""
    return byte == 0x20 or byte == 0x0A or byte == 0x09 or byte == 0x0D or byte == 0x0C


cdef class Attributes:
    """All attributes of a page, in the order of the source."""
    cdef readonly list words
    """Names by number."""
    cdef readonly object tags
    """Tokens of the start tags."""
    cdef readonly object firsts
    """For each tag the number of its first attribute; one more at the end."""
    cdef readonly object names
    cdef readonly object starts
    """Where the white space before an attribute begins, or the attribute itself where there is none."""
    cdef readonly object name_starts
    cdef readonly object value_starts
    """Behind the quote; where there is no value, the attribute's end."""
    cdef readonly object value_stops
    cdef readonly object stops
    """Behind the attribute and its quote."""
    cdef readonly object tag_of
    """For each attribute its tag's token."""

    def __len__(self):
        return len(self.names)

    def number(self, bytes name not None):
        """The number of a name, or -1 where no tag has it."""
        try:
            return self.words.index(name)
        except ValueError:
            return -1


def attributes_of(Tokens tokens not None, bytes page not None) -> Attributes:
    """Reads all start tags of a page."""
    cdef Attributes table = Attributes()
    cdef const uint8_t *source = <const uint8_t *>PyBytes_AS_STRING(page)
    cdef const uint8_t *kinds = <const uint8_t *>PyBytes_AS_STRING(tokens.kinds)
    cdef const uint32_t[::1] starts = tokens.starts
    cdef const uint16_t[::1] flags = tokens.flags
    cdef Py_ssize_t count = tokens.count, index, last
    cdef Array tags = array("i"), firsts = array("i"), names = array("i"), begins = array("i"), name_starts = array("i")
    cdef Array value_starts = array("i"), value_stops = array("i"), stops = array("i"), tag_of = array("i")
    cdef dict known = {}
    cdef int place, stop, begin, name_start, name_stop, value_start, value_stop, number, told = 0
    cdef uint8_t quote
    for index in range(count):
        if kinds[index] != K_START or flags[index] & STATE:
            continue
        last = index
        while last + 1 < count and kinds[last + 1] == K_START and flags[last + 1] & STATE:
            last += 1
        place = starts[index] + 1
        stop = starts[last + 1]
        append(tags, <int>index)
        append(firsts, told)
        while place < stop and not is_space(source[place]) and source[place] != 0x2F and source[place] != 0x3E:
            place += 1
        while True:
            begin = place
            while place < stop and (is_space(source[place]) or source[place] == 0x2F):
                if source[place] == 0x2F:
                    begin = place + 1
                place += 1
            if place >= stop or source[place] == 0x3E:
                break
            name_start = place
            place += 1
            while place < stop and not (is_space(source[place]) or source[place] == 0x2F or source[place] == 0x3E
                                        or source[place] == 0x3D):
                place += 1
            name_stop = value_start = value_stop = place
            while place < stop and is_space(source[place]):
                place += 1
            if place < stop and source[place] == 0x3D:
                place += 1
                while place < stop and is_space(source[place]):
                    place += 1
                if place < stop and (source[place] == 0x22 or source[place] == 0x27):
                    quote = source[place]
                    place += 1
                    value_start = place
                    while place < stop and source[place] != quote:
                        place += 1
                    value_stop = place
                    if place < stop:
                        place += 1
                else:
                    value_start = place
                    while place < stop and not is_space(source[place]) and source[place] != 0x3E:
                        place += 1
                    value_stop = place
            else:
                place = name_stop
            number = intern(known, source + name_start, name_stop - name_start)
            append(names, number)
            append(begins, begin)
            append(name_starts, name_start)
            append(value_starts, value_start)
            append(value_stops, value_stop)
            append(stops, place)
            append(tag_of, <int>index)
            told += 1
    append(firsts, told)
    table.words = list(known)
    table.tags, table.firsts, table.names, table.starts = tags, firsts, names, begins
    table.name_starts, table.value_starts, table.value_stops = name_starts, value_starts, value_stops
    table.stops, table.tag_of = stops, tag_of
    return table


cdef inline int append(Array column, int value) except -1:
    return extend_buffer(column, <char *>&value, 1)


cdef int intern(dict known, const uint8_t *name, Py_ssize_t size) except -1:
    cdef bytes word = PyBytes_FromStringAndSize(<const char *>name, size)
    cdef Py_ssize_t place
    for place in range(size):
        if 0x41 <= name[place] <= 0x5A:
            word = word.lower()
            break
    told = known.get(word)
    if told is None:
        told = known[word] = len(known)
    return told
