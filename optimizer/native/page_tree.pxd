"""The parser's tree of a page, as columns: one row a node, in the order of the document."""

from libc.stdint cimport uint8_t
from optimizer.native.lexbor cimport LexborDocument

cdef struct View:
    const uint8_t *data
    Py_ssize_t size

cdef class PageTree:
    cdef LexborDocument *document
    cdef readonly Py_ssize_t count
    cdef readonly Py_ssize_t attribute_count
    cdef readonly bint quirks
    cdef readonly bytearray types
    cdef readonly bytearray spaces
    cdef readonly object parents
    cdef readonly object ends
    cdef readonly object previous
    cdef readonly object names
    cdef readonly object tokens
    cdef readonly object first_attributes
    cdef readonly object attribute_names
    cdef readonly list name_words
    cdef readonly list attribute_words
    cdef View *texts
    cdef View *values
    cdef int measure(self) except -1
    cdef int read(self, bytes mark) except -1
