"""SVG path data and lists of numbers in fewer bytes, every number with the value that it had.

SVG 2, 9.3 (path data) and 10.5 (points). Only the writing changes: blanks and commas, signs and zeros that say nothing,
command letters that hold anyway. No coordinate is rounded and none made relative, so that no sum differs in its last
bit. Text that is not understood comes back as it is.
"""

from cpython.bytes cimport PyBytes_AS_STRING, PyBytes_FromStringAndSize, PyBytes_GET_SIZE
from libc.stdint cimport uint8_t
from libc.stdlib cimport free, malloc
from libc.string cimport memcpy

cdef enum:
    # What was written last, and so what may follow without a blank.
    AFTER_COMMAND = 0
    AFTER_WHOLE = 1     # a number without a point or exponent
    AFTER_POINT = 2     # with a point
    AFTER_FLAG = 3
    AFTER_EXPONENT = 4


cdef struct Writer:
    uint8_t *out
    Py_ssize_t size
    int after


def short_path(bytes data not None):
    """A path's data (the `d` attribute)."""
    cdef const uint8_t *source = <const uint8_t *>PyBytes_AS_STRING(data)
    cdef Py_ssize_t size = PyBytes_GET_SIZE(data), place = 0, next_place
    cdef Writer writer
    cdef int letter = 0, held = 0, arity, argument
    cdef bint is_first = True
    cdef bytes done
    writer.out = <uint8_t *>malloc(2 * size + 2)
    if writer.out == NULL:
        raise MemoryError
    writer.size = 0
    writer.after = AFTER_COMMAND
    try:
        place = past_blanks(source, size, place, False)
        if place < 0:
            return data
        while place < size:
            if is_letter(source[place]):
                letter = source[place]
                arity = arity_of(letter)
                if arity < 0 or (is_first and letter != 0x4D and letter != 0x6D):
                    return data
                place = past_blanks(source, size, place + 1, False)
                if place < 0:
                    return data
            elif letter == 0 or arity == 0:
                return data
            else:
                # Further arguments: of a move they are lines.
                letter = held
            if letter != held or arity == 0 or (letter | 0x20) == 0x6D:
                writer.out[writer.size] = <uint8_t>letter
                writer.size += 1
                writer.after = AFTER_COMMAND
            for argument in range(arity):
                if (letter | 0x20) == 0x61 and (argument == 3 or argument == 4):
                    if place >= size or (source[place] != 0x30 and source[place] != 0x31):
                        return data
                    put(&writer, source + place, 1, AFTER_FLAG)
                    next_place = place + 1
                else:
                    next_place = number(&writer, source, size, place)
                if next_place < 0:
                    return data
                place = past_blanks(source, size, next_place, True)
                if place < 0:
                    return data
            # `m` goes on as `l`, every other command as itself.
            held = letter - 1 if (letter | 0x20) == 0x6D else letter
            if arity and ends_in_comma(source, place) and (place >= size or is_letter(source[place])):
                return data
            is_first = False
        done = PyBytes_FromStringAndSize(<const char *>writer.out, writer.size)
        return done if len(done) < len(data) else data
    finally:
        free(writer.out)


def short_numbers(bytes text not None):
    """A list of numbers (`points`, `viewBox`)."""
    cdef const uint8_t *source = <const uint8_t *>PyBytes_AS_STRING(text)
    cdef Py_ssize_t size = PyBytes_GET_SIZE(text), place
    cdef Writer writer
    writer.out = <uint8_t *>malloc(2 * size + 2)
    if writer.out == NULL:
        raise MemoryError
    writer.size = 0
    writer.after = AFTER_COMMAND
    try:
        place = past_blanks(source, size, 0, False)
        if place < 0:
            return text
        while place < size:
            place = number(&writer, source, size, place)
            if place < 0:
                return text
            place = past_blanks(source, size, place, True)
            if place < 0 or (place >= size and ends_in_comma(source, place)):
                return text
        if writer.size >= size:
            return text
        return PyBytes_FromStringAndSize(<const char *>writer.out, writer.size)
    finally:
        free(writer.out)


cdef inline bint is_letter(uint8_t byte) noexcept nogil:
    """Whether a command may begin here. No raise: leaf code."""
    return 0x41 <= (byte & 0xDF) <= 0x5A


cdef inline bint is_digit(uint8_t byte) noexcept nogil:
    """No raise: leaf code."""
    return 0x30 <= byte <= 0x39


cdef inline bint is_blank(uint8_t byte) noexcept nogil:
    """SVG's white space. No raise: leaf code."""
    return byte == 0x20 or byte == 0x09 or byte == 0x0A or byte == 0x0C or byte == 0x0D


cdef int arity_of(int letter) noexcept nogil:
    """How many numbers a command takes at a time, or -1 where it is none. No raise: leaf code."""
    letter |= 0x20
    if letter == 0x7A:  # z
        return 0
    if letter == 0x68 or letter == 0x76:  # h v
        return 1
    if letter == 0x6D or letter == 0x6C or letter == 0x74:  # m l t
        return 2
    if letter == 0x73 or letter == 0x71:  # s q
        return 4
    if letter == 0x63:  # c
        return 6
    return 7 if letter == 0x61 else -1  # a


cdef Py_ssize_t past_blanks(const uint8_t *source, Py_ssize_t size, Py_ssize_t place, bint comma) noexcept nogil:
    """Behind white space, with one comma where that may be; -1 where there are two. No raise: leaf code."""
    while place < size and (is_blank(source[place]) or source[place] == 0x2C):
        if source[place] == 0x2C:
            if not comma:
                return -1
            comma = False
        place += 1
    return place


cdef bint ends_in_comma(const uint8_t *source, Py_ssize_t place) noexcept nogil:
    """Whether a comma stands before this, blanks aside. No raise: leaf code."""
    while place > 0 and is_blank(source[place - 1]):
        place -= 1
    return place > 0 and source[place - 1] == 0x2C


cdef Py_ssize_t number(Writer *writer, const uint8_t *source, Py_ssize_t size, Py_ssize_t place) noexcept nogil:
    """Writes the number that begins here; where it ends, or -1 where there is none. No raise: leaf code."""
    cdef uint8_t told[64]
    cdef Py_ssize_t length = 0, begin, first, last, point
    cdef bint is_negative = False
    cdef int after = AFTER_WHOLE
    if place < size and (source[place] == 0x2B or source[place] == 0x2D):
        is_negative = source[place] == 0x2D
        place += 1
    begin = first = place
    while place < size and is_digit(source[place]):
        place += 1
    last = place
    while first < last and source[first] == 0x30:
        first += 1
    if last - first > 20:
        return -1
    if is_negative:
        told[0] = 0x2D
        length = 1
    memcpy(told + length, source + first, last - first)
    length += last - first
    point = place
    if place < size and source[place] == 0x2E:
        place += 1
        if place >= size or not is_digit(source[place]):
            return -1
        while place < size and is_digit(source[place]):
            place += 1
        point += 1
        first = point
        point = place
        while point > first and source[point - 1] == 0x30:
            point -= 1
        if point - first > 20:
            return -1
        if point > first:
            told[length] = 0x2E
            length += 1
            memcpy(told + length, source + first, point - first)
            length += point - first
            after = AFTER_POINT
    elif last == begin:
        return -1
    if length == 0 or (length == 1 and told[0] == 0x2D):
        # Minus zero is zero to all that draws.
        told[0] = 0x30
        length = 1
        after = AFTER_WHOLE
    if place < size and (source[place] | 0x20) == 0x65:  # an exponent: rare, and taken over as it is
        first = place
        place += 1
        if place < size and (source[place] == 0x2B or source[place] == 0x2D):
            place += 1
        if place >= size or not is_digit(source[place]):
            return -1
        while place < size and is_digit(source[place]):
            place += 1
        if place - first > 8:
            return -1
        memcpy(told + length, source + first, place - first)
        length += place - first
        after = AFTER_EXPONENT
    put(writer, told, length, after)
    return place


cdef void put(Writer *writer, const uint8_t *told, Py_ssize_t length, int after) noexcept nogil:
    """Writes a number, with a blank before it where the two would be read as one. No raise: leaf code."""
    cdef bint is_apart = writer.after == AFTER_COMMAND or told[0] == 0x2D
    if told[0] == 0x2E and writer.after == AFTER_POINT:
        is_apart = True
    if writer.after == AFTER_FLAG:
        is_apart = True
    if not is_apart:
        writer.out[writer.size] = 0x20
        writer.size += 1
    memcpy(writer.out + writer.size, told, length)
    writer.size += length
    writer.after = after
