"""Takes selectors apart (Selectors 4) against the names of one page and its scripts.

What is not understood becomes a part that may match: a selector is never held to match less than it does. So do
pseudo-classes that depend on a state (hover, checked, …) and pseudo-elements.
"""

from libc.stdint cimport int32_t, int64_t, uint8_t, uint32_t
from optimizer.css.parts cimport (
    ANY, ATTRIBUTE, CLASS, EMPTY, FROM_END, FROM_START, HAS, ID, IS, IS_BEYOND, IS_DEAD, IS_MENTIONED, IS_UNSURE, NOT,
    NTH, OF_TYPE, ROOT, TYPE, WILD, Parts,
)
from optimizer.css.scan cimport (
    begins_name, is_one_of, is_space, is_word, lower, next_comma, past_bracket, past_filling, past_name, past_string,
)

cdef enum:
    DEEPEST = 12

# Pseudo-classes and -elements that every browser in use knows, so that a list that holds one is not dropped for it.
cdef const char **SURE = [
    b"hover", b"focus", b"active", b"visited", b"link", b"target", b"checked", b"disabled", b"enabled", b"before",
    b"after", b"first-line", b"first-letter", b"root", b"empty", b"first-child", b"last-child", b"only-child",
    b"first-of-type", b"last-of-type", b"only-of-type", b"required", b"optional", b"valid", b"invalid", b"read-only",
    b"read-write", b"indeterminate", b"default", b"in-range", b"out-of-range", b"selection", NULL,
]
# Pseudo-elements that one colon may stand before.
cdef const char **OLD_ELEMENTS = [b"before", b"after", b"first-line", b"first-letter", NULL]
# HTML's attributes whose values are matched without regard to case (WHATWG HTML 4.17.2).
cdef const char **CASELESS = [
    b"accept", b"accept-charset", b"align", b"alink", b"axis", b"bgcolor", b"charset", b"checked", b"clear",
    b"codetype", b"color", b"compact", b"declare", b"defer", b"dir", b"direction", b"disabled", b"enctype", b"face",
    b"frame", b"hreflang", b"http-equiv", b"lang", b"language", b"link", b"media", b"method", b"multiple", b"nohref",
    b"noresize", b"noshade", b"nowrap", b"readonly", b"rel", b"rev", b"rules", b"scope", b"scrolling", b"selected",
    b"shape", b"target", b"text", b"type", b"valign", b"valuetype", b"vlink", NULL,
]


cdef class Selectors(Parts):
    """The selectors of one rule at a time."""

    cdef int32_t read_list(
        self, const uint8_t *cursor, const uint8_t *end, bint is_relative, int depth
    ) except -2 nogil:
        """The first complex selector of a list; -1 where one of them is not understood. An empty one never matches."""
        cdef const uint8_t *stop
        cdef int32_t first = -1, last = -1, found
        while True:
            stop = next_comma(cursor, end)
            found = self.read_complex(cursor, stop, is_relative, depth)
            if found < 0:
                return -1
            if last < 0:
                first = found
            else:
                self.complexes[last].next = found
            last = found
            if stop >= end:
                return first
            cursor = stop + 1

    cdef int32_t read_complex(
        self, const uint8_t *start, const uint8_t *end, bint is_relative, int depth
    ) except -2 nogil:
        cdef const uint8_t *cursor = past_filling(start, end)
        cdef const uint8_t *after
        cdef int32_t whole, compound, left = -1
        cdef uint8_t combinator = 0
        cdef bint has_space
        while end > cursor and is_space(end[-1]):
            # An escape takes the space behind it: what is cut off here is at most its end.
            if end - cursor >= 2 and end[-2] == 0x5C:
                break
            end -= 1
        if cursor >= end:
            return -1
        whole = self.add_complex()
        self.complexes[whole].start = <uint32_t>(cursor - self.base)
        self.complexes[whole].end = <uint32_t>(end - self.base)
        if is_relative and (cursor[0] == 0x3E or cursor[0] == 0x2B or cursor[0] == 0x7E):
            combinator = cursor[0]
            cursor = past_filling(cursor + 1, end)
        elif is_relative:
            combinator = 0x20
        while True:
            compound = self.add_compound()
            self.compounds[compound].left = left
            self.compounds[compound].combinator = combinator
            after = self.read_compound(compound, whole, cursor, end, depth)
            if after == NULL or after == cursor:
                return -1
            left = compound
            cursor = past_filling(after, end)
            if cursor >= end:
                break
            has_space = cursor > after
            combinator = 0x20
            if cursor[0] == 0x3E or cursor[0] == 0x2B or cursor[0] == 0x7E:
                combinator = cursor[0]
                cursor = past_filling(cursor + 1, end)
            elif not has_space:
                return -1
            if combinator == 0x2B or combinator == 0x7E:
                self.complexes[whole].flags |= IS_BEYOND
        self.complexes[whole].last = left
        return whole

    cdef const uint8_t *read_compound(
        self, int32_t compound, int32_t whole, const uint8_t *cursor, const uint8_t *end, int depth
    ) except? NULL nogil:
        """Behind the compound selector that begins here; NULL where it is not understood."""
        cdef const uint8_t *start = cursor
        cdef const uint8_t *stop
        cdef uint8_t sign
        while cursor < end:
            sign = cursor[0]
            if sign == 0x2A or sign == 0x7C or begins_name(cursor, end):
                if cursor != start:
                    return NULL
                stop = cursor + 1 if sign == 0x2A else (cursor if sign == 0x7C else past_name(cursor, end))
                if stop < end and stop[0] == 0x7C:
                    # A namespace: rare, and may match.
                    self.complexes[whole].flags |= IS_UNSURE | IS_BEYOND
                    if stop + 1 < end and (stop[1] == 0x2A or begins_name(stop + 1, end)):
                        self.add_simple(compound, WILD)
                        cursor = stop + 2 if stop[1] == 0x2A else past_name(stop + 1, end)
                        continue
                    return NULL
                if sign == 0x2A:
                    self.add_simple(compound, ANY)
                else:
                    self.name_simple(compound, whole, TYPE, cursor, stop)
                cursor = stop
            elif sign == 0x2E or sign == 0x23:
                if not begins_name(cursor + 1, end):
                    return NULL
                stop = past_name(cursor + 1, end)
                self.name_simple(compound, whole, CLASS if sign == 0x2E else ID, cursor + 1, stop)
                cursor = stop
            elif sign == 0x5B:
                cursor = self.read_attribute(compound, whole, cursor, end)
                if cursor == NULL:
                    return NULL
            elif sign == 0x3A:
                cursor = self.read_pseudo(compound, whole, cursor, end, depth)
                if cursor == NULL:
                    return NULL
            elif sign == 0x26:
                self.add_simple(compound, WILD)
                self.complexes[whole].flags |= IS_UNSURE | IS_BEYOND
                cursor += 1
            else:
                break
        return cursor

    cdef int name_simple(
        self, int32_t compound, int32_t whole, uint8_t kind, const uint8_t *name, const uint8_t *end
    ) except -1 nogil:
        """Adds a type, class or id selector."""
        cdef int64_t place = self.put_name(name, end, kind == TYPE or self.page.is_quirks)
        cdef uint32_t size
        cdef int32_t simple
        cdef bint is_mentioned
        if place < 0:  # a name that bytes alone do not tell
            self.add_simple(compound, WILD)
            self.complexes[whole].flags |= IS_BEYOND
            return 0
        size = self.scratch_size - <uint32_t>place
        simple = self.add_simple(compound, kind if kind != TYPE or not self.are_types_wild else <uint8_t>WILD)
        self.simples[simple].atom = self.page.find(self.scratch + place, size)
        if kind == TYPE:
            is_mentioned = self.names.makes(self.scratch + place, size)
        else:
            is_mentioned = self.names.mentioned(self.scratch + place, size)
        self.simples[simple].is_mentioned = is_mentioned
        if is_mentioned:
            self.complexes[whole].flags |= IS_MENTIONED
        else:
            self.compounds[compound].is_makeable = False
            if self.simples[simple].atom < 0 and self.simples[simple].kind != WILD:
                self.complexes[whole].flags |= IS_DEAD
        return 0

    cdef const uint8_t *read_attribute(
        self, int32_t compound, int32_t whole, const uint8_t *cursor, const uint8_t *end
    ) except? NULL nogil:
        cdef const uint8_t *stop = past_bracket(cursor + 1, end)
        cdef const uint8_t *name
        cdef const uint8_t *after
        cdef const uint8_t *value_end
        cdef int64_t place
        cdef uint32_t size
        cdef int32_t simple
        if stop >= end or stop[0] != 0x5D:
            return NULL
        name = past_filling(cursor + 1, stop)
        after = past_name(name, stop)
        if after == name or not begins_name(name, stop):
            return NULL
        place = self.put_name(name, after, True)
        simple = self.add_simple(compound, ATTRIBUTE if place >= 0 else <uint8_t>WILD)
        if place < 0:
            return stop + 1
        size = self.scratch_size - <uint32_t>place
        self.simples[simple].atom = self.page.find(self.scratch + place, size)
        if self.simples[simple].atom >= 0 and not self.page.atoms[self.simples[simple].atom].is_attribute:
            self.simples[simple].atom = -1
        # `open` is the reader's to change.
        self.simples[simple].is_mentioned = self.names.mentioned(self.scratch + place, size) or (
            is_word(self.scratch + place, self.scratch + place + size, b"open")
            or (not self.names.is_empty and is_reflected(self.scratch + place, size))
        )
        self.simples[simple].turn = is_one_of(self.scratch + place, self.scratch + place + size, CASELESS)
        name = past_filling(after, stop)
        if name < stop:
            if name[0] == 0x3D:
                self.simples[simple].op = 0x3D
                name += 1
            elif name + 1 < stop and name[1] == 0x3D and is_operator(name[0]):
                self.simples[simple].op = name[0]
                name += 2
            else:
                return NULL  # a namespace among them
            name = past_filling(name, stop)
            if name >= stop:
                return NULL
            if name[0] == 0x22 or name[0] == 0x27:
                after = past_string(name, stop)
                if after[-1] != name[0] or after - name < 2:
                    return NULL
                value_end = after - 1
                name += 1
            else:
                after = past_name(name, stop)
                if after == name or not begins_name(name, stop):
                    return NULL
                value_end = after
            place = self.put_name(name, value_end, False)
            if place < 0:
                self.simples[simple].kind = WILD
                return stop + 1
            self.simples[simple].value = <uint32_t>place
            self.simples[simple].size = self.scratch_size - <uint32_t>place
            name = past_filling(after, stop)
            if name < stop:
                if name + 1 == stop or is_space(name[1]):
                    if lower(name[0]) == 0x69:
                        self.simples[simple].turn = True
                    elif lower(name[0]) != 0x73:
                        return NULL
                    else:
                        self.simples[simple].turn = False
                    self.complexes[whole].flags |= IS_UNSURE | IS_BEYOND
                else:
                    return NULL
        if self.simples[simple].is_mentioned:
            self.complexes[whole].flags |= IS_MENTIONED
        else:
            self.compounds[compound].is_makeable = False
            if self.simples[simple].atom < 0:
                self.complexes[whole].flags |= IS_DEAD
        return stop + 1

    cdef const uint8_t *read_pseudo(
        self, int32_t compound, int32_t whole, const uint8_t *cursor, const uint8_t *end, int depth
    ) except? NULL nogil:
        cdef const uint8_t *name = cursor + 1
        cdef const uint8_t *after
        cdef const uint8_t *stop = NULL
        cdef int32_t simple, inner
        cdef bint is_element = False
        if name < end and name[0] == 0x3A:
            name += 1
            is_element = True
        if not begins_name(name, end):
            return NULL
        after = past_name(name, end)
        self.complexes[whole].flags |= IS_BEYOND
        if after < end and after[0] == 0x28:
            stop = past_bracket(after + 1, end)
            if stop >= end or stop[0] != 0x29:
                return NULL
        if is_element or stop == NULL:
            if not is_one_of(name, after, SURE):
                self.complexes[whole].flags |= IS_UNSURE
            if is_element or is_state(name, after):
                self.add_simple(compound, WILD)
                if is_element or is_one_of(name, after, OLD_ELEMENTS):
                    self.complexes[whole].element = <uint32_t>(name - self.base)
                    self.complexes[whole].element_end = <uint32_t>(after - self.base)
            else:
                simple = self.add_simple(compound, NTH)
                self.simples[simple].a = 0
                self.simples[simple].b = 1
                if is_word(name, after, b"root"):
                    self.simples[simple].kind = ROOT
                    self.compounds[compound].is_makeable = False
                elif is_word(name, after, b"empty"):
                    self.simples[simple].kind = EMPTY
                elif is_word(name, after, b"first-child"):
                    self.simples[simple].turn = FROM_START
                elif is_word(name, after, b"last-child"):
                    self.simples[simple].turn = FROM_END
                elif is_word(name, after, b"first-of-type"):
                    self.simples[simple].turn = OF_TYPE | FROM_START
                elif is_word(name, after, b"last-of-type"):
                    self.simples[simple].turn = OF_TYPE | FROM_END
                else:
                    self.simples[simple].turn = FROM_START | (OF_TYPE if is_word(name, after, b"only-of-type") else 0)
                    simple = self.add_simple(compound, NTH)
                    self.simples[simple].a = 0
                    self.simples[simple].b = 1
                    self.simples[simple].turn = FROM_END | (OF_TYPE if is_word(name, after, b"only-of-type") else 0)
            return stop + 1 if stop != NULL else after
        # A function.
        if depth >= DEEPEST:
            self.complexes[whole].flags |= IS_UNSURE
            self.add_simple(compound, WILD)
        elif is_word(name, after, b"not") or is_word(name, after, b"is") or is_word(name, after, b"where") or (
            is_word(name, after, b"has") or is_word(name, after, b"matches") or is_word(name, after, b"-webkit-any")
            or is_word(name, after, b"-moz-any")
        ):
            simple = self.add_simple(compound, WILD)
            inner = self.read_list(after + 1, stop, is_word(name, after, b"has"), depth + 1)
            if inner >= 0:
                self.simples[simple].inner = inner
                if is_word(name, after, b"not"):
                    self.simples[simple].kind = NOT
                    if self.complexes[inner].next >= 0 or self.compounds[self.complexes[inner].last].left >= 0:
                        self.complexes[whole].flags |= IS_UNSURE
                    self.complexes[whole].flags |= self.complexes[inner].flags & (IS_UNSURE | IS_MENTIONED)
                else:
                    self.simples[simple].kind = HAS if is_word(name, after, b"has") else IS
                    self.complexes[whole].flags |= IS_UNSURE
            else:
                self.complexes[whole].flags |= IS_UNSURE
        elif is_word(name, after, b"nth-child"):
            self.read_nth(compound, whole, after + 1, stop, FROM_START)
        elif is_word(name, after, b"nth-last-child"):
            self.read_nth(compound, whole, after + 1, stop, FROM_END)
        elif is_word(name, after, b"nth-of-type"):
            self.read_nth(compound, whole, after + 1, stop, OF_TYPE | FROM_START)
        elif is_word(name, after, b"nth-last-of-type"):
            self.read_nth(compound, whole, after + 1, stop, OF_TYPE | FROM_END)
        else:
            if not is_word(name, after, b"lang"):
                self.complexes[whole].flags |= IS_UNSURE
            self.add_simple(compound, WILD)
        return stop + 1

cdef bint is_state(const uint8_t *name, const uint8_t *end) noexcept nogil:
    """Whether a pseudo-class without arguments says something else than where its element stands."""
    return not (
        is_word(name, end, b"root") or is_word(name, end, b"empty") or is_word(name, end, b"first-child")
        or is_word(name, end, b"last-child") or is_word(name, end, b"only-child")
        or is_word(name, end, b"first-of-type") or is_word(name, end, b"last-of-type")
        or is_word(name, end, b"only-of-type")
    )


cdef inline bint is_operator(uint8_t byte) noexcept nogil:
    return byte == 0x7E or byte == 0x7C or byte == 0x5E or byte == 0x24 or byte == 0x2A


cdef bint is_reflected(const uint8_t *name, size_t size) noexcept nogil:
    """Whether scripts may write this attribute under another name (class, style, …), or without naming it."""
    return (
        is_word(name, name + size, b"class") or is_word(name, name + size, b"style")
        or is_word(name, name + size, b"for") or is_word(name, name + size, b"value")
        or (size > 5 and is_word(name, name + 5, b"aria-"))
    )
