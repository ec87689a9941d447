"""One log out of a node's answer: its members looked up by name, each checked for what its name promises."""

from core_ext.json_scan cimport Text, is_key, quantity, skip_space, skip_value, string_end, unhex
from libc.stdint cimport int64_t, uint8_t


cdef struct Log:
    int64_t number
    int64_t time
    int64_t index
    int topics
    bint has_address
    bint has_block_hash
    bint has_tx_hash
    uint8_t address[20]
    uint8_t block_hash[32]
    uint8_t tx_hash[32]
    uint8_t topic[4 * 32]
    Text data
    Py_ssize_t data_size  # bytes


cdef inline bint _take_text(Text key, Py_ssize_t size, Text value, Text stop, Log *log) noexcept nogil:
    """Takes a member whose value is a string; False: it is not what its name promises."""
    cdef Py_ssize_t characters = stop - value - 2
    if is_key(key, size, b"data", 4):
        log.data, log.data_size = value + 2, characters >> 1
        return characters >= 0 and not characters & 1 and value[0] == 0x30 and value[1] == 0x78
    if is_key(key, size, b"blockNumber", 11):
        log.number = quantity(value, stop)
        return log.number >= 0
    if is_key(key, size, b"logIndex", 8):
        log.index = quantity(value, stop)
        return log.index >= 0
    if is_key(key, size, b"blockTimestamp", 14):
        log.time = quantity(value, stop)
        return log.time >= 0
    if is_key(key, size, b"address", 7):
        log.has_address = characters == 40 and unhex(value + 2, log.address, 20)
        return log.has_address
    if is_key(key, size, b"blockHash", 9):
        log.has_block_hash = characters == 64 and unhex(value + 2, log.block_hash, 32)
        return log.has_block_hash
    if is_key(key, size, b"transactionHash", 15):
        log.has_tx_hash = characters == 64 and unhex(value + 2, log.tx_hash, 32)
        return log.has_tx_hash
    return True


cdef inline Text _read_topics(Text at, Text end, Log *log) noexcept nogil:
    cdef Text stop
    log.topics = 0
    at = skip_space(at + 1, end)
    while at < end and at[0] == 0x22:
        stop = string_end(at + 1, end)
        if stop == NULL or stop - at != 67 or log.topics == 4 or not unhex(at + 3, log.topic + 32 * log.topics, 32):
            return NULL
        log.topics += 1
        at = skip_space(stop + 1, end)
        if at < end and at[0] == 0x2C:
            at = skip_space(at + 1, end)
            continue
        break
    return at + 1 if at < end and at[0] == 0x5D else NULL


cdef inline Text read_log(Text at, Text end, Log *log, const char **fault) noexcept nogil:
    """One log's members, looked up by name; NULL: it is none, and `fault` says why."""
    cdef:
        Text key, value, stop
        Py_ssize_t size
    log.number = log.index = log.time = -1
    log.topics, log.data = -1, NULL
    log.has_address = log.has_block_hash = log.has_tx_hash = False
    fault[0] = b"not a log"
    if at >= end or at[0] != 0x7B:
        return NULL
    at = skip_space(at + 1, end)
    while at < end and at[0] == 0x22:
        key = at + 1
        stop = string_end(key, end)
        if stop == NULL:
            return NULL
        size = stop - key
        at = skip_space(stop + 1, end)
        if at >= end or at[0] != 0x3A:
            return NULL
        value = skip_space(at + 1, end)
        if value < end and value[0] == 0x22:
            stop = string_end(value + 1, end)
            if stop == NULL:
                return NULL
            if not _take_text(key, size, value + 1, stop, log):
                return NULL
            at = stop + 1
        elif is_key(key, size, b"topics", 6) and value < end and value[0] == 0x5B:
            at = _read_topics(value, end, log)
        else:
            if is_key(key, size, b"removed", 7) and value < end and value[0] == 0x74:
                fault[0] = b"a log that is marked removed"
                return NULL
            at = skip_value(value, end)
        if at == NULL:
            return NULL
        at = skip_space(at, end)
        if at < end and at[0] == 0x2C:
            at = skip_space(at + 1, end)
            continue
        break
    if at >= end or at[0] != 0x7D or log.data == NULL or log.topics < 0 or log.number < 0 or log.index < 0:
        return NULL
    if log.index > 0x7FFFFFFF or not (log.has_address and log.has_block_hash and log.has_tx_hash):
        return NULL
    return at + 1
