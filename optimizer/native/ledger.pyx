"""What a pass may change, and how changes become rules on tokens.

An edit puts bytes in place of a stretch of the page, never more bytes than it takes. Two edits never touch the same
byte: the first comes to stay. So the sum of all edits is one page, whatever their order, and each of them can be left
out without the others changing (`group` is the handle for that).
"""

cimport cython

from bisect import bisect_left
from operator import attrgetter

from core_ext.lexer cimport Tokens
from cpython.bytes cimport PyBytes_AS_STRING, PyBytes_FromStringAndSize, PyBytes_GET_SIZE
from libc.stdint cimport uint8_t, uint32_t
from libc.stdlib cimport free, malloc
from libc.string cimport memchr, memcmp, memcpy, memset
from optimizer.native.page_tree cimport PageTree

cdef enum:
    D_GONE = 1  # of optimizer.native.skeleton
    D_REWRITTEN = 3
    K_START = 2
    K_RAW = 6
    K_CSS = 8

_start = attrgetter("start")


@cython.no_gc  # it holds bytes and text only
@cython.final
cdef class Edit:
    """Bytes of the page, and what stands there instead."""

    def __init__(
        self, Py_ssize_t start, Py_ssize_t stop, bytes replacement not None, int rule, str group not None,
        int row=-1, int fate=0,
    ):
        self.start = start
        self.stop = stop
        self.replacement = replacement
        self.rule = rule
        self.group = group
        self.row = row
        self.fate = fate

    @property
    def saved_bytes(self):
        return self.stop - self.start - PyBytes_GET_SIZE(self.replacement)

    def __repr__(self):
        return f"Edit({self.start}, {self.stop}, {self.replacement!r}, {self.rule}, {self.group!r})"


cdef class Ledger:
    """The edits of a page, as they come."""

    def __init__(self, document):
        self.page = document.page
        self.starts = document.tokens.starts
        self.count = document.tokens.count
        self.claimed = bytearray(len(self.page))
        self.edits = []
        self.ordered = []
        self.is_ordered = True

    cdef bint has_claim(self, Py_ssize_t start, Py_ssize_t stop):
        cdef char *claimed = self.claimed
        return stop > start and memchr(claimed + start, 1, stop - start) != NULL

    def is_free(self, Py_ssize_t start, Py_ssize_t stop):
        """Whether no edit has touched these bytes."""
        return not self.has_claim(max(start, 0), min(stop, len(self.page)))

    def add(self, edits, Py_ssize_t least=0):
        """Takes what touches no byte of the edits before and does not grow the page; gives the edits taken.

        Neighbours of one group are taken together or not at all, and only if they save `least` bytes.
        """
        cdef list given = edits if type(edits) is list else list(edits), taken = []
        cdef Py_ssize_t first = 0, last, place, saved, count = len(given)
        cdef Edit edit
        cdef str group
        cdef bint fits
        cdef char *claimed = self.claimed
        while first < count:
            edit = given[first]
            group = edit.group
            fits = self.fits(edit)
            saved = edit.stop - edit.start - PyBytes_GET_SIZE(edit.replacement)
            last = first + 1
            while last < count:
                edit = given[last]
                if edit.group is not group and edit.group != group:
                    break
                fits = fits and self.fits(edit)
                saved += edit.stop - edit.start - PyBytes_GET_SIZE(edit.replacement)
                last += 1
            if fits and saved >= least and are_apart(given[first:last]):
                for place in range(first, last):
                    edit = given[place]
                    if edit.fate == D_GONE and self.has_claim(edit.start, edit.stop):
                        # What was shortened inside goes too.
                        self.edits = [each for each in self.edits if not holds(edit, each)]
                        taken = [each for each in taken if not holds(edit, each)]
                for place in range(first, last):
                    edit = given[place]
                    memset(claimed + edit.start, 1, edit.stop - edit.start)
                    taken.append(edit)
                    self.edits.append(edit)
                self.is_ordered = False
            first = last
        return taken

    cdef bint fits(self, Edit edit):
        cdef Py_ssize_t start = edit.start, stop = edit.stop, size = PyBytes_GET_SIZE(edit.replacement)
        cdef Edit each
        if start < 0 or start >= stop or stop > PyBytes_GET_SIZE(self.page) or stop - start < size:
            return False
        if self.has_claim(start, stop):
            if edit.fate != D_GONE:
                return False
            for each in self.edits:  # what goes as a whole takes with it what was shortened inside
                if each.stop > start and each.start < stop and not holds(edit, each):
                    return False
            return True
        return stop - start != size or memcmp(
            PyBytes_AS_STRING(self.page) + start, PyBytes_AS_STRING(edit.replacement), size
        ) != 0

    def free_tokens(self, const uint8_t[::1] chosen not None, const uint8_t[::1] rules not None):
        """Which of the chosen tokens no edit has touched and no rule is on."""
        cdef list found = []
        cdef const uint32_t[::1] starts = self.starts
        cdef Py_ssize_t index, size = chosen.shape[0]
        for index in range(size):
            if chosen[index] and not rules[index] and not self.has_claim(starts[index], starts[index + 1]):
                found.append(index)
        return found

    cdef list in_order(self):
        if not self.is_ordered:
            self.ordered = sorted(self.edits, key=_start)
            self.is_ordered = True
        return self.ordered

    def text(self, Py_ssize_t start, Py_ssize_t stop):
        """What stands there by now, where no edit reaches across either end."""
        cdef list ordered, parts
        cdef Py_ssize_t place, at
        cdef Edit edit
        if not self.has_claim(start, stop):
            return self.page[start:stop]
        ordered = self.in_order()
        parts = []
        place = start
        for at in range(bisect_left(ordered, start, key=_start), len(ordered)):
            edit = ordered[at]
            if edit.start >= stop:
                break
            parts.append(self.page[place:edit.start])
            parts.append(edit.replacement)
            place = edit.stop
        parts.append(self.page[place:stop])
        return b"".join(parts)

    def emissions(self):
        """What becomes of each token that an edit touches: the rule, and the bytes that stay.

        No token's bytes grow: what an edit over several tokens puts there is spread over them.
        """
        cdef list ordered = self.in_order()
        cdef dict done = {}
        cdef Py_ssize_t at = 0, count = len(ordered), index = 0, used = 0, size = 0
        cdef Py_ssize_t begin, end, place, upto, share, room = 0
        cdef const uint32_t[::1] starts = self.starts
        cdef const char *page = PyBytes_AS_STRING(self.page)
        cdef Edit edit
        cdef uint32_t weights[256]
        cdef int rule, each, rules
        cdef uint8_t met[256]
        cdef char *out
        if not count:
            return done
        for index in range(self.count):
            room = max(room, <Py_ssize_t>(starts[index + 1] - starts[index]))
        out = <char *>malloc(room + 1)
        if out == NULL:
            raise MemoryError
        index = 0
        memset(weights, 0, sizeof(weights))
        try:
            while at < count:
                edit = ordered[at]
                # `used`: how much of its replacement the tokens before took.
                if edit.start >= starts[index + 1]:
                    index = token_at(starts, self.count, edit.start)
                begin, end = starts[index], starts[index + 1]
                size = rules = 0
                upto = begin
                while at < count:
                    edit = ordered[at]
                    if edit.start >= end:
                        break
                    place = max(edit.start, begin)
                    memcpy(out + size, page + upto, place - upto)
                    size += place - upto
                    upto = min(edit.stop, end)
                    share = min(PyBytes_GET_SIZE(edit.replacement) - used, upto - place)
                    memcpy(out + size, PyBytes_AS_STRING(edit.replacement) + used, share)
                    size += share
                    used += share
                    if not weights[edit.rule & 0xFF]:
                        met[rules & 0xFF] = <uint8_t>edit.rule
                        rules += 1
                    weights[edit.rule & 0xFF] += <uint32_t>(upto - place)
                    if edit.stop > end:
                        break
                    used = 0
                    at += 1
                memcpy(out + size, page + upto, end - upto)
                size += end - upto
                rule = 0
                for each in range(rules):
                    if weights[met[each]] > weights[rule] or weights[met[each]] == weights[rule] and met[each] < rule:
                        rule = met[each]
                for each in range(rules):
                    weights[met[each]] = 0
                if size != end - begin or memcmp(out, page + begin, size) != 0:
                    done[index] = (rule, PyBytes_FromStringAndSize(out, size))
                if at < count and (<Edit>ordered[at]).start < end:
                    index += 1  # this edit goes on in the next token
        finally:
            free(out)
        return done

    def saved(self):
        """Edits and the bytes that they save, by pass."""
        cdef dict found = {}
        cdef Edit edit
        cdef str last = ""
        cdef list told = None
        for edit in self.edits:
            if edit.group is not last:
                last = edit.group
                told = found.setdefault(last.partition(":")[0], [0, 0])
            told[0] += 1
            told[1] += edit.stop - edit.start - PyBytes_GET_SIZE(edit.replacement)
        return found

    def fates(self, PageTree tree not None, Tokens tokens not None, rows not None):
        """For each row of the tree what the edits make of it (optimizer.native.skeleton)."""
        cdef bytearray found = bytearray(tree.count)
        cdef uint8_t *out = <uint8_t *>found
        cdef const uint32_t[::1] starts = self.starts
        cdef const uint32_t[::1] parents = tokens.parents
        cdef const int[::1] row_of = rows
        cdef const uint8_t *kinds = <const uint8_t *>PyBytes_AS_STRING(tokens.kinds)
        cdef Py_ssize_t index = 0, around
        cdef Edit edit
        for edit in self.in_order():
            if edit.row >= 0:
                out[edit.row] = <uint8_t>edit.fate
                continue
            if edit.start >= <Py_ssize_t>starts[index + 1]:
                index = token_at(starts, self.count, edit.start)
            if kinds[index] == K_RAW or kinds[index] == K_CSS:
                around = index
                while kinds[around] != K_START:
                    around = parents[around]
                if row_of[around] >= 0:
                    out[row_of[around]] = D_REWRITTEN
        return found

    def groups(self, list others not None):
        """All groups in the order of the page; `others` are (byte where it begins, group) in that order."""
        cdef dict found = {}
        cdef Edit edit
        cdef str last = None
        cdef Py_ssize_t at = 0, count = len(others), place = others[0][0] if others else -1
        for edit in self.in_order():
            while at < count and place < edit.start:
                found[others[at][1]] = None
                at += 1
                place = others[at][0] if at < count else -1
            if edit.group is not last:
                last = edit.group
                found[last] = None
        for at in range(at, count):
            found[others[at][1]] = None
        return tuple(found)


cdef bint are_apart(list unit):
    """Whether no two edits touch the same byte."""
    cdef Edit edit
    cdef Py_ssize_t until = 0
    for edit in unit:
        if edit.start < until:
            break
        until = edit.stop
    else:
        return True
    until = 0
    for edit in sorted(unit, key=_start):
        if edit.start < until:
            return False
        until = edit.stop
    return True


cdef bint holds(Edit outer, Edit inner):
    return outer.start <= inner.start and inner.stop <= outer.stop


cdef Py_ssize_t token_at(const uint32_t[::1] starts, Py_ssize_t count, Py_ssize_t place) noexcept:
    """The token that holds this byte. No raise: leaf code."""
    cdef Py_ssize_t low = 0, high = count, middle
    while low + 1 < high:
        middle = (low + high) // 2
        if <Py_ssize_t>starts[middle] <= place:
            low = middle
        else:
            high = middle
    return low
