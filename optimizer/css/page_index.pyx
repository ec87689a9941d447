"""A page's elements by tag, class and id, so that a selector is tried only where it can match.

All names of the page are interned into one table; in quirks mode classes and ids are held in lower case, since case
does not tell them apart there (Selectors 4, 6.6 and 6.7).
"""

from cpython.array cimport array as Array
from libc.stdint cimport int32_t, uint8_t, uint32_t, uint64_t
from libc.stdlib cimport calloc, free, realloc
from libc.string cimport memcmp, memcpy, memset
from optimizer.css.scan cimport is_space
from optimizer.css.words cimport hash_of
from optimizer.native.page_tree cimport PageTree, View

cdef enum:
    N_ELEMENT = 1
    N_TEXT = 3
    S_HTML = 2


cdef class PageIndex:
    """The index of one tree. It marks which of the page's names are used; apart from that nothing in it changes."""

    def __init__(self, PageTree tree not None):
        self.tree = tree
        self.is_quirks = tree.quirks
        self.read()
        self.list_elements()

    def __dealloc__(self):
        free(self.elements)
        free(self.element_of)
        free(self.classes)
        free(self.attribute_atoms)
        free(self.atoms)
        free(self.slots)
        free(self.names)
        free(self.listed)
        free(self.places)

    def __len__(self):
        return self.count

    def row(self, int32_t element):
        """The tree's row of an element."""
        if not 0 <= element < self.count:
            raise IndexError(element)
        return self.elements[element].row

    def names_used(self, int use):
        """The page's names that kept selectors name: as class 1, id 2, attribute 4."""
        cdef int32_t place
        return frozenset(
            self.names[self.atoms[place].name : self.atoms[place].name + self.atoms[place].size]
            for place in range(self.atom_count)
            if self.atoms[place].used & use
        )

    cdef int32_t find(self, const uint8_t *name, size_t size) noexcept nogil:
        """The atom of a name; -1 where the page has no such."""
        cdef uint64_t hashed = hash_of(name, size)
        cdef uint32_t slot = <uint32_t>(hashed >> 17) & self.slot_mask
        cdef Atom *atom
        while self.slots[slot] >= 0:
            atom = &self.atoms[self.slots[slot]]
            if atom.hashed == hashed and atom.size == size and memcmp(self.names + atom.name, name, size) == 0:
                return self.slots[slot]
            slot = (slot + 1) & self.slot_mask
        return -1

    cdef int32_t intern(self, const uint8_t *name, size_t size) except -1:
        cdef int32_t found = self.find(name, size), place
        cdef uint32_t slot
        cdef Atom *atom
        if found >= 0:
            return found
        if self.atom_count == self.atom_room:
            self.atoms = <Atom *>grown(self.atoms, 2 * self.atom_room * sizeof(Atom))
            self.atom_room *= 2
        if <uint32_t>self.atom_count * 2 >= self.slot_mask:
            free(self.slots)
            self.slot_mask = 4 * self.slot_mask + 3
            self.slots = <int32_t *>grown(NULL, (self.slot_mask + <size_t>1) * sizeof(int32_t))
            memset(self.slots, 0xFF, (self.slot_mask + <size_t>1) * sizeof(int32_t))
            for place in range(self.atom_count):
                slot = <uint32_t>(self.atoms[place].hashed >> 17) & self.slot_mask
                while self.slots[slot] >= 0:
                    slot = (slot + 1) & self.slot_mask
                self.slots[slot] = place
        while self.name_size + size > self.name_room:
            self.names = <uint8_t *>grown(self.names, 2 * <size_t>self.name_room)
            self.name_room *= 2
        atom = &self.atoms[self.atom_count]
        memset(atom, 0, sizeof(Atom))
        atom.hashed = hash_of(name, size)
        atom.name = self.name_size
        atom.size = <uint32_t>size
        memcpy(self.names + self.name_size, name, size)
        self.name_size += <uint32_t>size
        slot = <uint32_t>(atom.hashed >> 17) & self.slot_mask
        while self.slots[slot] >= 0:
            slot = (slot + 1) & self.slot_mask
        self.slots[slot] = self.atom_count
        self.atom_count += 1
        return self.atom_count - 1

    cdef int read(self) except -1:
        """Takes the elements over from the tree's columns."""
        cdef PageTree tree = self.tree
        cdef const uint8_t *types = tree.types
        cdef const uint8_t *spaces = tree.spaces
        cdef int *parents = (<Array>tree.parents).data.as_ints
        cdef int *names = (<Array>tree.names).data.as_ints
        cdef int row, key, attribute, up, id_key = -1, class_key = -1
        cdef bytes word
        cdef int32_t *tags
        cdef int32_t *last_child
        cdef Element *element
        cdef int32_t index
        self.first_attributes = (<Array>tree.first_attributes).data.as_ints
        self.attribute_names = (<Array>tree.attribute_names).data.as_ints
        self.atom_room = 256
        self.atoms = <Atom *>grown(NULL, 256 * sizeof(Atom))
        self.slot_mask = 1023
        self.slots = <int32_t *>grown(NULL, 1024 * sizeof(int32_t))
        memset(self.slots, 0xFF, 1024 * sizeof(int32_t))
        self.name_room = 4096
        self.names = <uint8_t *>grown(NULL, self.name_room)
        self.class_room = 1024
        self.classes = <int32_t *>grown(NULL, self.class_room * sizeof(int32_t))
        self.attribute_atoms = <int32_t *>grown(NULL, (len(tree.attribute_words) + 1) * sizeof(int32_t))
        for key in range(len(tree.attribute_words)):
            word = (<str>tree.attribute_words[key]).lower().encode()
            if word == b"id":
                id_key = key
            elif word == b"class":
                class_key = key
            self.attribute_atoms[key] = self.intern(word, len(word))
            self.atoms[self.attribute_atoms[key]].is_attribute = True
        self.elements = <Element *>grown(NULL, tree.count * sizeof(Element))
        self.element_of = <int32_t *>grown(NULL, tree.count * sizeof(int32_t))
        tags = <int32_t *>grown(NULL, (len(tree.name_words) + 1) * sizeof(int32_t))
        last_child = <int32_t *>grown(NULL, (tree.count + 1) * sizeof(int32_t))
        try:
            for key in range(len(tree.name_words)):
                word = (<str>tree.name_words[key]).lower().encode()
                tags[key] = self.intern(word, len(word))
            for row in range(tree.count):
                self.element_of[row] = -1
                up = self.element_of[parents[row]] if parents[row] >= 0 else -1
                if types[row] == N_TEXT and tree.texts[row].size and up >= 0:
                    self.elements[up].flags |= HAS_TEXT
                if types[row] != N_ELEMENT:
                    continue
                index = self.count
                self.count += 1
                self.element_of[row] = index
                element = &self.elements[index]
                element.row = row
                element.parent = self.element_of[parents[row]] if parents[row] >= 0 else -1
                element.previous = element.next = element.first_child = element.id = -1
                last_child[index] = -1
                up = element.parent
                if up >= 0:
                    element.previous = last_child[up]
                    if last_child[up] >= 0:
                        self.elements[last_child[up]].next = index
                    else:
                        self.elements[up].first_child = index
                    last_child[up] = index
                element.tag = tags[names[row]]
                element.flags = 0 if spaces[row] == S_HTML else IS_FOREIGN
                element.classes = element.classes_end = self.class_count
                for attribute in range(self.first_attributes[row], self.first_attributes[row + 1]):
                    key = self.attribute_names[attribute]
                    if key == class_key:
                        self.put_classes(element, tree.values[attribute])
                    elif key == id_key:
                        element.id = self.value_atom(tree.values[attribute])
        finally:
            free(tags)
            free(last_child)
        for index in range(self.count - 1, -1, -1):
            element = &self.elements[index]
            element.end = index + 1
            if element.first_child >= 0:
                up = element.first_child
                while self.elements[up].next >= 0:
                    up = self.elements[up].next
                element.end = self.elements[up].end
        return 0

    cdef int32_t value_atom(self, View value) except -2:
        """The atom of an attribute's value, folded in quirks mode; -1 for an empty one."""
        cdef bytes folded
        if value.size == 0:
            return -1
        if self.is_quirks:
            folded = value.data[: value.size].lower()
            return self.intern(folded, len(folded))
        return self.intern(value.data, value.size)

    cdef int put_classes(self, Element *element, View value) except -1:
        cdef const uint8_t *cursor = value.data
        cdef const uint8_t *end = value.data + value.size
        cdef View name
        while True:
            while cursor < end and is_space(cursor[0]):
                cursor += 1
            if cursor >= end:
                break
            name.data = cursor
            while cursor < end and not is_space(cursor[0]):
                cursor += 1
            name.size = cursor - name.data
            if self.class_count == self.class_room:
                self.classes = <int32_t *>grown(self.classes, 2 * <size_t>self.class_room * sizeof(int32_t))
                self.class_room *= 2
            self.classes[self.class_count] = self.value_atom(name)
            self.class_count += 1
        element.classes_end = self.class_count
        return 0

    cdef int list_elements(self) except -1:
        """Lists the elements of each class, id and tag, in source order."""
        cdef int32_t index
        cdef uint32_t place, total = 0
        cdef Element *element
        cdef Atom *atom
        for index in range(self.count):
            element = &self.elements[index]
            for place in range(element.classes, element.classes_end):
                self.atoms[self.classes[place]].by_class_end += 1
            if element.id >= 0:
                self.atoms[element.id].by_id_end += 1
            self.atoms[element.tag].by_tag_end += 1
        for index in range(self.atom_count):
            atom = &self.atoms[index]
            atom.by_class = total
            total += atom.by_class_end
            atom.by_class_end = atom.by_class
            atom.by_id = total
            total += atom.by_id_end
            atom.by_id_end = atom.by_id
            atom.by_tag = total
            total += atom.by_tag_end
            atom.by_tag_end = atom.by_tag
        self.listed = <int32_t *>grown(NULL, (total + 1) * sizeof(int32_t))
        for index in range(self.count):
            element = &self.elements[index]
            for place in range(element.classes, element.classes_end):
                atom = &self.atoms[self.classes[place]]
                self.listed[atom.by_class_end] = index
                atom.by_class_end += 1
            if element.id >= 0:
                atom = &self.atoms[element.id]
                self.listed[atom.by_id_end] = index
                atom.by_id_end += 1
            atom = &self.atoms[element.tag]
            self.listed[atom.by_tag_end] = index
            atom.by_tag_end += 1
        return 0

    cdef int count_places(self) except -1:
        """Each element's place among its siblings: from the start, from the end, and both among those of its tag."""
        cdef int32_t index, child, last, place
        cdef int32_t *of_tag
        if self.places != NULL:
            return 0
        self.places = <int32_t *>grown(NULL, (4 * <size_t>self.count + 4) * sizeof(int32_t))
        of_tag = <int32_t *>calloc(self.atom_count + 1, sizeof(int32_t))
        if of_tag == NULL:
            raise MemoryError
        for index in range(-1, self.count):
            child = self.elements[index].first_child if index >= 0 else (0 if self.count else -1)
            last = -1
            place = 0
            while child >= 0:
                place += 1
                of_tag[self.elements[child].tag] += 1
                self.places[4 * child] = place
                self.places[4 * child + 2] = of_tag[self.elements[child].tag]
                last = child
                child = self.elements[child].next
            child = last
            while child >= 0:
                of_tag[self.elements[child].tag] = 0
                child = self.elements[child].previous
            child = last
            place = 0
            while child >= 0:
                place += 1
                of_tag[self.elements[child].tag] += 1
                self.places[4 * child + 1] = place
                self.places[4 * child + 3] = of_tag[self.elements[child].tag]
                child = self.elements[child].previous
            child = last
            while child >= 0:
                of_tag[self.elements[child].tag] = 0
                child = self.elements[child].previous
        free(of_tag)
        return 0


cdef void *grown(void *block, size_t size) except NULL:
    cdef void *moved = realloc(block, size if size else 1)
    if moved == NULL:
        raise MemoryError
    return moved
