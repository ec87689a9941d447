"""Judges the rules of one sheet against every page that uses it, and the declarations against those that follow.

A rule goes when none of its selectors may match anything on any page. A selector of a list goes alone only where every
browser knows it: one that some browser does not know makes the whole list void there, and would not any more.
"""

from libc.stdint cimport int32_t, uint8_t, uint32_t, uint64_t
from libc.stdlib cimport calloc, free, realloc
from optimizer.css.declarations cimport (
    IS_CUSTOM, IS_DROPPED, IS_IMPORTANT, IS_VERBATIM, Declaration, Declarations,
)
from optimizer.css.matching cimport Matcher
from optimizer.css.minify cimport Writer
from optimizer.css.parts cimport IS_BEYOND, IS_MENTIONED, IS_UNSURE
from optimizer.css.scan cimport is_comment, is_space, lower
from optimizer.css.sheet cimport (
    BROKEN, FONT_FACE, GROUP, IS_IMPORT, IS_NAMESPACE, IS_ODD, IS_OPEN, KEYFRAMES, LAYER, PROPERTY,
    STATEMENT, STYLE, Rule, Sheet,
)
from optimizer.css.words cimport WordSet, hash_of, mixed, seed


cdef enum:
    # What a later value that every browser takes is noted as.
    KNOWN = 0xFD
    KNOWN_IMPORTANT = 0xFE


cdef WordSet words_of(list names):
    cdef WordSet found = WordSet()
    cdef bytes name
    for name in names:
        found.add(hash_of(name, len(name)))
    return found


cdef WordSet SIDES = words_of([b"margin", b"padding"])
cdef WordSet LENGTHS = words_of([
    *(b"margin-" + side for side in (b"top", b"right", b"bottom", b"left")),
    *(b"padding-" + side for side in (b"top", b"right", b"bottom", b"left")),
    b"width", b"height", b"min-width", b"min-height", b"max-width", b"max-height", b"top", b"right", b"bottom", b"left",
    b"font-size",
])
cdef WordSet COLOURS = words_of([b"color", b"background-color", b"border-color"])


cdef class Judged:
    """One sheet, judged."""

    def __init__(self, Sheet sheet not None, list matchers not None):
        self.sheet = sheet
        self.matchers = matchers
        self.declarations = Declarations()
        self.fates = <Fate *>calloc(sheet.count + 1, sizeof(Fate))
        if self.fates == NULL:
            raise MemoryError
        self.is_kept_whole = sheet.is_beyond
        self.last_import = sheet.last_import
        if not self.is_kept_whole:
            self.judge()
            self.void_overridden()

    def __dealloc__(self):
        free(self.fates)
        free(self.kept)

    cdef int keep_selector(self, uint32_t start, uint32_t end) except -1:
        cdef void *moved
        if self.kept_size + 2 > self.kept_room:
            moved = realloc(self.kept, (2 * <size_t>self.kept_room + 64) * sizeof(uint32_t))
            if moved == NULL:
                raise MemoryError
            self.kept = <uint32_t *>moved
            self.kept_room = 2 * self.kept_room + 64
        self.kept[self.kept_size] = start
        self.kept[self.kept_size + 1] = end
        self.kept_size += 2
        return 0

    cdef bint is_in_odd_group(self, int32_t index) noexcept:
        cdef int32_t group = self.sheet.rules[index].parent
        while group >= 0:
            if self.sheet.rules[group].flags & IS_ODD:
                return True
            group = self.sheet.rules[group].parent
        return False

    cdef int judge(self) except -1:
        cdef int32_t index
        cdef Rule *rule
        cdef Fate *fate
        cdef const uint8_t *base = self.sheet.base
        self.find_last_import()
        for index in range(self.sheet.count):
            rule = &self.sheet.rules[index]
            fate = &self.fates[index]
            fate.first = fate.last = self.declarations.count
            if rule.flags & (IS_IMPORT | IS_NAMESPACE) and rule.kind == STATEMENT and rule.parent < 0 and (
                self.last_import < index
            ):
                fate.verdict = DROPPED  # behind a rule it says nothing; without that rule it would
            if self.is_in_odd_group(index) or rule.kind == BROKEN or rule.kind == STATEMENT:
                continue
            if rule.kind == GROUP or rule.kind == LAYER:
                fate.verdict = WRITTEN if not rule.flags & IS_ODD else STAYS
                continue
            if rule.flags & IS_OPEN:
                continue
            if rule.kind == STYLE:
                self.judge_style(index)
            elif rule.kind == FONT_FACE or rule.kind == PROPERTY:
                fate.verdict = WRITTEN
                if not self.declarations.read(base, rule.brace + 1, rule.end - 1, index):
                    fate.verdict = STAYS
                fate.last = self.declarations.count
            elif rule.kind == KEYFRAMES:
                fate.verdict = WRITTEN
        return 0

    cdef int find_last_import(self) except -1:
        """The last import or namespace that stands before every sure rule; those behind one say nothing."""
        cdef int32_t index, whole
        cdef Rule *rule
        cdef Matcher matcher
        cdef bint is_sure
        if self.last_import < 0 or not self.matchers:
            return 0
        matcher = self.matchers[0]
        self.last_import = -1
        for index in range(self.sheet.last_import + 1):
            rule = &self.sheet.rules[index]
            if rule.parent >= 0:
                continue
            if rule.flags & (IS_IMPORT | IS_NAMESPACE):
                self.last_import = index
                if rule.flags & IS_NAMESPACE:
                    self.has_namespace = True
            elif rule.kind == STYLE:
                matcher.clear()
                matcher.base = self.sheet.base
                whole = matcher.read_list(self.sheet.base + rule.start, self.sheet.base + rule.brace, False, 0)
                is_sure = whole >= 0
                while whole >= 0:
                    is_sure = is_sure and not matcher.complexes[whole].flags & IS_UNSURE
                    whole = matcher.complexes[whole].next
                if is_sure:
                    break
        return 0

    cdef int judge_style(self, int32_t index) except -1:
        cdef Rule *rule = &self.sheet.rules[index]
        cdef Fate *fate = &self.fates[index]
        cdef const uint8_t *base = self.sheet.base
        cdef Matcher matcher
        cdef int32_t first, whole, count = 0, place
        cdef bint may_go = index > self.last_import, is_known = True, is_within = True
        cdef uint8_t used[512]      # of the first selectors of a list; a longer one stays whole if anything of it does
        fate.verdict = WRITTEN
        for place in range(512):
            used[place] = 0
        for matcher in self.matchers:
            matcher.clear()
            matcher.base = base
            matcher.are_types_wild = self.has_namespace
            first = matcher.read_list(base + rule.start, base + rule.brace, False, 0)
            if first < 0:
                is_known = False
                break
            whole = first
            count = 0
            while whole >= 0:
                place = count if count < 512 else 511
                count += 1
                if not used[place] & 1 and matcher.matches_anything(whole):
                    used[place] |= 1
                if matcher.complexes[whole].flags & IS_UNSURE:
                    used[place] |= 2
                if matcher.complexes[whole].flags & (IS_BEYOND | IS_MENTIONED):
                    is_within = False
                whole = matcher.complexes[whole].next
        if is_known and may_go:
            for place in range(count if count < 512 else 512):
                if used[place] & 1:
                    break
            else:
                fate.verdict = UNUSED if is_within else DROPPED
                return 0
        if not self.declarations.read(base, rule.brace + 1, rule.end - 1, index):
            # Rules among the declarations: they see the whole list, so it stays, and the block with it.
            fate.verdict = STAYS
        elif is_known and may_go and 1 < count <= 512 and not holds_comment(base + rule.start, base + rule.brace):
            self.choose_selectors(index, first, matcher, used)
        fate.last = self.declarations.count
        return 0

    cdef int choose_selectors(self, int32_t index, int32_t first, Matcher matcher, uint8_t *used) except -1:
        """Notes the selectors that stay, where some can go."""
        cdef Fate *fate = &self.fates[index]
        cdef int32_t whole = first, place = 0
        cdef uint32_t begin = self.kept_size
        cdef bint goes = False
        while whole >= 0:
            if used[place]:  # used, or not known to every browser
                self.keep_selector(matcher.complexes[whole].start, matcher.complexes[whole].end)
            else:
                goes = True
            place += 1
            whole = matcher.complexes[whole].next
        if goes:
            fate.selectors = begin
            fate.selector_count = (self.kept_size - begin) // 2
        else:
            self.kept_size = begin
        return 0

    cdef int write_selectors(self, int32_t index, Writer writer) except -1:
        """Writes the selectors of a style rule that stay."""
        cdef Rule *rule = &self.sheet.rules[index]
        cdef Fate *fate = &self.fates[index]
        cdef const uint8_t *base = self.sheet.base
        cdef const uint8_t *end
        cdef uint32_t place
        for place in range(fate.selector_count):
            if place:
                writer.put_byte(0x2C)
            writer.selector(
                base + self.kept[fate.selectors + 2 * place], base + self.kept[fate.selectors + 2 * place + 1]
            )
        if not fate.selector_count:
            end = base + rule.brace
            while end > base + rule.start and is_space(end[-1]) and not (
                end > base + rule.start + 1 and end[-2] == 0x5C
            ):
                end -= 1
            writer.selector(base + rule.start, end)
        return 0

    cdef uint64_t context(self, int32_t index, Writer writer) except? 0:
        """A hash of where a style rule stands and of its selectors: rules that share it have one weight."""
        cdef uint64_t hashed = seed()
        cdef int32_t group = self.sheet.rules[index].parent
        cdef const uint8_t *base = self.sheet.base
        writer.size = 0
        self.write_selectors(index, writer)
        while group >= 0:
            writer.put_byte(0x7B)
            if self.sheet.rules[group].kind == LAYER:
                hashed ^= <uint64_t>(group + 1) * <uint64_t>0x9E3779B97F4A7C15
            writer.put(base + self.sheet.rules[group].start, base + self.sheet.rules[group].prelude)
            writer.prelude(base + self.sheet.rules[group].prelude, base + self.sheet.rules[group].brace)
            group = self.sheet.rules[group].parent
        return hashed ^ hash_of(writer.data, writer.size)

    cdef int void_overridden(self) except -1:
        """Drops declarations that a later one of the same name, value and weight under the same selectors repeats.

        With equal selectors and a later place the repetition wins wherever the first would, whatever stands between.
        A custom property takes any value, so there the later one need not have the same; nor where every browser knows
        the later value: then the earlier was for browsers that are no more.
        """
        cdef WordSet later = WordSet()
        cdef Writer writer = Writer()
        cdef int32_t place
        cdef int32_t rule = -1
        cdef uint64_t where = 0, hashed
        cdef Declaration *each
        for place in range(self.declarations.count - 1, -1, -1):
            each = &self.declarations.listed[place]
            if self.sheet.rules[each.rule].kind != STYLE:
                continue
            if each.rule != rule:
                rule = each.rule
                where = self.context(rule, writer)
            hashed = where ^ (each.name * <uint64_t>0xD6E8FEB86659FD93)
            if later.has(mixed(hashed, KNOWN_IMPORTANT)) or (
                not each.flags & IS_IMPORTANT and later.has(mixed(hashed, KNOWN))
            ):
                each.flags |= IS_DROPPED
                continue
            if each.flags & IS_CUSTOM:
                hashed = mixed(hashed, each.flags & IS_IMPORTANT)
            else:
                writer.size = 0
                writer.declaration(self.sheet.base, each)
                if is_known(each, writer.data, writer.size):
                    later.add(mixed(hashed, KNOWN_IMPORTANT if each.flags & IS_IMPORTANT else KNOWN))
                hashed = mixed(hashed, each.flags & IS_IMPORTANT) ^ hash_of(writer.data, writer.size)
            if not later.add(hashed):
                each.flags |= IS_DROPPED
        return 0


cdef bint holds_comment(const uint8_t *cursor, const uint8_t *end) noexcept:
    while cursor < end:
        if is_comment(cursor, end):
            return True
        cursor += 1
    return False


cdef bint is_known(const Declaration *each, const uint8_t *written, size_t size) noexcept:
    """Whether every browser takes this value: lengths that are not negative, and colours in three or six digits.

    Asked of the declaration as it will be written, so that a second reading finds the same.
    """
    cdef const uint8_t *cursor = written + (each.name_end - each.start) + 1
    cdef const uint8_t *end = written + size
    cdef const uint8_t *start
    cdef int words = 0
    if each.flags & IS_IMPORTANT:
        end -= 10
    if each.flags & (IS_CUSTOM | IS_VERBATIM) or cursor >= end:
        return False
    if COLOURS.has(each.name):
        if cursor[0] != 0x23 or (end - cursor != 4 and end - cursor != 7):
            return False
        cursor += 1
        while cursor < end:
            if not (0x30 <= cursor[0] <= 0x39 or 0x61 <= lower(cursor[0]) <= 0x66):
                return False
            cursor += 1
        return True
    if not LENGTHS.has(each.name) and not SIDES.has(each.name):
        return False
    while cursor < end:
        start = cursor
        while cursor < end and 0x30 <= cursor[0] <= 0x39:
            cursor += 1
        if cursor + 1 < end and cursor[0] == 0x2E and 0x30 <= cursor[1] <= 0x39:
            cursor += 1
            while cursor < end and 0x30 <= cursor[0] <= 0x39:
                cursor += 1
        if cursor == start:
            return False
        if cursor < end and cursor[0] == 0x25:
            cursor += 1
        elif end - cursor >= 3 and lower(cursor[0]) == 0x72 and lower(cursor[1]) == 0x65 and lower(cursor[2]) == 0x6D:
            cursor += 3
        elif end - cursor >= 2 and (
            (lower(cursor[0]) == 0x70 and lower(cursor[1]) == 0x78)
            or (lower(cursor[0]) == 0x65 and lower(cursor[1]) == 0x6D)
        ):
            cursor += 2
        elif cursor - start != 1 or start[0] != 0x30:
            return False  # a number without a unit is a length only if it is 0
        words += 1
        if cursor < end and not is_space(cursor[0]):
            return False
        while cursor < end and is_space(cursor[0]):
            cursor += 1
    return words == 1 or (words <= 4 and SIDES.has(each.name))
