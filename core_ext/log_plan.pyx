"""Builds a plan out of plain tuples, once; a scan then reads it without touching a Python object.

Invariant: every index in a plan is within what it points at; a plan that breaks this is refused here.
"""

cimport cython
from libc.stdlib cimport calloc, free
from libc.string cimport memcmp, memcpy

# What a plan is made of; the stub says of which fields.
LeafSpec = ColumnSpec = EventSpec = tuple

LEAVES = {
    "uint": L_UINT, "int": L_INT, "address": L_ADDRESS, "bool": L_BOOL, "fixed": L_FIXED, "dynamic": L_DYNAMIC,
}
COLUMNS = {
    "block_number": C_BLOCK_NUMBER, "block_time": C_BLOCK_TIME, "log_index": C_LOG_INDEX, "block_hash": C_BLOCK_HASH,
    "tx_hash": C_TX_HASH, "contract": C_CONTRACT, "int": C_INT, "numeric": C_NUMERIC, "bytes": C_BYTES, "bool": C_BOOL,
    "dynamic": C_DYNAMIC, "text": C_TEXT,
}


@cython.final
cdef class LogPlan:

    def __cinit__(self, dict contracts, list events, int tables):
        cdef int i, slots = 8
        self.table_count = tables
        while slots < 2 * len(contracts):
            slots *= 2
        self.slot_mask = slots - 1
        self.slots = <uint8_t *>calloc(slots, 21)
        self.slot_groups = <int *>calloc(slots, sizeof(int))
        self.events = <Event *>calloc(len(events) + 1, sizeof(Event))
        if self.slots == NULL or self.slot_groups == NULL or self.events == NULL:
            raise MemoryError
        for address, group in contracts.items():
            self._add_contract(address, group)
        for i in range(len(events)):
            self.event_count += 1
            self._add_event(&self.events[i], events[i])

    def __dealloc__(self):
        cdef int i
        if self.events != NULL:
            for i in range(self.event_count):
                free(self.events[i].leaves)
                free(self.events[i].columns)
                free(self.events[i].equals)
        free(self.events)
        free(self.slots)
        free(self.slot_groups)

    cdef int _add_contract(self, bytes address, int group) except -1:
        cdef int slot
        if len(address) != 20:
            raise ValueError(f"an address of {len(address)} bytes")
        slot = self._slot(address)
        self.slots[21 * slot] = 1
        memcpy(self.slots + 21 * slot + 1, <const uint8_t *>address, 20)
        self.slot_groups[slot] = group
        return 0

    cdef int _slot(self, const uint8_t *address) noexcept nogil:
        """Where the address is, or the free slot where it would be; a quarter of the slots or more are free."""
        cdef unsigned int hashed = 2166136261
        cdef int i, slot
        for i in range(20):
            hashed = (hashed ^ address[i]) * 16777619
        slot = <int>(hashed & <unsigned int>self.slot_mask)
        while self.slots[21 * slot] and memcmp(self.slots + 21 * slot + 1, address, 20) != 0:
            slot = (slot + 1) & self.slot_mask
        return slot

    cdef int group_of(self, const uint8_t *address) noexcept nogil:
        """The contract's group; -1: not one of ours."""
        cdef int slot = self._slot(address)
        return self.slot_groups[slot] if self.slots[21 * slot] else -1

    cdef const Event *event_of(self, int group, const uint8_t *topic) noexcept nogil:
        cdef int i
        for i in range(self.event_count):
            if self.events[i].group == group and memcmp(self.events[i].topic, topic, 32) == 0:
                return &self.events[i]
        return NULL

    cdef int _add_event(self, Event *event, tuple content) except -1:
        group, topic, table, topics, head_words, is_dynamic, leaves, columns, equals = content
        if len(topic) != 32 or not 0 <= table < self.table_count or len(leaves) > MOST_LEAVES or not 1 <= topics <= 4:
            raise ValueError(f"an event that cannot be: {content[:6]}")
        event.group, event.table, event.topics = group, table, topics
        event.head_words, event.is_dynamic = head_words, is_dynamic
        memcpy(event.topic, <const uint8_t *><bytes>topic, 32)
        event.leaf_count, event.column_count, event.equal_count = len(leaves), len(columns), len(equals)
        event.leaves = <Leaf *>calloc(len(leaves) + 1, sizeof(Leaf))
        event.columns = <Column *>calloc(len(columns) + 1, sizeof(Column))
        event.equals = <Equal *>calloc(len(equals) + 1, sizeof(Equal))
        if event.leaves == NULL or event.columns == NULL or event.equals == NULL:
            raise MemoryError
        for i, (in_topic, place, kind, size) in enumerate(leaves):
            most = topics if in_topic else head_words
            if not 0 <= place < most or not 0 <= size <= 256 or (kind == L_DYNAMIC and in_topic):
                raise ValueError(f"leaf {i} of {topic.hex()} lies outside of the log")
            event.leaves[i] = Leaf(in_topic, place, kind, size)
        for i, (kind, leaf, size) in enumerate(columns):
            if kind >= C_INT and not 0 <= leaf < len(leaves):
                raise ValueError(f"column {i} of {topic.hex()} has no leaf")
            _check_column(i, kind, size, leaves[leaf] if kind >= C_INT else None)
            event.columns[i] = Column(kind, leaf, size)
        for i, (one, other) in enumerate(equals):
            if not 0 <= one < len(leaves) or not 0 <= other < len(leaves):
                raise ValueError(f"equality {i} of {topic.hex()} has no leaf")
            event.equals[i] = Equal(one, other)
        return 0


cdef int _check_column(int number, int kind, int size, tuple leaf) except -1:
    """A column that cannot hold its leaf would show only when a strange value comes; so it is refused before any."""
    if kind < C_INT:
        return 0
    leaf_kind, leaf_size = leaf[2], leaf[3]
    fits = {
        C_INT: leaf_kind in (L_UINT, L_INT) and leaf_size <= 64 and size in (2, 4, 8),
        C_NUMERIC: leaf_kind in (L_UINT, L_INT),
        C_BYTES: leaf_kind in (L_ADDRESS, L_FIXED) and leaf_size <= 32,
        C_BOOL: leaf_kind == L_BOOL,
        C_DYNAMIC: leaf_kind == L_DYNAMIC,
        C_TEXT: leaf_kind == L_DYNAMIC,
    }
    if not fits.get(kind, False):
        raise ValueError(f"column {number} of kind {kind} cannot hold a leaf of kind {leaf_kind} and size {leaf_size}")
    return 0
