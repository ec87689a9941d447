"""What is to become of each event: which words to check, and which fields of which table to write."""

from libc.stdint cimport uint8_t

cdef enum:
    # Types of a leaf, one word of a log.
    L_UINT = 0
    L_INT = 1
    L_ADDRESS = 2
    L_BOOL = 3
    L_FIXED = 4
    L_DYNAMIC = 5
    # Kinds of a column.
    C_BLOCK_NUMBER = 0
    C_BLOCK_TIME = 1
    C_LOG_INDEX = 2
    C_BLOCK_HASH = 3
    C_TX_HASH = 4
    C_CONTRACT = 5
    C_INT = 6
    C_NUMERIC = 7
    C_BYTES = 8
    C_BOOL = 9
    C_DYNAMIC = 10
    C_TEXT = 11
    MOST_LEAVES = 64

cdef struct Leaf:
    bint in_topic
    int place  # number of the topic, or of the data's word
    int kind
    int size   # bits of a number, bytes of the rest

cdef struct Column:
    int kind
    int leaf
    int size   # bytes of an integer

cdef struct Equal:
    int one
    int other

cdef struct Event:
    int group
    uint8_t topic[32]
    int table
    int topics
    int head_words
    bint is_dynamic
    int leaf_count
    int column_count
    int equal_count
    Leaf *leaves
    Column *columns
    Equal *equals

cdef class LogPlan:
    cdef:
        Event *events
        int event_count
        readonly int table_count
        uint8_t *slots    # open addressing: 20 bytes of address, one byte that says whether it is taken
        int *slot_groups
        int slot_mask

    cdef int _add_contract(self, bytes address, int group) except -1
    cdef int _slot(self, const uint8_t *address) noexcept nogil
    cdef int _add_event(self, Event *event, tuple content) except -1
    cdef int group_of(self, const uint8_t *address) noexcept nogil
    cdef const Event *event_of(self, int group, const uint8_t *topic) noexcept nogil
