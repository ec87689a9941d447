"""A page's elements, by tag, class and id."""

from libc.stdint cimport int32_t, uint8_t, uint32_t, uint64_t
from optimizer.native.page_tree cimport PageTree, View

cdef enum:
    # Flags of an element.
    HAS_TEXT = 1
    IS_FOREIGN = 2      # SVG or MathML: case matters in its names
    # Uses of a name by selectors that stay.
    AS_CLASS = 1
    AS_ID = 2
    AS_ATTRIBUTE = 4


cdef struct Element:
    int32_t parent, previous, next, first_child     # elements; -1: none
    int32_t end                                     # its descendants are the elements up to here
    int32_t tag                                     # atoms
    int32_t id                                      # -1: none
    uint32_t classes, classes_end
    int32_t row                                     # in the tree
    uint8_t flags


cdef struct Atom:
    uint64_t hashed
    uint32_t name, size         # in the index's names
    uint32_t by_class, by_class_end, by_id, by_id_end, by_tag, by_tag_end
    bint is_attribute
    uint8_t used


cdef class PageIndex:
    cdef readonly PageTree tree
    cdef readonly bint is_quirks
    cdef readonly int32_t count
    cdef Element *elements
    cdef int32_t *element_of        # by row
    cdef int32_t *classes
    cdef uint32_t class_count, class_room
    cdef int32_t *attribute_atoms   # of the tree's attribute words
    cdef Atom *atoms
    cdef int32_t atom_count, atom_room
    cdef int32_t *slots
    cdef uint32_t slot_mask
    cdef uint8_t *names
    cdef uint32_t name_size, name_room
    cdef int32_t *listed            # elements by class, then by id, then by tag
    cdef int32_t *places            # 4 an element, see count_places; NULL until asked
    cdef int *first_attributes
    cdef int *attribute_names
    cdef int32_t find(self, const uint8_t *name, size_t size) noexcept nogil
    cdef int32_t intern(self, const uint8_t *name, size_t size) except -1
    cdef int32_t value_atom(self, View value) except -2
    cdef int read(self) except -1
    cdef int put_classes(self, Element *element, View value) except -1
    cdef int list_elements(self) except -1
    cdef int count_places(self) except -1
