"""lexbor's nodes as they lie in memory (lexbor 2.x and 3.x, interfaces/node.h, element.h, attr.h, character_data.h).

The library is the one inside selectolax, which exports its functions but ships no headers. page_tree proves at import
that nodes are laid out like this.
"""

from libc.stdint cimport uint8_t, uintptr_t

cdef struct LexborStr:
    uint8_t *data
    size_t length

cdef struct LexborNode:
    void *events
    uintptr_t local_name
    uintptr_t prefix
    uintptr_t ns
    LexborDocument *owner
    LexborNode *next
    LexborNode *prev
    LexborNode *parent
    LexborNode *first_child
    LexborNode *last_child
    void *user
    int type

cdef struct LexborDocument:
    LexborNode node
    int compat_mode
    int type

cdef struct LexborAttr:
    LexborNode node
    uintptr_t upper_name
    uintptr_t qualified_name
    LexborStr *value
    void *owner
    LexborAttr *next
    LexborAttr *prev

cdef struct LexborElement:
    LexborNode node
    uintptr_t upper_name
    uintptr_t qualified_name
    LexborStr *is_value
    LexborAttr *first_attr

cdef struct LexborText:
    LexborNode node
    LexborStr data
