"""The parser's tree of a page, as columns: one row a node, in the order of the document.

The tree is lexbor's, read once from its own memory; nothing here changes it. Before parsing, each start tag is given an
attribute with its token's index, so an element knows the tag that made it wherever the parser put it. That attribute is
not among the columns.
"""

from array import array

import selectolax.lexbor as _selectolax
from core_ext.lexer cimport Tokens
from cpython.array cimport array as Array, clone, resize
from cpython.bytes cimport PyBytes_AS_STRING, PyBytes_FromStringAndSize
from libc.stdint cimport uint8_t, uint16_t, uint32_t, uintptr_t
from libc.stdlib cimport free, malloc
from libc.string cimport memcpy
from optimizer.native.lexbor cimport LexborAttr, LexborDocument, LexborElement, LexborNode, LexborText
from posix.dlfcn cimport RTLD_LAZY, dlopen, dlsym

ELEMENT = 1
TEXT = 3
COMMENT = 8

HTML = 2
MATH = 3
SVG = 4

ctypedef LexborDocument *(*Create)() noexcept
ctypedef unsigned int (*Parse)(LexborDocument *, const uint8_t *, size_t) noexcept
ctypedef LexborDocument *(*Destroy)(LexborDocument *) noexcept
ctypedef const uint8_t *(*NameOf)(void *, size_t *) noexcept

cdef Create create_document = NULL
cdef Parse parse_document = NULL
cdef Destroy destroy_document = NULL
cdef NameOf element_name = NULL
cdef NameOf attribute_name = NULL

cdef enum:
    N_ELEMENT = 1
    N_TEXT = 3
    N_COMMENT = 8
    K_START = 2
    STATE = 0x7F  # of a step's flags: not 0 in a further piece of a long tag
    QUIRKS = 1
    KNOWN = 512  # lexbor numbers the names it knows from 1, below this; others are addresses


cdef void *symbol(void *library, const char *name) except NULL:
    cdef void *found = dlsym(library, name)
    if found == NULL:
        raise ImportError(f"selectolax does not export {name.decode()}; install the version in requirements.lock")
    return found


cdef int bind() except -1:
    """Finds lexbor's functions in selectolax's module."""
    global create_document, parse_document, destroy_document, element_name, attribute_name
    cdef bytes path = _selectolax.__file__.encode()
    cdef void *library = dlopen(path, RTLD_LAZY)
    if library == NULL:
        raise ImportError("selectolax's module cannot be opened a second time")
    create_document = <Create>symbol(library, b"lxb_html_document_create")
    parse_document = <Parse>symbol(library, b"lxb_html_document_parse")
    destroy_document = <Destroy>symbol(library, b"lxb_html_document_destroy")
    element_name = <NameOf>symbol(library, b"lxb_dom_element_local_name")
    attribute_name = <NameOf>symbol(library, b"lxb_dom_attr_qualified_name")
    return 0


cdef class Names:
    """Interned names: lexbor's own numbers to small ones."""
    cdef int known[KNOWN]
    cdef dict others
    cdef list words

    def __cinit__(self):
        cdef int place
        for place in range(KNOWN):
            self.known[place] = -1
        self.others = {}
        self.words = []

    cdef inline int of(self, uintptr_t number, void *node, NameOf name_of) except -1:
        cdef int place
        if number < KNOWN:
            place = self.known[number]
            if place >= 0:
                return place
        else:
            told = self.others.get(number)
            if told is not None:
                return told
        return self.add(number, node, name_of)

    cdef int add(self, uintptr_t number, void *node, NameOf name_of) except -1:
        cdef size_t size = 0
        cdef const uint8_t *data = name_of(node, &size)
        cdef int place = <int>len(self.words)
        self.words.append((<const char *>data)[:size].decode("utf-8", "replace") if data != NULL else "")
        if number < KNOWN:
            self.known[number] = place
        else:
            self.others[number] = place
        return place


cdef class PageTree:
    """What the parser makes of a page. Row 0 is the document."""

    def __cinit__(self):
        self.document = NULL
        self.texts = NULL
        self.values = NULL

    def __init__(self, bytes page, bytes mark=b""):
        """`mark` is the name of the attribute that holds a tag's token, where the page was marked."""
        self.document = create_document()
        if self.document == NULL:
            raise MemoryError
        if parse_document(self.document, <const uint8_t *>PyBytes_AS_STRING(page), len(page)) != 0:
            raise MemoryError("lexbor could not parse the page")
        self.quirks = self.document.compat_mode == QUIRKS
        self.measure()
        self.read(mark)

    def __dealloc__(self):
        if self.document != NULL:
            destroy_document(self.document)
        free(self.texts)
        free(self.values)

    cdef int measure(self) except -1:
        """Counts nodes and attributes and makes room for them."""
        cdef LexborNode *root = &self.document.node
        cdef LexborNode *node = root
        cdef LexborAttr *attr
        cdef Py_ssize_t nodes = 0, attributes = 0
        while node != NULL:
            nodes += 1
            if node.type == N_ELEMENT:
                attr = (<LexborElement *>node).first_attr
                while attr != NULL:
                    attributes += 1
                    attr = attr.next
            node = following(node, root)
        cdef Array template = array("i")
        self.count = nodes
        self.types = bytearray(nodes)
        self.spaces = bytearray(nodes)
        self.parents = clone(template, nodes, False)
        self.ends = clone(template, nodes, False)
        self.previous = clone(template, nodes, False)
        self.names = clone(template, nodes, False)
        self.tokens = clone(template, nodes, False)
        self.first_attributes = clone(template, nodes + 1, False)
        self.attribute_names = clone(template, attributes, False)
        self.texts = <View *>malloc(sizeof(View) * nodes)
        self.values = <View *>malloc(sizeof(View) * (attributes + 1))
        if self.texts == NULL or self.values == NULL:
            raise MemoryError
        return 0

    cdef int read(self, bytes mark) except -1:
        """Fills the columns in one walk."""
        cdef Names tags = Names(), keys = Names()
        cdef LexborNode *root = &self.document.node
        cdef LexborNode *node = root
        cdef LexborAttr *attr
        cdef uint8_t *types = self.types
        cdef uint8_t *spaces = self.spaces
        cdef int *parents = (<Array>self.parents).data.as_ints
        cdef int *ends = (<Array>self.ends).data.as_ints
        cdef int *previous = (<Array>self.previous).data.as_ints
        cdef int *names = (<Array>self.names).data.as_ints
        cdef int *tokens = (<Array>self.tokens).data.as_ints
        cdef int *first = (<Array>self.first_attributes).data.as_ints
        cdef int *attribute_names = (<Array>self.attribute_names).data.as_ints
        cdef int row = 0, parent = -1, before = -1, key, marked = -1
        cdef Py_ssize_t told = 0
        while True:
            types[row] = <uint8_t>node.type
            spaces[row] = <uint8_t>(node.ns if node.ns < 256 else 0)
            parents[row] = parent
            previous[row] = before
            names[row] = -1
            tokens[row] = -1
            first[row] = <int>told
            self.texts[row].data = NULL
            self.texts[row].size = 0
            if node.type == N_ELEMENT:
                names[row] = tags.of(node.local_name, node, element_name)
                attr = (<LexborElement *>node).first_attr
                while attr != NULL:
                    # Two spellings of one name are told apart in foreign content only, by the qualified name.
                    key = keys.of(attr.qualified_name or attr.node.local_name, attr, attribute_name)
                    if marked < 0 and mark and keys.words[key].encode() == mark:
                        marked = key
                    if key == marked:
                        tokens[row] = number_in(attr)
                    else:
                        attribute_names[told] = key
                        if attr.value != NULL:
                            self.values[told].data = attr.value.data
                            self.values[told].size = attr.value.length
                        else:
                            self.values[told].data = NULL
                            self.values[told].size = 0
                        told += 1
                    attr = attr.next
            elif node.type == N_TEXT or node.type == N_COMMENT:
                self.texts[row].data = (<LexborText *>node).data.data
                self.texts[row].size = (<LexborText *>node).data.length
            if node.first_child != NULL:
                node = node.first_child
                parent = row
                before = -1
                row += 1
                continue
            before = row
            ends[row] = row + 1
            while node != root and node.next == NULL:
                node = node.parent
                before = parent
                ends[parent] = row + 1
                parent = parents[parent]
            if node == root:
                break
            node = node.next
            row += 1
        first[row + 1] = <int>told
        self.attribute_count = told
        resize(self.attribute_names, told)  # room for the marks was made too
        self.name_words = tags.words
        self.attribute_words = keys.words
        return 0

    def __len__(self):
        return self.count

    def name(self, Py_ssize_t row):
        """An element's name as the parser spells it, "" for other nodes."""
        cdef int number = self.names[row]
        return self.name_words[number] if number >= 0 else ""

    def text(self, Py_ssize_t row):
        """A text's or comment's characters, in UTF-8."""
        if not 0 <= row < self.count:
            raise IndexError(row)
        return view_bytes(self.texts[row])

    def value(self, Py_ssize_t place):
        """The value of an attribute by its place in the columns, in UTF-8, references resolved."""
        if not 0 <= place < self.attribute_count:
            raise IndexError(place)
        return view_bytes(self.values[place])

    def places_of(self, numbers):
        """The attributes with these names, as (place in the columns, row)."""
        cdef list found = []
        cdef Py_ssize_t row, place
        cdef int *first = (<Array>self.first_attributes).data.as_ints
        cdef int *names = (<Array>self.attribute_names).data.as_ints
        cdef bytearray wanted = bytearray(len(self.attribute_words) + 1)
        for number in numbers:
            wanted[number] = 1
        cdef const uint8_t *asked = <const uint8_t *>wanted
        for row in range(self.count):
            for place in range(first[row], first[row + 1]):
                if asked[names[place]]:
                    found.append((place, row))
        return found

    def mark_named(self, words, int space, bytearray marks not None):
        """Marks the rows of the elements with these names in this namespace."""
        cdef bytearray wanted = bytearray(len(self.name_words) + 1)
        cdef Py_ssize_t row
        cdef int *names = (<Array>self.names).data.as_ints
        cdef const uint8_t *spaces = <const uint8_t *>self.spaces
        cdef uint8_t *out = marks
        for number, word in enumerate(self.name_words):
            wanted[number] = word in words
        cdef const uint8_t *asked = <const uint8_t *>wanted
        for row in range(self.count):
            if names[row] >= 0 and asked[names[row]] and spaces[row] == space:
                out[row] = 1

    def attributes(self, Py_ssize_t row):
        """An element's attributes: names as the parser spells them, values in UTF-8."""
        cdef Py_ssize_t place
        return {
            self.attribute_words[self.attribute_names[place]]: view_bytes(self.values[place])
            for place in range(self.first_attributes[row], self.first_attributes[row + 1])
        }


cdef bytes view_bytes(View view):
    return PyBytes_FromStringAndSize(<const char *>view.data, view.size) if view.size else b""


cdef inline LexborNode *following(LexborNode *node, LexborNode *root) noexcept nogil:
    """The next node in the order of the document. No raise: leaf code."""
    if node.first_child != NULL:
        return node.first_child
    while node != root and node.next == NULL:
        node = node.parent
    return NULL if node == root else node.next


cdef inline int number_in(LexborAttr *attr) noexcept nogil:
    """The decimal number that is an attribute's value. No raise: leaf code."""
    cdef int number = 0
    cdef size_t place
    if attr.value == NULL:
        return -1
    for place in range(attr.value.length):
        number = 10 * number + attr.value.data[place] - 0x30
    return number


def marked(Tokens tokens, bytes page, bytes mark):
    """The page with its tokens' indexes in its start tags, as an attribute of this name."""
    cdef const uint8_t *source = <const uint8_t *>PyBytes_AS_STRING(page)
    cdef const uint8_t *kinds = <const uint8_t *>PyBytes_AS_STRING(tokens.kinds)
    cdef const uint32_t[::1] starts = tokens.starts
    cdef const uint16_t[::1] flags = tokens.flags
    cdef Py_ssize_t count = tokens.count, index, size = len(page), width = len(mark) + 14, tags = tokens.kinds.count(2)
    cdef uint8_t *out = <uint8_t *>malloc(size + tags * width + 1)
    cdef uint8_t *cursor = out
    cdef uint32_t begin = 0, place, end
    cdef bytes done
    if out == NULL:
        raise MemoryError
    for index in range(count):
        if kinds[index] != K_START or flags[index] & STATE:
            continue
        end = starts[index + 1]
        place = starts[index] + 1
        while place < end and not ends_name(source[place]):
            place += 1
        memcpy(cursor, source + begin, place - begin)
        cursor += place - begin
        begin = place
        cursor = put_mark(cursor, mark, <int>index)
    memcpy(cursor, source + begin, size - begin)
    cursor += size - begin
    done = PyBytes_FromStringAndSize(<const char *>out, cursor - out)
    free(out)
    return done


cdef uint8_t *put_mark(uint8_t *cursor, bytes mark, int index):
    cdef char digits[12]
    cdef int size = 0
    cursor[0] = 0x20
    memcpy(cursor + 1, PyBytes_AS_STRING(mark), len(mark))
    cursor += 1 + len(mark)
    cursor[0] = 0x3D
    cursor += 1
    while True:
        digits[size] = 0x30 + index % 10
        size += 1
        index //= 10
        if index == 0:
            break
    while size:
        size -= 1
        cursor[0] = digits[size]
        cursor += 1
    cursor[0] = 0x20
    return cursor + 1


cdef inline bint ends_name(uint8_t byte) noexcept nogil:
    """Whether a tag's name ends before this byte. No raise: leaf code."""
    return byte == 0x20 or 0x09 <= byte <= 0x0D and byte != 0x0B or byte == 0x2F or byte == 0x3E


def _prove_layout():
    """Raises ImportError where lexbor's nodes are laid out in another way."""
    tree = PageTree(b"<!doctype html><p m=4 id='a&amp;b'>x<svg viewBox=1><!--c--></svg>", b"m")
    rows = [(tree.types[row], tree.name(row), tree.text(row), tree.tokens[row]) for row in range(tree.count)]
    expected = [(9, "", b"", -1), (10, "", b"", -1), (1, "html", b"", -1), (1, "head", b"", -1), (1, "body", b"", -1),
                (1, "p", b"", 4), (3, "", b"x", -1), (1, "svg", b"", -1), (8, "", b"c", -1)]
    if rows != expected or tree.attributes(5) != {"id": b"a&b"} or tree.attributes(7) != {"viewBox": b"1"}:
        raise ImportError("selectolax holds a lexbor of another layout; install the version in requirements.lock")


bind()
_prove_layout()
