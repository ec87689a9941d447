"""From a page's edits to rules and replacements, and what they saved."""

from core_ext.lexer cimport Tokens
from core_ext.rules cimport REFUSED, apply
from cpython.bytes cimport PyBytes_AS_STRING, PyBytes_FromStringAndSize, PyBytes_GET_SIZE
from libc.stdint cimport uint8_t, uint16_t, uint32_t
from optimizer.native.ledger cimport Edit, token_at

cdef enum:
    K_START = 2
    K_CSS = 8
    NORMALIZE = 4


def written_short(Tokens tokens not None, dict emissions not None):
    """Start tags among the emissions in the short way of writing (NORMALIZE_TAG); gives the bytes that this takes."""
    cdef const uint8_t *kinds = <const uint8_t *>PyBytes_AS_STRING(tokens.kinds)
    cdef const uint16_t[::1] flags = tokens.flags
    cdef uint8_t out[1024]
    cdef Py_ssize_t saved = 0, size, index
    cdef bytes left
    cdef dict done = {}
    for index, (rule, left) in emissions.items():
        size = PyBytes_GET_SIZE(left)
        if kinds[index] != K_START or not 0 < size <= 1024:
            continue
        size = apply(NORMALIZE, K_START, flags[index], <const uint8_t *>PyBytes_AS_STRING(left), size, out)
        if size != REFUSED and size != PyBytes_GET_SIZE(left):
            saved += PyBytes_GET_SIZE(left) - size
            done[index] = (rule, PyBytes_FromStringAndSize(<const char *>out, size))
    emissions.update(done)
    return saved


def settled(dict emissions not None, bytearray rules not None, dict instead not None, dict allowed not None):
    """Puts the emissions' rules on their tokens and gives what attested rules put in their places.

    A rule of `instead` stays only where nothing is left of the token and `allowed` (masks by rule) permits it.
    """
    cdef dict replacements = {}
    cdef Py_ssize_t index
    cdef int rule
    cdef bytes left
    cdef uint8_t *out = rules
    for index, (rule, left) in emissions.items():
        if rule in instead and (left or not (<bytes>allowed[rule])[index]):
            rule = instead[rule]
        out[index] = <uint8_t>rule
        if left:
            replacements[index] = left
    return replacements


def style_edits(
    Tokens tokens not None, Py_ssize_t tag, Py_ssize_t start, list told not None, int proven, int attested,
):
    """The edits of one style element's sheet, which begins at byte `start`, as the CSS engine tells them.

    A rule that goes as a whole token can be proven; everything else is attested.
    """
    cdef const uint32_t[::1] starts = tokens.starts
    cdef const uint8_t *kinds = <const uint8_t *>PyBytes_AS_STRING(tokens.kinds)
    cdef list found = []
    cdef Py_ssize_t begin, end, index, rule, last = -1, count = tokens.count
    cdef bytes replacement
    cdef str kind, group = ""
    cdef bint is_proven
    for begin, end, replacement, kind, rule in told:
        is_proven = False
        if not replacement and kind == "unused":
            index = token_at(starts, count, start + begin)
            if starts[index] == start + begin and kinds[index] == K_CSS:
                while starts[index + 1] < start + end:
                    index += 1
                is_proven = starts[index + 1] == start + end
        if rule < 0:
            group = f"unused_css:{tag}.b{begin}"
        elif rule != last:
            group = f"unused_css:{tag}.{rule}"
        last = rule
        found.append(Edit(start + begin, start + end, replacement, proven if is_proven else attested, group))
    return found


def lost_bytes(trace not None, Tokens tokens not None, list indexes not None, Py_ssize_t step_bytes):
    """Bytes that these tokens lost together, by the trace's steps."""
    cdef const uint8_t[::1] steps = trace.steps
    cdef const uint32_t[::1] starts = tokens.starts
    cdef const uint32_t[::1] left = trace.out_starts
    cdef Py_ssize_t index, at, out, lost = 0
    for index in indexes:
        at = step_bytes * index
        out = (<Py_ssize_t>steps[at + 10] << 24) | (steps[at + 11] << 16) | (steps[at + 12] << 8) | steps[at + 13]
        lost += starts[index + 1] - starts[index] - (left[out + steps[at + 1]] - left[out])
    return lost
