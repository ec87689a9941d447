"""A style sheet's rules, where they stand and what they are."""

from libc.stdint cimport int32_t, uint8_t, uint32_t

cdef enum:
    # Kinds of rules.
    STYLE = 0
    GROUP = 1           # media, supports, container and others whose rules stand or fall one by one
    LAYER = 2           # a group whose name has a place among the layers
    STATEMENT = 3       # ends in a semicolon: import, charset, namespace, layer names
    KEYFRAMES = 4
    FONT_FACE = 5
    PROPERTY = 6
    COUNTER_STYLE = 7
    OTHER = 8           # any further at-rule: stays as it is
    BROKEN = 9          # without a block, or with what we and browsers may read differently: stays as it is
    # Flags.
    IS_IMPORT = 1
    IS_NAMESPACE = 2
    IS_OPEN = 8         # the sheet ended before the rule did
    IS_SCOPE = 16
    IS_ODD = 32         # a group in which something is not as it should be: all in it stays
    IS_LAYER = 64       # a statement that names layers


cdef struct Rule:
    uint32_t start
    uint32_t prelude    # behind the name of an at-rule
    uint32_t brace      # of its block, or where the statement ends
    uint32_t end
    int32_t parent
    uint8_t kind
    uint8_t flags


cdef class Sheet:
    cdef readonly bytes text
    cdef readonly bint is_beyond
    cdef readonly int32_t last_import
    cdef const uint8_t *base
    cdef uint32_t size
    cdef Rule *rules
    cdef int32_t count, room
    cdef int add(self, Rule rule) except -1 nogil
    cdef int read_rules(self) except -1 nogil
    cdef const uint8_t *end_of_odd(self, const uint8_t *cursor, const uint8_t *end) noexcept nogil


cdef struct Span:
    const uint8_t *at       # the byte that ended it, or the end
    bint is_beyond          # nested deeper than we follow, or a name that hides `url`


cdef Span skip(const uint8_t *cursor, const uint8_t *end, bint to_brace, bint in_group) noexcept nogil
