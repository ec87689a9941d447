"""A node's answer to eth_getLogs, as JSON text, to rows of PostgreSQL's COPY BINARY: no Python object a log.

Invariants: no byte outside of the answer is read, whatever it says; a log that its event's type does not explain to the
last bit gives no row, and is named in `odd` for the slow reader to judge.
"""

cimport cython
from core_ext.copy_binary cimport Buffer, reserve
from core_ext.json_scan cimport Text, is_key, skip_space, skip_value, string_end, unhex
from core_ext.log_plan cimport Event, LogPlan
from core_ext.log_row cimport ODD, write_row
from core_ext.log_text cimport Log, read_log
from cpython.bytes cimport PyBytes_FromStringAndSize
from libc.stdint cimport int64_t, uint8_t
from libc.stdlib cimport calloc, free
from libc.string cimport memcmp

from core_ext.errors import AnswerMalformed


cdef enum:
    FAULT = -1

cdef struct Block:
    int64_t number
    int64_t time      # -1: the node did not say it with the logs
    int64_t logs
    uint8_t hash[32]

cdef struct Span:
    Py_ssize_t start
    Py_ssize_t end


@cython.final
cdef class Scan:
    """What one answer held. `rows`: a table's rows, without COPY's header; `counts`: how many; `blocks`: number, hash,
    time (None: not said) and logs of each block that has any; `odd`: the text of each log that gave no row;
    `results`: by id of its call, the text of every other result; `errors`: likewise. `is_ordered`: each log comes
    after the one before it."""

    cdef:
        readonly list rows, counts, blocks, odd
        readonly dict results, errors
        readonly bint has_logs, is_ordered


cdef struct State:
    Buffer *tables
    int64_t *counts
    Buffer blocks
    Buffer odd
    Buffer content       # of a log's data
    const int64_t *times  # number, time; ascending
    Py_ssize_t times_count
    int64_t last_number
    int64_t last_index
    bint is_ordered
    const char *fault


def scan_answer(LogPlan plan not None, const uint8_t[::1] answer not None, dict times=None):
    """Reads an answer, alone or a batch, with the logs of one eth_getLogs in it. `times`: block number -> UTC seconds,
    for nodes that do not say the time with a log. Raises AnswerMalformed."""
    cdef:
        State s
        Buffer clock
        int i
        Scan scan = Scan.__new__(Scan)
    s.tables = <Buffer *>calloc(plan.table_count + 1, sizeof(Buffer))
    s.counts = <int64_t *>calloc(plan.table_count + 1, sizeof(int64_t))
    s.blocks = s.odd = s.content = clock = Buffer(NULL, 0, 0)
    s.is_ordered, s.last_number, s.last_index, s.fault = True, -1, -1, NULL
    scan.results, scan.errors, scan.has_logs = {}, {}, False
    try:
        if s.tables == NULL or s.counts == NULL:
            raise MemoryError
        s.times_count = _fill_clock(&clock, times)
        s.times = <const int64_t *>clock.start
        _scan_envelope(plan, answer, &s, scan)
        scan.is_ordered = s.is_ordered
        scan.rows = [_as_bytes(&s.tables[i]) for i in range(plan.table_count)]
        scan.counts = [s.counts[i] for i in range(plan.table_count)]
        scan.blocks = _blocks(&s.blocks)
        scan.odd = _spans(&s.odd, answer)
        return scan
    finally:
        if s.tables != NULL:
            for i in range(plan.table_count):
                free(s.tables[i].start)
        free(s.tables)
        free(s.counts)
        free(s.blocks.start)
        free(s.odd.start)
        free(s.content.start)
        free(clock.start)


cdef int _scan_envelope(LogPlan plan, const uint8_t[::1] answer, State *s, Scan scan) except -1:
    cdef:
        Text start = &answer[0] if answer.shape[0] else NULL
        Text end = start + answer.shape[0]
        Text at = skip_space(start, end)
        bint is_batch = at < end and at[0] == 0x5B
    if is_batch:
        at = skip_space(at + 1, end)
    while True:
        at = _scan_reply(plan, at, start, end, s, scan)
        at = skip_space(at, end)
        if is_batch and at < end and at[0] == 0x2C:
            at = skip_space(at + 1, end)
            continue
        break
    if is_batch:
        if at >= end or at[0] != 0x5D:
            raise AnswerMalformed(at - start, "the batch does not end")
        at = skip_space(at + 1, end)
    if at != end:
        raise AnswerMalformed(at - start, "more than one answer")
    return 0


cdef Text _scan_reply(LogPlan plan, Text at, Text start, Text end, State *s, Scan scan) except NULL:
    """One JSON-RPC reply: its logs go to the tables, any other result to `results`."""
    cdef:
        Text key, value
        Py_ssize_t size
        int done = 0
        bint is_logs = False
    identity = result = error = None
    if at >= end or at[0] != 0x7B:
        raise AnswerMalformed(at - start, "not an object")
    at = skip_space(at + 1, end)
    while at < end and at[0] == 0x22:
        key = at + 1
        at = string_end(key, end)
        if at == NULL:
            raise AnswerMalformed(key - start, "a name does not end")
        size = at - key
        at = skip_space(at + 1, end)
        if at >= end or at[0] != 0x3A:
            raise AnswerMalformed(at - start, "a name without a value")
        value = skip_space(at + 1, end)
        if is_key(key, size, b"result", 6) and value < end and value[0] == 0x5B and not scan.has_logs:
            scan.has_logs = is_logs = True
            at = value
            with nogil:
                done = _scan_logs(plan, &at, start, end, s)
            if done < 0:
                raise AnswerMalformed(at - start, (<bytes>s.fault).decode())
        else:
            at = skip_value(value, end)
            if at == NULL:
                raise AnswerMalformed(value - start, "a value does not end")
            if is_key(key, size, b"id", 2):
                identity = (<bytes>value[:at - value]).decode(errors="replace")
            elif is_key(key, size, b"result", 6):
                result = <bytes>value[:at - value]
            elif is_key(key, size, b"error", 5) and value[0] != 0x6E:
                error = <bytes>value[:at - value]
        at = skip_space(at, end)
        if at < end and at[0] == 0x2C:
            at = skip_space(at + 1, end)
            continue
        break
    if at >= end or at[0] != 0x7D:
        raise AnswerMalformed(at - start, "an object does not end")
    if error is not None:
        scan.errors[identity] = error
    elif result is not None:
        scan.results[identity] = result
    elif not is_logs:
        raise AnswerMalformed(at - start, "neither a result nor an error")
    return at + 1


cdef int _scan_logs(LogPlan plan, Text *cursor, Text start, Text end, State *s) except -2 nogil:
    """The list of logs that begins at the cursor; leaves the cursor after it, or where the fault is."""
    cdef:
        Text at = skip_space(cursor[0] + 1, end)
        Text log_start
        Log log
        int kind
    if at < end and at[0] == 0x5D:
        cursor[0] = at + 1
        return 0
    while True:
        log_start = at
        at = read_log(at, end, &log, &s.fault)
        if at == NULL:
            cursor[0] = log_start
            return FAULT
        kind = _write_log(plan, &log, s)
        if kind == FAULT:
            cursor[0] = log_start
            return FAULT
        if kind == ODD:
            reserve(&s.odd, sizeof(Span))
            (<Span *>(s.odd.start + s.odd.size))[0] = Span(log_start - start, at - start)
            s.odd.size += sizeof(Span)
        at = skip_space(at, end)
        if at < end and at[0] == 0x2C:
            at = skip_space(at + 1, end)
            continue
        cursor[0] = at + 1
        if at < end and at[0] == 0x5D:
            return 0
        s.fault = b"the list of logs does not end"
        return FAULT


cdef int _write_log(LogPlan plan, Log *log, State *s) except -2 nogil:
    """Notes the log's block, and appends its row to its table. ODD: no row; FAULT: not a log of what was asked for."""
    cdef:
        int group = plan.group_of(log.address)
        const Event *event
    if group < 0:
        s.fault = b"a log of a contract that was not asked for"
        return FAULT
    if log.number < s.last_number or (log.number == s.last_number and log.index <= s.last_index):
        s.is_ordered = False
    if _note_block(log, s) < 0:
        return FAULT
    reserve(&s.content, log.data_size + 1)
    if not unhex(log.data, s.content.start, log.data_size):
        s.fault = b"data that is not hexadecimal"
        return FAULT
    event = plan.event_of(group, log.topic) if log.topics else NULL
    if event == NULL:
        return ODD
    return write_row(event, log, s.content.start, &s.tables[event.table], &s.counts[event.table])


cdef int _note_block(Log *log, State *s) except -2 nogil:
    cdef:
        Block *block = <Block *>(s.blocks.start + s.blocks.size) - 1 if s.blocks.size else NULL
        Py_ssize_t low = 0, high = s.times_count, middle
    s.last_index = log.index
    if block == NULL or log.number != s.last_number:
        reserve(&s.blocks, sizeof(Block))
        block = <Block *>(s.blocks.start + s.blocks.size)
        s.blocks.size += sizeof(Block)
        block.number, block.logs, block.time = log.number, 0, log.time
        block.hash = log.block_hash
        s.last_number = log.number
        while block.time < 0 and low < high:
            middle = (low + high) // 2
            if s.times[2 * middle] == log.number:
                block.time = s.times[2 * middle + 1]
            elif s.times[2 * middle] < log.number:
                low = middle + 1
            else:
                high = middle
    elif memcmp(block.hash, log.block_hash, 32) != 0:
        s.fault = b"two hashes of one block"
        return FAULT
    if log.time < 0:
        log.time = block.time
    block.logs += 1
    return 0


cdef Py_ssize_t _fill_clock(Buffer *clock, dict times) except -1:
    if not times:
        return 0
    reserve(clock, 16 * len(times))
    for number in sorted(times):
        (<int64_t *>(clock.start + clock.size))[0] = number
        (<int64_t *>(clock.start + clock.size))[1] = times[number]
        clock.size += 16
    return len(times)


cdef bytes _as_bytes(const Buffer *buffer):
    return PyBytes_FromStringAndSize(<const char *>buffer.start, buffer.size)


cdef list _blocks(const Buffer *buffer):
    cdef:
        const Block *blocks = <const Block *>buffer.start
        Py_ssize_t i
    return [
        (
            blocks[i].number,
            PyBytes_FromStringAndSize(<const char *>blocks[i].hash, 32),
            None if blocks[i].time < 0 else blocks[i].time,
            blocks[i].logs,
        )
        for i in range(buffer.size // <Py_ssize_t>sizeof(Block))
    ]


cdef list _spans(const Buffer *buffer, const uint8_t[::1] answer):
    cdef:
        const Span *spans = <const Span *>buffer.start
        Py_ssize_t i
    return [bytes(answer[spans[i].start:spans[i].end]) for i in range(buffer.size // <Py_ssize_t>sizeof(Span))]
