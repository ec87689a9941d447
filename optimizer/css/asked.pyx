"""Finds the custom properties, animations, fonts and registered properties that something asks for, and drops the rest.

What asks: declarations that stay, the elements' own attributes, scripts, and everything that was not taken apart. What
is asked for asks in its turn; so it goes on until nothing new is found.
"""

from libc.stdint cimport int32_t, uint8_t, uint64_t
from optimizer.css.analysis cimport DROPPED, STAYS, WRITTEN, Judged
from optimizer.css.declarations cimport IS_ASKED, IS_CUSTOM, IS_DROPPED, IS_VERBATIM, Declaration
from optimizer.css.page_index cimport PageIndex
from optimizer.css.scan cimport KINDS, NAME, is_name, is_space, is_word, past_filling
from optimizer.css.sheet cimport FONT_FACE, GROUP, KEYFRAMES, LAYER, PROPERTY, STYLE, Rule
from optimizer.css.words cimport ScriptNames, WordSet, hash_of, mixed, seed


cdef class Asked:
    """What has been asked for so far."""

    def __init__(self, ScriptNames names, *, bint unread_styles=False):
        """`unread_styles`: sheets apply that are not among those judged; they may ask for anything."""
        self.asks_all = unread_styles
        self.customs = WordSet()
        self.animations = WordSet()
        self.fonts = set()
        self.names = names

    def sweep(self, list pages, list judged):
        """Drops what nothing asks for from all sheets."""
        cdef Judged each
        cdef PageIndex page
        cdef bint is_new = True
        for page in pages:
            self.read_attributes(page)
        for each in judged:
            self.read_rest(each)
        while is_new:
            is_new = False
            for each in judged:
                if self.read_called(each):
                    is_new = True
        for each in judged:
            self.drop_uncalled(each)

    cdef int read_customs(self, const uint8_t *cursor, const uint8_t *end) except -1 nogil:
        """Notes every --name."""
        cdef uint64_t hashed
        while cursor + 2 < end:
            if not is_name(cursor[0]):
                cursor += 1
                continue
            if cursor[0] != 0x2D or cursor[1] != 0x2D:
                while cursor < end and KINDS[cursor[0]] & NAME:
                    cursor += 1
                continue
            hashed = seed()
            while cursor < end and KINDS[cursor[0]] & NAME:
                hashed = mixed(hashed, cursor[0])
                cursor += 1
            self.customs.add(hashed)
        return 0

    cdef int read_words(self, const uint8_t *cursor, const uint8_t *end) except -1 nogil:
        cdef uint64_t hashed
        while cursor < end:
            if not KINDS[cursor[0]] & NAME:
                cursor += 1
                continue
            hashed = seed()
            while cursor < end and KINDS[cursor[0]] & NAME:
                hashed = mixed(hashed, cursor[0])
                cursor += 1
            self.animations.add(hashed)
        return 0

    cdef int read_fonts(self, const uint8_t *cursor, const uint8_t *end) except -1:
        cdef bytes value = cursor[: end - cursor]
        if b"\\" in value:
            self.asks_all_fonts = True
        self.fonts.add(value.lower())
        return 0

    cdef int read_all(self, const uint8_t *cursor, const uint8_t *end) except -1:
        """Text that was not taken apart: it may ask for anything that it names."""
        self.read_customs(cursor, end)
        self.read_words(cursor, end)
        return self.read_fonts(cursor, end)

    cdef int read_attributes(self, PageIndex page) except -1:
        cdef Py_ssize_t place, size
        cdef const uint8_t *value
        cdef int kind
        cdef list kinds = [
            2 if word.lower() == "style" else 1 if word.lower() in ("font-family", "face", "font") else 0
            for word in page.tree.attribute_words
        ]
        for place in range(page.tree.attribute_count):
            value = page.tree.values[place].data
            size = page.tree.values[place].size
            if size == 0:
                continue
            kind = kinds[page.attribute_names[place]]
            if kind == 2:
                self.read_all(value, value + size)
            elif kind == 1:
                self.read_fonts(value, value + size)
            elif size > 8:
                self.read_customs(value, value + size)
        return 0

    cdef int read_value(self, const uint8_t *base, Declaration *declaration) except -1:
        cdef const uint8_t *name = base + declaration.start
        cdef const uint8_t *end = base + declaration.name_end
        cdef const uint8_t *value = base + declaration.value
        cdef const uint8_t *value_end = base + declaration.value_end
        cdef bint tells_all = (declaration.flags & (IS_CUSTOM | IS_VERBATIM)) != 0
        self.read_customs(value, value_end)
        if tells_all or is_word(name, end, b"font") or is_word(name, end, b"font-family"):
            self.read_fonts(value, value_end)
        if tells_all or names_animation(name, end):
            self.read_words(value, value_end)
        return 0

    cdef int read_rest(self, Judged each) except -1:
        """What a sheet asks for at any rate."""
        cdef const uint8_t *base = each.sheet.base
        cdef int32_t place
        cdef Rule *rule
        cdef Declaration *declaration
        if each.is_kept_whole:
            return self.read_all(base, base + each.sheet.size)
        for place in range(each.sheet.count):
            rule = &each.sheet.rules[place]
            if rule.kind == GROUP or rule.kind == LAYER:
                self.read_customs(base + rule.prelude, base + rule.brace)
            elif each.fates[place].verdict == STAYS:
                self.read_all(base + rule.start, base + rule.end)
        for place in range(each.declarations.count):
            declaration = &each.declarations.listed[place]
            if not declaration.flags & (IS_CUSTOM | IS_DROPPED) and each.sheet.rules[declaration.rule].kind == STYLE:
                self.read_value(base, declaration)
        return 0

    cdef bint read_called(self, Judged each) except -1:
        """What custom properties and animations ask for that have newly been asked for; whether there were any."""
        cdef const uint8_t *base = each.sheet.base
        cdef int32_t place
        cdef bint is_new = False
        cdef Rule *rule
        cdef Declaration *declaration
        if each.is_kept_whole:
            return False
        for place in range(each.declarations.count):
            declaration = &each.declarations.listed[place]
            if declaration.flags & (IS_CUSTOM | IS_DROPPED | IS_ASKED) == IS_CUSTOM and self.asks_custom(
                base + declaration.start, base + declaration.name_end
            ):
                declaration.flags |= IS_ASKED
                self.read_value(base, declaration)
                is_new = True
        for place in range(each.last_import + 1, each.sheet.count):
            rule = &each.sheet.rules[place]
            if rule.kind == KEYFRAMES and each.fates[place].verdict == WRITTEN and not each.fates[place].is_called:
                if self.asks_at_rule(base, rule):
                    each.fates[place].is_called = True
                    self.read_customs(base + rule.brace, base + rule.end)
                    self.read_fonts(base + rule.brace, base + rule.end)
                    is_new = True
        return is_new

    cdef int drop_uncalled(self, Judged each) except -1:
        cdef const uint8_t *base = each.sheet.base
        cdef int32_t place, inner
        cdef Rule *rule
        cdef Declaration *declaration
        cdef bytes family
        if each.is_kept_whole:
            return 0
        for place in range(each.declarations.count):
            declaration = &each.declarations.listed[place]
            if declaration.flags & (IS_CUSTOM | IS_ASKED) == IS_CUSTOM:
                declaration.flags |= IS_DROPPED
        for place in range(each.last_import + 1, each.sheet.count):
            rule = &each.sheet.rules[place]
            if each.fates[place].verdict != WRITTEN:
                continue
            if (rule.kind == KEYFRAMES and not each.fates[place].is_called) or (
                rule.kind == PROPERTY and not self.asks_at_rule(base, rule)
            ):
                each.fates[place].verdict = DROPPED
            elif rule.kind == FONT_FACE:
                family = b""
                for inner in range(each.fates[place].first, each.fates[place].last):
                    declaration = &each.declarations.listed[inner]
                    if is_word(base + declaration.start, base + declaration.name_end, b"font-family"):
                        family = each.sheet.text[declaration.value : declaration.value_end]
                if not self.asks_font(family.strip(b"\"' \t\n\r\f").lower()):
                    each.fates[place].verdict = DROPPED
        return 0

    cdef bint asks_custom(self, const uint8_t *name, const uint8_t *end) noexcept:
        return self.asks_all or self.customs.has(hash_of(name, end - name)) or self.names.mentioned(name, end - name)

    cdef bint asks_at_rule(self, const uint8_t *base, Rule *rule) except -1:
        """Whether the name of an animation or of a registered property is asked for; one not plainly written is."""
        cdef const uint8_t *name = past_filling(base + rule.prelude, base + rule.brace)
        cdef const uint8_t *end = base + rule.brace
        cdef const uint8_t *cursor
        while end > name and is_space(end[-1]):
            end -= 1
        if end - name > 2 and (name[0] == 0x22 or name[0] == 0x27) and end[-1] == name[0]:
            name += 1
            end -= 1
        cursor = name
        while cursor < end:
            if not is_name(cursor[0]) or cursor[0] == 0:
                return True
            cursor += 1
        if name >= end or self.asks_all:
            return True
        if rule.kind == PROPERTY:
            return self.asks_custom(name, end)
        return self.animations.has(hash_of(name, end - name)) or self.names.mentioned(name, end - name)

    cdef bint asks_font(self, bytes family) except -1:
        cdef bytes each
        if self.asks_all or self.asks_all_fonts or not family or b"\\" in family:
            return True
        for each in self.fonts:
            if family in each:
                return True
        return not self.names.is_empty and self.names.any_has_folded(family)


cdef bint names_animation(const uint8_t *name, const uint8_t *end) noexcept:
    """Whether a property's name is animation or animation-name, with whatever prefix."""
    if end - name >= 14 and is_word(end - 14, end, b"animation-name"):
        return True
    return end - name >= 9 and is_word(end - 9, end, b"animation")
