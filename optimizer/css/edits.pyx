"""The engine's verb: style sheets, the pages that use them and the names that scripts know in, edits out.

Rules are judged first; then what is left says which custom properties, animations and fonts are asked for; then what
stays is written anew, one edit a rule.
"""

from libc.stdint cimport int32_t, int64_t, uint8_t, uint32_t
from optimizer.css.analysis cimport DROPPED, STAYS, WRITTEN, Fate, Judged
from optimizer.css.asked cimport Asked
from optimizer.css.declarations cimport IS_DROPPED, Declarations
from optimizer.css.matching cimport Matcher
from optimizer.css.minify cimport Writer
from optimizer.css.page_index cimport AS_ATTRIBUTE, AS_CLASS, AS_ID, PageIndex
from optimizer.css.scan cimport begins_name, is_comment, is_space, past_comment, past_filling, past_name
from optimizer.css.sheet cimport (
    FONT_FACE, GROUP, IS_ODD, IS_OPEN, KEYFRAMES, LAYER, PROPERTY, STYLE, Rule, Sheet, Span, skip,
)
from optimizer.css.words cimport ScriptNames

KINDS_OF_EDITS = ("minified", "dropped", "unused")
Edit = tuple[int, int, bytes, str, int]
"""Start, end, replacement, kind, and the rule's index; -1 between rules."""


cdef class Analysis:
    """The edits of each sheet, and the names that what stays of them asks for."""
    cdef readonly list edits
    cdef readonly frozenset classes
    cdef readonly frozenset ids
    cdef readonly frozenset attributes


def analyse(sheets, pages, ScriptNames names not None, *, bint keep_licenses=True, bint unread_styles=False):
    """What can go from these sheets, which all these pages use: for each sheet a list of
    (start, end, replacement, kind, rule), in order, not overlapping. Between rules the rule is -1.

    Where styles apply that are not among the sheets, `unread_styles`, every custom property, animation and font stays.
    """
    pages = list(pages)
    cdef list matchers = [Matcher(page, names) for page in pages]
    cdef list judged = [Judged(sheet, matchers) for sheet in sheets]
    cdef Asked asked = Asked(names, unread_styles=unread_styles)
    cdef Judged each
    cdef PageIndex page
    cdef Analysis told = Analysis()
    asked.sweep(pages, judged)
    for each in judged:
        drop_empty(each)
        for matcher in matchers:
            mark_names(each, matcher)
    told.edits = [write(each, keep_licenses) for each in judged]
    told.classes = frozenset().union(*[page.names_used(AS_CLASS) for page in pages])
    told.ids = frozenset().union(*[page.names_used(AS_ID) for page in pages])
    told.attributes = frozenset().union(*[page.names_used(AS_ATTRIBUTE) for page in pages])
    return told


cdef int drop_empty(Judged each) except -1:
    """Drops style rules without a declaration, and groups without a rule. A layer's name keeps its place."""
    cdef int32_t index, place
    cdef bint is_empty
    cdef Rule *rules = each.sheet.rules
    cdef bytearray has_inner
    if each.is_kept_whole:
        return 0
    has_inner = bytearray(each.sheet.count)
    for index in range(each.sheet.count - 1, each.last_import, -1):
        if rules[index].kind == STYLE and each.fates[index].verdict == WRITTEN:
            is_empty = True
            for place in range(each.fates[index].first, each.fates[index].last):
                if not each.declarations.listed[place].flags & IS_DROPPED:
                    is_empty = False
                    break
            if is_empty:
                each.fates[index].verdict = DROPPED
        elif rules[index].kind == GROUP and each.fates[index].verdict == WRITTEN and not rules[index].flags & IS_OPEN:
            if not has_inner[index]:
                each.fates[index].verdict = DROPPED
        if each.fates[index].verdict < DROPPED and rules[index].parent >= 0:
            has_inner[rules[index].parent] = 1
    return 0


cdef int mark_names(Judged each, Matcher matcher) except -1:
    """Marks the page's names that what stays of a sheet names."""
    cdef int32_t index
    cdef uint32_t place
    cdef Rule *rule
    cdef Fate *fate
    cdef const uint8_t *base = each.sheet.base
    if each.is_kept_whole:
        return mark_span(base, base + each.sheet.size, matcher)
    for index in range(each.sheet.count):
        rule = &each.sheet.rules[index]
        fate = &each.fates[index]
        if fate.verdict >= DROPPED:
            continue
        if fate.verdict == STAYS and rule.kind != GROUP and rule.kind != LAYER:
            mark_span(base + rule.start, base + rule.end, matcher)
        elif rule.kind != STYLE:
            mark_span(base + rule.start, base + rule.brace, matcher)
        elif fate.selector_count:
            for place in range(fate.selector_count):
                mark_span(
                    base + each.kept[fate.selectors + 2 * place], base + each.kept[fate.selectors + 2 * place + 1],
                    matcher,
                )
        else:
            mark_span(base + rule.start, base + rule.brace, matcher)
    return 0


cdef int mark_span(const uint8_t *cursor, const uint8_t *end, Matcher matcher) except -1:
    cdef PageIndex page = matcher.page
    cdef const uint8_t *name
    cdef int64_t place
    cdef int32_t atom
    cdef uint8_t use
    while cursor < end:
        use = 0
        if cursor[0] == 0x2E:
            use = AS_CLASS
        elif cursor[0] == 0x23:
            use = AS_ID
        elif cursor[0] == 0x5B:
            use = AS_ATTRIBUTE
        if not use:
            cursor += 1
            continue
        name = past_filling(cursor + 1, end) if use == AS_ATTRIBUTE else cursor + 1
        cursor = cursor + 1
        if name >= end or not begins_name(name, end):
            continue
        cursor = past_name(name, end)
        matcher.scratch_size = 0
        place = matcher.put_name(name, cursor, page.is_quirks or use == AS_ATTRIBUTE)
        if place < 0:
            # A name that bytes do not tell may be any that looks odd: none of those go.
            for atom in range(page.atom_count):
                page.atoms[atom].used |= use
            continue
        atom = page.find(matcher.scratch + place, matcher.scratch_size - <uint32_t>place)
        if atom >= 0:
            page.atoms[atom].used |= use
    return 0


cdef list write(Judged each, bint keep_licenses):
    """The edits of one sheet."""
    cdef list edits = []
    cdef Sheet sheet = each.sheet
    cdef Writer writer = Writer()
    cdef const uint8_t *base = sheet.base
    cdef Rule *rule
    cdef Fate *fate
    cdef int32_t index, group
    cdef uint32_t at = 0, stop
    cdef list open_groups = []
    if each.is_kept_whole:
        return edits
    for index in range(sheet.count + 1):
        # Groups that end before this rule.
        while open_groups and (index == sheet.count or sheet.rules[index].parent != open_groups[-1]):
            group = open_groups.pop()
            if sheet.rules[group].flags & IS_OPEN:
                continue
            if not sheet.rules[group].flags & IS_ODD and not each.is_in_odd_group(group):
                fill(edits, sheet, at, sheet.rules[group].end - 1, keep_licenses)
            if each.fates[group].verdict == DROPPED:
                edits.append((sheet.rules[group].end - 1, sheet.rules[group].end, b"", "dropped", group))
            at = sheet.rules[group].end
        if index == sheet.count:
            break
        rule = &sheet.rules[index]
        fate = &each.fates[index]
        if each.is_in_odd_group(index):
            if rule.kind == GROUP or rule.kind == LAYER:
                open_groups.append(index)
            at = rule.end
            continue
        fill(edits, sheet, at, rule.start, keep_licenses)
        if rule.kind == GROUP or rule.kind == LAYER:
            open_groups.append(index)
            stop = rule.brace + 1
        else:
            stop = rule.end
        at = stop
        if fate.verdict >= DROPPED:
            edits.append((rule.start, stop, b"", KINDS_OF_EDITS[fate.verdict - 1], index))
            continue
        if fate.verdict == STAYS:
            continue
        writer.size = 0
        if rule.kind == STYLE:
            each.write_selectors(index, writer)
            writer.put_byte(0x7B)
            writer.declarations(base, each.declarations, fate.first, fate.last)
            writer.put_byte(0x7D)
        elif rule.kind == KEYFRAMES:
            if not write_keyframes(sheet, rule, writer):
                continue
        else:
            writer.put(base + rule.start, base + rule.prelude)
            writer.prelude(base + rule.prelude, base + rule.brace)
            writer.put_byte(0x7B)
            if rule.kind == FONT_FACE or rule.kind == PROPERTY:
                writer.declarations(base, each.declarations, fate.first, fate.last)
                writer.put_byte(0x7D)
        if writer.size < stop - rule.start:
            edits.append((rule.start, stop, writer.data[: writer.size], "minified", index))
    if not sheet.count or not sheet.rules[sheet.count - 1].flags & IS_OPEN:
        fill(edits, sheet, at, sheet.size, keep_licenses)
    return edits


cdef int fill(list edits, Sheet sheet, uint32_t start, uint32_t end, bint keep_licenses) except -1:
    """Takes away what stands between rules, if that is only white-space and comments."""
    cdef const uint8_t *cursor = sheet.base + start
    cdef const uint8_t *stop = sheet.base + end
    cdef const uint8_t *begin
    cdef bytes kept = b""
    if start >= end:
        return 0
    while cursor < stop:
        if is_space(cursor[0]):
            cursor += 1
        elif is_comment(cursor, stop):
            begin = cursor
            cursor = past_comment(cursor, stop)
            if keep_licenses and cursor - begin > 4 and begin[2] == 0x21 and cursor[-1] == 0x2F:
                kept += begin[: cursor - begin]
        else:
            return 0
    if <uint32_t>len(kept) < end - start:
        edits.append((start, end, kept, "minified", -1))
    return 0


cdef bint write_keyframes(Sheet sheet, Rule *rule, Writer writer) except -1:
    """Writes the steps of an animation; False where they are not understood."""
    cdef const uint8_t *base = sheet.base
    cdef const uint8_t *cursor = base + rule.brace + 1
    cdef const uint8_t *end = base + rule.end - 1
    cdef const uint8_t *last
    cdef Declarations read = Declarations()
    cdef Span head, block
    writer.put(base + rule.start, base + rule.prelude)
    writer.prelude(base + rule.prelude, base + rule.brace)
    writer.put_byte(0x7B)
    while True:
        cursor = past_filling(cursor, end)
        if cursor >= end:
            break
        head = skip(cursor, end, True, True)
        if head.is_beyond or head.at >= end or head.at[0] != 0x7B:
            return False
        block = skip(head.at + 1, end, False, True)
        if block.is_beyond or block.at >= end:
            return False
        last = head.at
        while last > cursor and is_space(last[-1]):
            last -= 1
        writer.selector(cursor, last)
        writer.put_byte(0x7B)
        read.count = 0
        if not read.read(base, <uint32_t>(head.at + 1 - base), <uint32_t>(block.at - base), 0):
            return False
        writer.declarations(base, read, 0, read.count)
        writer.put_byte(0x7D)
        cursor = block.at + 1
    writer.put_byte(0x7D)
    return True
