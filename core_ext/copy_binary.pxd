"""Fields of PostgreSQL's COPY BINARY, appended to a buffer that grows (its format: COPY, "Binary Format")."""

from libc.stdint cimport int64_t, uint8_t, uint16_t, uint32_t, uint64_t
from libc.stdlib cimport realloc
from libc.string cimport memcpy


cdef extern from *:
    """
    /* The remainder by 10^16 of four limbs, the highest first; they become the quotient. */
    static inline unsigned long long lightdom_split_1e16(unsigned long long *limb) {
        const unsigned long long divisor = 10000000000000000ULL;
        unsigned __int128 rest = 0;
        int i = 0;
        while (i < 3 && limb[i] == 0) i++;
        for (; i < 4; i++) {
            unsigned __int128 part = (rest << 64) | limb[i];
            limb[i] = (unsigned long long)(part / divisor);
            rest = part % divisor;
        }
        return (unsigned long long)rest;
    }
    """
    uint64_t lightdom_split_1e16(unsigned long long *limb) noexcept nogil


cdef struct Buffer:
    uint8_t *start
    Py_ssize_t size
    Py_ssize_t capacity


cdef inline int reserve(Buffer *b, Py_ssize_t more) except -1 nogil:
    cdef Py_ssize_t capacity
    cdef uint8_t *grown
    if b.size + more > b.capacity:
        capacity = 2 * b.capacity + more + 4096
        grown = <uint8_t *>realloc(b.start, capacity)
        if grown == NULL:
            with gil:
                raise MemoryError
        b.start = grown
        b.capacity = capacity
    return 0


# What follows writes into room that the caller has reserved.

cdef inline void put_u16(Buffer *b, uint32_t value) noexcept nogil:
    b.start[b.size] = <uint8_t>(value >> 8)
    b.start[b.size + 1] = <uint8_t>value
    b.size += 2


cdef inline void put_u32(Buffer *b, uint32_t value) noexcept nogil:
    put_u16(b, value >> 16)
    put_u16(b, value & 0xFFFF)


cdef inline void put_u64(Buffer *b, uint64_t value) noexcept nogil:
    put_u32(b, <uint32_t>(value >> 32))
    put_u32(b, <uint32_t>value)


cdef inline void field_bytes(Buffer *b, const uint8_t *content, Py_ssize_t size) noexcept nogil:
    put_u32(b, <uint32_t>size)
    memcpy(b.start + b.size, content, size)
    b.size += size


cdef inline void field_int(Buffer *b, int64_t value, int size) noexcept nogil:
    """An int2, int4 or int8, or a bool of size 1."""
    put_u32(b, size)
    if size == 8:
        put_u64(b, <uint64_t>value)
    elif size == 4:
        put_u32(b, <uint32_t>value)
    elif size == 2:
        put_u16(b, <uint32_t>value)
    else:
        b.start[b.size] = <uint8_t>value
        b.size += 1


cdef inline uint64_t read_u64(const uint8_t *word) noexcept nogil:
    cdef uint64_t value = 0
    cdef int i
    for i in range(8):
        value = (value << 8) | word[i]
    return value


cdef inline void field_numeric(Buffer *b, const uint8_t *word, bint is_signed) noexcept nogil:
    """A numeric out of a 32-byte word; at most 20 digits of base 10 000, 52 bytes in all."""
    cdef unsigned long long limb[4]
    cdef uint16_t digit[24]
    cdef int count = 0, i, lowest = 0, _digit
    cdef bint is_negative = False
    cdef uint64_t part
    for i in range(4):
        limb[i] = read_u64(word + 8 * i)
    if is_signed and limb[0] >> 63:
        is_negative = True
        for i in range(4):
            limb[i] = ~limb[i]
        for i in range(3, -1, -1):
            limb[i] += 1
            if limb[i]:
                break
    while limb[0] | limb[1] | limb[2] | limb[3]:
        part = lightdom_split_1e16(limb)
        for _digit in range(4):
            digit[count] = <uint16_t>(part % 10000)
            part //= 10000
            count += 1
    while count and digit[count - 1] == 0:
        count -= 1
    while lowest < count and digit[lowest] == 0:
        lowest += 1
    put_u32(b, 8 + 2 * (count - lowest))
    put_u16(b, count - lowest)
    put_u16(b, count - 1 if count else 0)
    put_u16(b, 0x4000 if is_negative else 0)
    put_u16(b, 0)
    for i in range(count - 1, lowest - 1, -1):
        put_u16(b, digit[i])
