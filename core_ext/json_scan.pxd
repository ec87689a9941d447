"""Steps over JSON text, as far as a node's answers need it; a step that meets what it does not expect gives NULL."""

from libc.stdint cimport int64_t, uint8_t
from libc.string cimport memchr, memcmp

ctypedef const uint8_t *Text


cdef extern from *:
    """
    static const signed char LIGHTDOM_HEX[256] = {
    #define _X16 -1,-1,-1,-1,-1,-1,-1,-1,-1,-1,-1,-1,-1,-1,-1,-1
        _X16, _X16, _X16, 0,1,2,3,4,5,6,7,8,9,-1,-1,-1,-1,-1,-1, -1,10,11,12,13,14,15,-1,-1,-1,-1,-1,-1,-1,-1,-1,
        _X16, -1,10,11,12,13,14,15,-1,-1,-1,-1,-1,-1,-1,-1,-1, _X16, _X16, _X16, _X16, _X16, _X16, _X16, _X16, _X16
    #undef _X16
    };
    """
    const signed char LIGHTDOM_HEX[256]


cdef inline Text skip_space(Text at, Text end) noexcept nogil:
    while at < end and (at[0] == 0x20 or at[0] == 0x0A or at[0] == 0x0D or at[0] == 0x09):
        at += 1
    return at


cdef inline Text string_end(Text at, Text end) noexcept nogil:
    """The closing quote of the string whose first character is at `at`."""
    cdef Text quote, slash
    while True:
        quote = <Text>memchr(at, 0x22, end - at) if at < end else NULL
        if quote == NULL:
            return NULL
        slash = <Text>memchr(at, 0x5C, quote - at)
        if slash == NULL:
            return quote
        at = slash + 2


cdef inline Text skip_value(Text at, Text end) noexcept nogil:
    """The byte after the value that begins at `at`; of a number or a word only where it ends is looked at."""
    cdef int depth = 0
    while at < end:
        if at[0] == 0x22:
            at = string_end(at + 1, end)
            if at == NULL:
                return NULL
            at += 1
        elif at[0] == 0x7B or at[0] == 0x5B:
            depth += 1
            at += 1
        elif at[0] == 0x7D or at[0] == 0x5D:
            if depth == 0:
                return NULL
            depth -= 1
            at += 1
        elif depth == 0:
            while at < end and at[0] not in b',]} \n\r\t':
                at += 1
            return at
        else:
            at += 1
            continue
        if depth == 0:
            return at
    return NULL


cdef inline bint unhex(Text at, uint8_t *content, Py_ssize_t size) noexcept nogil:
    """Whether 2 * size characters are hexadecimal; `content` gets their bytes."""
    cdef signed char wrong = 0, high, low
    cdef Py_ssize_t i
    for i in range(size):
        high = LIGHTDOM_HEX[at[2 * i]]
        low = LIGHTDOM_HEX[at[2 * i + 1]]
        wrong |= high | low
        content[i] = <uint8_t>((<uint8_t>high << 4) | (<uint8_t>low & 15))
    return wrong >= 0


cdef inline int64_t quantity(Text at, Text end) noexcept nogil:
    """A quantity such as 0x1f, of at most 63 bits; -1: it is none."""
    cdef int64_t value = 0
    cdef signed char digit
    if end - at < 3 or end - at > 18 or at[0] != 0x30 or at[1] != 0x78:
        return -1
    at += 2
    while at < end:
        digit = LIGHTDOM_HEX[at[0]]
        if digit < 0 or value >> 59:
            return -1
        value = (value << 4) | digit
        at += 1
    return value


cdef inline bint is_key(Text at, Py_ssize_t size, const char *name, Py_ssize_t name_size) noexcept nogil:
    return size == name_size and memcmp(at, name, size) == 0
