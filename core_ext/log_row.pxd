"""One log to one row: every word checked against its type before it is written as the plan says.

Invariant: a log that its event's type does not explain to the last bit gives no row (ODD).
"""

from core_ext.copy_binary cimport (
    Buffer, field_bytes, field_int, field_numeric, put_u16, read_u64, reserve,
)
from core_ext.log_plan cimport (
    C_BLOCK_HASH, C_BLOCK_NUMBER, C_BLOCK_TIME, C_BOOL, C_CONTRACT, C_DYNAMIC, C_INT, C_LOG_INDEX, C_NUMERIC, C_TEXT,
    C_TX_HASH, Column, Event, L_ADDRESS, L_BOOL, L_DYNAMIC, L_FIXED, L_INT, L_UINT, Leaf, MOST_LEAVES,
)
from core_ext.log_text cimport Log
from libc.stdint cimport int64_t, uint8_t, uint64_t
from libc.string cimport memcmp

cdef enum:
    ROW = 0
    ODD = 1
    LAST_SECOND = 253402300799  # of the year 9999: later times have no datetime
    EPOCH_2000 = 946684800


cdef inline bint _is_filled(const uint8_t *at, Py_ssize_t size, uint8_t value) noexcept nogil:
    cdef Py_ssize_t i
    for i in range(size):
        if at[i] != value:
            return False
    return True


cdef inline bint _is_text(const uint8_t *at, Py_ssize_t size) noexcept nogil:
    """Whether it is UTF-8 without NUL, which is what Postgres takes for text (RFC 3629: no surrogates, no overlong)."""
    cdef:
        const uint8_t *end = at + size
        int more, i
        unsigned int point
    while at < end:
        if at[0] < 0x80:
            if at[0] == 0:
                return False
            at += 1
            continue
        more = 1 if at[0] >> 5 == 6 else 2 if at[0] >> 4 == 14 else 3 if at[0] >> 3 == 30 else 0
        if more == 0 or end - at <= more:
            return False
        point = at[0] & (0x3F >> more)
        for i in range(1, more + 1):
            if at[i] >> 6 != 2:
                return False
            point = (point << 6) | (at[i] & 0x3F)
        if point < (0x80 if more == 1 else 0x800 if more == 2 else 0x10000):
            return False
        if point > 0x10FFFF or 0xD800 <= point <= 0xDFFF:
            return False
        at += more + 1
    return True


cdef inline bint _find_leaf(
    const Leaf *leaf, Log *log, const uint8_t *data, const uint8_t **at, Py_ssize_t *size
) noexcept nogil:
    """The leaf's content, the whole word of a number; False: Solidity would not have written this."""
    cdef:
        const uint8_t *word = (&log.topic[0] if leaf.in_topic else data) + 32 * leaf.place
        uint64_t offset, length
        int spare = 32 - leaf.size // 8
        uint8_t sign
    at[0], size[0] = word, 32
    if leaf.kind == L_UINT:
        return _is_filled(word, spare, 0)
    if leaf.kind == L_FIXED:
        size[0] = leaf.size
        return _is_filled(word + leaf.size, 32 - leaf.size, 0)
    if leaf.kind == L_ADDRESS:
        at[0], size[0] = word + 12, 20
        return _is_filled(word, 12, 0)
    if leaf.kind == L_BOOL:
        return _is_filled(word, 31, 0) and word[31] <= 1
    if leaf.kind == L_INT:
        sign = 0xFF if word[spare] & 0x80 else 0
        return _is_filled(word, spare, sign)
    if not _is_filled(word, 24, 0):
        return False
    offset = read_u64(word + 24)
    # Every comparison is of what is left, so that no sum can overflow.
    if log.data_size < 32 or offset > <uint64_t>(log.data_size - 32) or not _is_filled(data + offset, 24, 0):
        return False
    length = read_u64(data + offset + 24)
    if length > <uint64_t>log.data_size - offset - 32:
        return False
    at[0], size[0] = data + offset + 32, <Py_ssize_t>length
    length = (32 - length % 32) % 32
    if length > <uint64_t>log.data_size - offset - 32 - <uint64_t>size[0]:
        return False
    return _is_filled(at[0] + size[0], <Py_ssize_t>length, 0)


cdef inline bint _is_covered(
    const Event *event, Log *log, const uint8_t *data, const uint8_t **at, const Py_ssize_t *size
) noexcept nogil:
    """Whether the arguments of no fixed size lie one after the other behind the head, and end where the data does:
    so Solidity writes them, and no byte of the log is in no row."""
    cdef:
        Py_ssize_t end = 32 * event.head_words
        int i
    for i in range(event.leaf_count):
        if event.leaves[i].kind == L_DYNAMIC and not event.leaves[i].in_topic:
            if at[i] - data != end + 32:
                return False
            end += 32 + (size[i] + 31) // 32 * 32
    return end == log.data_size


cdef inline bint _write_column(
    const Column *column, const Leaf *leaves, Log *log, const uint8_t **at, const Py_ssize_t *size, Buffer *out
) noexcept nogil:
    cdef:
        int kind = column.kind
        int64_t value, limit, latest = LAST_SECOND
    if kind == C_BLOCK_NUMBER:
        field_int(out, log.number, 8)
    elif kind == C_BLOCK_TIME:
        field_int(out, ((log.time if log.time < latest else latest) - EPOCH_2000) * 1000000, 8)
    elif kind == C_LOG_INDEX:
        field_int(out, log.index, 4)
    elif kind == C_BLOCK_HASH:
        field_bytes(out, log.block_hash, 32)
    elif kind == C_TX_HASH:
        field_bytes(out, log.tx_hash, 32)
    elif kind == C_CONTRACT:
        field_bytes(out, log.address, 20)
    elif kind == C_INT:
        value = <int64_t>read_u64(at[column.leaf] + 24)
        if value < 0 and leaves[column.leaf].kind == L_UINT:
            return False
        limit = (<int64_t>1) << (8 * column.size - 1) if column.size < 8 else 0
        if limit and not -limit <= value < limit:
            return False
        field_int(out, value, column.size)
    elif kind == C_NUMERIC:
        field_numeric(out, at[column.leaf], leaves[column.leaf].kind == L_INT)
    elif kind == C_BOOL:
        field_int(out, at[column.leaf][31], 1)
    elif kind == C_TEXT and not _is_text(at[column.leaf], size[column.leaf]):
        return False
    else:
        field_bytes(out, at[column.leaf], size[column.leaf])
    return True


cdef inline int write_row(
    const Event *event, Log *log, const uint8_t *data, Buffer *out, int64_t *count
) except -2 nogil:
    cdef:
        const uint8_t *at[MOST_LEAVES]
        Py_ssize_t size[MOST_LEAVES]
        Py_ssize_t head = 32 * event.head_words, before = out.size, room = 512
        int i
    if log.topics != event.topics or log.data_size < head or (log.data_size > head and not event.is_dynamic):
        return ODD
    for i in range(event.leaf_count):
        if not _find_leaf(&event.leaves[i], log, data, &at[i], &size[i]):
            return ODD
    if not _is_covered(event, log, data, at, size):
        return ODD
    for i in range(event.equal_count):
        if size[event.equals[i].one] != size[event.equals[i].other]:
            return ODD
        if memcmp(at[event.equals[i].one], at[event.equals[i].other], size[event.equals[i].one]) != 0:
            return ODD
    for i in range(event.column_count):
        room += 56 if event.columns[i].kind < C_DYNAMIC else 8 + size[event.columns[i].leaf]
    reserve(out, room)
    put_u16(out, event.column_count)
    for i in range(event.column_count):
        if not _write_column(&event.columns[i], event.leaves, log, at, size, out):
            out.size = before
            return ODD
    count[0] += 1
    return ROW
