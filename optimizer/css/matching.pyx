"""Matches selectors in three values: no, maybe (in some state, or for what we do not know), and yes.

`no` is the answer that things are dropped on, so it is only given where no state that the page can take makes it wrong.
On pages with scripts that is: names that scripts mention may be on any element or on none; elements whose every name
they mention may be made, anywhere; elements may come between siblings or go. What stands in what else stays.
"""

from libc.stdint cimport int32_t, uint8_t, uint32_t
from libc.string cimport memcmp
from optimizer.css.page_index cimport HAS_TEXT, IS_FOREIGN, Atom, Element
from optimizer.css.parts cimport ANY, ATTRIBUTE, CLASS, EMPTY, HAS, ID, IS, IS_DEAD, NOT, NTH, ROOT, TYPE, Simple
from optimizer.css.scan cimport is_space, lower
from optimizer.css.selector cimport Selectors

cdef enum:
    # After so many comparisons a selector may match: only one made to be slow needs them.
    MOST_STEPS = 400_000


cdef class Matcher(Selectors):
    """The selectors of one rule against one page."""

    def select(self, bytes selector):
        """The elements that a selector list may match, and whether each surely does; None: not understood."""
        cdef int32_t first, whole, element
        cdef int found, best
        cdef const uint8_t *start = selector
        self.clear()
        self.base = start
        first = self.read_list(start, start + len(selector), False, 0)
        if first < 0:
            return None
        self.page.count_places()
        told = []
        for element in range(self.page.count):
            best = NO
            whole = first
            while whole >= 0:
                self.steps = MOST_STEPS
                found = self.matches(whole, element)
                best = found if found > best else best
                whole = self.complexes[whole].next
            if best:
                told.append((element, best == YES))
        return told

    def may_match(self, bytes selector):
        """Whether a selector list may match anything at all."""
        cdef int32_t whole
        cdef const uint8_t *start = selector
        self.clear()
        self.base = start
        whole = self.read_list(start, start + len(selector), False, 0)
        if whole < 0:
            return True
        while whole >= 0:
            if self.matches_anything(whole):
                return True
            whole = self.complexes[whole].next
        return False

    cdef int matches_anything(self, int32_t whole) except -1 nogil:
        """The best answer over all elements there are and may come; maybe and yes are not told apart."""
        cdef int32_t *listed
        cdef int32_t count, place, element
        cdef int32_t last = self.complexes[whole].last
        if self.complexes[whole].flags & IS_DEAD:
            return NO
        if self.page.places == NULL:
            with gil:
                self.page.count_places()
        self.steps = MOST_STEPS
        if self.compounds[last].is_makeable:
            # No element need be looked at: one may be made wherever what is left of it can be.
            return MAYBE if self.can_be_made(last) else NO
        listed = self.candidates(last, &count)
        for place in range(count):
            element = listed[place] if listed != NULL else place
            if self.chain(last, element, MAYBE):
                return MAYBE
        return NO

    cdef int32_t *candidates(self, int32_t compound, int32_t *count) noexcept nogil:
        """The elements that a compound can match at most; NULL: all of them."""
        cdef int32_t place = self.compounds[compound].first
        cdef int32_t *best = NULL
        cdef uint32_t begin, size
        cdef Simple *simple
        cdef Atom *atom
        count[0] = self.page.count
        while place >= 0:
            simple = &self.simples[place]
            place = simple.next
            if simple.kind != TYPE and (simple.is_mentioned or (simple.kind != CLASS and simple.kind != ID)):
                continue
            if simple.atom < 0:
                count[0] = 0
                return self.page.listed
            atom = &self.page.atoms[simple.atom]
            if simple.kind == TYPE:
                begin = atom.by_tag
                size = atom.by_tag_end - begin
            elif simple.kind == CLASS:
                begin = atom.by_class
                size = atom.by_class_end - begin
            else:
                begin = atom.by_id
                size = atom.by_id_end - begin
            if <int32_t>size < count[0] or best == NULL:
                count[0] = <int32_t>size
                best = self.page.listed + begin
        return best

    cdef int matches(self, int32_t whole, int32_t element) noexcept nogil:
        if self.complexes[whole].flags & IS_DEAD:
            return NO
        return self.chain(self.complexes[whole].last, element, YES)

    cdef int chain(self, int32_t compound, int32_t element, int enough) noexcept nogil:
        """Whether an element matches a compound and finds what is left of it; an answer of `enough` will do."""
        cdef int own = self.compound_matches(compound, element)
        cdef int found
        if own == NO or self.compounds[compound].left < 0:
            return own
        found = self.left(compound, element, enough if enough < own else own)
        return found if found < own else own

    cdef int left(self, int32_t compound, int32_t element, int enough) noexcept nogil:
        cdef Element *elements = self.page.elements
        cdef int32_t left = self.compounds[compound].left
        cdef uint8_t combinator = self.compounds[compound].combinator
        cdef int best = NO, found
        cdef int32_t other
        self.steps -= 1
        if self.steps < 0:
            return MAYBE
        if self.can_be_made(left):
            best = MAYBE
            if enough == MAYBE:
                return MAYBE
        if combinator == 0x20 or combinator == 0x3E:
            other = elements[element].parent
            while other >= 0:
                found = self.chain(left, other, enough)
                if found >= enough:
                    return found
                best = found if found > best else best
                if combinator == 0x3E:
                    break
                other = elements[other].parent
        elif self.names.is_empty:
            other = elements[element].previous
            while other >= 0:
                found = self.chain(left, other, enough)
                if found >= enough:
                    return found
                best = found if found > best else best
                if combinator == 0x2B:
                    break
                other = elements[other].previous
        else:
            # Scripts may take away what is between two siblings, or bring them into another order.
            other = elements[elements[element].parent].first_child if elements[element].parent >= 0 else -1
            while other >= 0 and best == NO:
                if other != element and self.chain(left, other, MAYBE):
                    best = MAYBE
                other = elements[other].next
        return best

    cdef bint can_be_made(self, int32_t compound) noexcept nogil:
        """Whether scripts may make an element for this compound, with all that is left of it."""
        if not self.compounds[compound].is_makeable:
            return False
        return self.compounds[compound].left < 0 or self.is_available(self.compounds[compound].left)

    cdef bint is_available(self, int32_t compound) noexcept nogil:
        """Whether any element, there or made, matches a compound and finds what is left of it."""
        cdef int32_t *listed
        cdef int32_t count, place
        if self.compounds[compound].is_available < 0:
            self.compounds[compound].is_available = 0  # against a circle; there is none
            if self.compounds[compound].is_makeable:
                self.compounds[compound].is_available = self.can_be_made(compound)
            else:
                listed = self.candidates(compound, &count)
                for place in range(count):
                    if self.chain(compound, listed[place] if listed != NULL else place, MAYBE):
                        self.compounds[compound].is_available = 1
                        break
        return self.compounds[compound].is_available == 1

    cdef int compound_matches(self, int32_t compound, int32_t element) noexcept nogil:
        cdef int best = YES, found
        cdef int32_t place = self.compounds[compound].first
        while place >= 0:
            found = self.simple_matches(&self.simples[place], element)
            if found == NO:
                return NO
            best = found if found < best else best
            place = self.simples[place].next
        return best

    cdef int simple_matches(self, Simple *simple, int32_t element) noexcept nogil:
        cdef Element *own = &self.page.elements[element]
        cdef int32_t inner, turn
        cdef uint32_t place
        cdef int best, found
        cdef bint is_there = False
        if simple.kind == TYPE:
            if own.tag != simple.atom:
                return NO
            return MAYBE if own.flags & IS_FOREIGN else YES
        if simple.kind == CLASS:
            for place in range(own.classes, own.classes_end):
                if self.page.classes[place] == simple.atom:
                    is_there = True
                    break
        elif simple.kind == ID:
            is_there = own.id >= 0 and own.id == simple.atom
        elif simple.kind == ATTRIBUTE:
            return self.attribute_matches(simple, element)
        elif simple.kind == ANY:
            return YES
        elif simple.kind == IS or simple.kind == NOT:
            best = NO
            inner = simple.inner
            while inner >= 0 and best != YES:
                found = self.matches(inner, element)
                best = found if found > best else best
                inner = self.complexes[inner].next
            return best if simple.kind == IS else YES - best
        elif simple.kind == HAS:
            return self.has(simple.inner, element)
        elif simple.kind == ROOT:
            return YES if own.parent < 0 else NO
        elif simple.kind == EMPTY:
            is_there = own.first_child < 0 and not own.flags & HAS_TEXT
            return (YES if is_there else NO) if self.names.is_empty else MAYBE
        elif simple.kind == NTH:
            if not self.names.is_empty:
                return MAYBE
            turn = self.page.places[4 * element + simple.turn] - simple.b
            if simple.a == 0:
                return YES if turn == 0 else NO
            # Of an+b with n from 0: on the right side of b, and a whole number of steps away.
            if (turn < 0) != (simple.a < 0) and turn != 0:
                return NO
            return YES if absolute(turn) % absolute(simple.a) == 0 else NO
        else:
            return MAYBE
        if simple.is_mentioned:
            return MAYBE
        return YES if is_there else NO

    cdef int attribute_matches(self, Simple *simple, int32_t element) noexcept nogil:
        cdef int row = self.page.elements[element].row
        cdef int place
        cdef const uint8_t *value
        cdef const uint8_t *wanted = self.scratch + simple.value
        cdef Py_ssize_t size, at, width = simple.size
        cdef bint is_there = False
        if simple.is_mentioned:
            return MAYBE
        if simple.atom < 0:
            return NO
        for place in range(self.page.first_attributes[row], self.page.first_attributes[row + 1]):
            if self.page.attribute_atoms[self.page.attribute_names[place]] != simple.atom:
                continue
            value = self.page.tree.values[place].data
            size = self.page.tree.values[place].size
            if simple.op == 0:
                is_there = True
            elif simple.op == 0x3D:
                is_there = size == width and same(value, wanted, width, simple.turn)
            elif width == 0:
                is_there = simple.op == 0x7C and size == 0
            elif simple.op == 0x5E:
                is_there = size >= width and same(value, wanted, width, simple.turn)
            elif simple.op == 0x24:
                is_there = size >= width and same(value + size - width, wanted, width, simple.turn)
            elif simple.op == 0x7C:
                is_there = size >= width and same(value, wanted, width, simple.turn) and (
                    size == width or value[width] == 0x2D
                )
            else:
                for at in range(size - width + 1):
                    if same(value + at, wanted, width, simple.turn) and (
                        simple.op == 0x2A or (
                            (at == 0 or is_space(value[at - 1]))
                            and (at + width == size or is_space(value[at + width]))
                        )
                    ):
                        is_there = True
                        break
            if is_there:
                # Whether case counts depends on the element's language and on older rules: a match is not sure.
                return MAYBE if simple.turn else YES
        return NO

    cdef int has(self, int32_t whole, int32_t element) noexcept nogil:
        """Whether an element may hold, or be followed by, what a relative selector asks for; never surely so."""
        cdef Element *elements = self.page.elements
        cdef int32_t other, last, end, up
        while whole >= 0:
            last = self.complexes[whole].last
            if not self.complexes[whole].flags & IS_DEAD:
                if not self.names.is_empty and self.compounds[last].is_makeable:
                    return MAYBE
                # Its beginning is not looked at: what is inside, or inside what follows, is tried with its end alone.
                up = elements[element].parent
                end = elements[up].end if up >= 0 else self.page.count
                for other in range(element + 1 if self.names.is_empty else (up + 1 if up >= 0 else 0), end):
                    self.steps -= 1
                    if self.steps < 0 or self.compound_matches(last, other):
                        return MAYBE
            whole = self.complexes[whole].next
        return NO


cdef inline uint32_t absolute(int32_t number) noexcept nogil:
    return <uint32_t>(-number if number < 0 else number)


cdef inline bint same(const uint8_t *a, const uint8_t *b, Py_ssize_t size, bint is_caseless) noexcept nogil:
    cdef Py_ssize_t place
    if not is_caseless:
        return memcmp(a, b, size) == 0
    for place in range(size):
        if lower(a[place]) != lower(b[place]):
            return False
    return True
