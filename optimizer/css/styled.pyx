"""Which elements of a page a style sheet may give certain properties, over all media and states.

It is the cascade without its order: every value that a declaration may bring, so that a pass can rule out what none
brings. Where a rule is not understood it may bring anything, which the value UNKNOWN says.
"""

from array import array

from cpython.array cimport array as Array, clone, resize
from libc.stdint cimport int32_t, uint8_t, uint32_t
from optimizer.css.declarations cimport IS_CUSTOM, IS_VERBATIM, Declaration, Declarations
from optimizer.css.matching cimport NO, YES, Matcher
from optimizer.css.page_index cimport PageIndex
from optimizer.css.parts cimport IS_DEAD
from optimizer.css.asked cimport names_animation
from optimizer.css.sheet cimport IS_ODD, KEYFRAMES, LAYER, OTHER, STYLE, Rule, Sheet
from optimizer.css.words cimport ScriptNames, WordSet, hash_of

cdef Array TEMPLATE = array("i")

UNKNOWN = b"var(--unknown)"

cdef enum:
    MOST_STEPS = 4_000_000


def declarations(bytes text not None):
    """The properties, in lower case, and values of a style attribute; None where they are not understood."""
    cdef const uint8_t *base = text
    cdef Declarations read = Declarations()
    cdef int32_t place
    if not read.read(base, 0, <uint32_t>len(text), 0):
        return None
    return [pair_of(text, &read.listed[place]) for place in range(read.count)]


def styled(sheets, PageIndex page not None, ScriptNames names not None, properties):
    """What the sheets may give: (property, value, rows, is_certain, pseudo-element) for each declaration of one of
    these properties. Rows are the tree's; certain means that the declaration applies to them at any time.
    """
    cdef list told = []
    cdef Matcher matcher = Matcher(page, names)
    cdef Sheet sheet
    cdef list stepped = []          # properties and values of animations
    cdef set animated = set()       # rows that may have one
    cdef frozenset wanted = frozenset(properties)
    cdef WordSet hashes = WordSet()
    cdef bytes each
    for each in wanted:
        hashes.add(hash_of(each, len(each)))
    page.count_places()
    for sheet in sheets:
        read_sheet(sheet, matcher, wanted, hashes, told, stepped, animated)
    if stepped:
        place_animated(page, animated)
        rows = array("i", sorted(animated))
        told += [(name, value, rows, False, b"") for name, value in dict.fromkeys(stepped)]
    return told


cdef int read_sheet(
    Sheet sheet, Matcher matcher, frozenset wanted, WordSet hashes, list told, list stepped, set animated
) except -1:
    cdef Declarations read = Declarations()
    cdef const uint8_t *base = sheet.base
    cdef Rule *rule
    cdef int32_t index, place, group
    cdef bint is_conditional
    cdef bint is_animated
    cdef list pairs
    if sheet.is_beyond:
        return tell_unknown(sheet, 0, sheet.size, matcher.page, wanted, told)
    for index in range(sheet.count):
        rule = &sheet.rules[index]
        if rule.kind == KEYFRAMES:
            read_steps(sheet, rule, wanted, stepped)
            continue
        if rule.kind == OTHER:
            tell_unknown(sheet, rule.start, rule.end, matcher.page, wanted, told)
        if rule.kind != STYLE:
            continue
        read.count = 0
        if not read.read(base, rule.brace + 1, rule.end, index) and not read.read(
            base, rule.brace + 1, rule.end - 1, index
        ):
            tell_unknown(sheet, rule.start, rule.end, matcher.page, wanted, told)
            continue
        pairs = []
        is_animated = False
        for place in range(read.count):
            if names_animation(base + read.listed[place].start, base + read.listed[place].name_end):
                is_animated = True
            if not read.listed[place].flags & IS_VERBATIM and not hashes.has(read.listed[place].name):
                continue
            name, value = pair_of(sheet.text, &read.listed[place])
            if b"\\" in name:
                pairs += [(each, UNKNOWN) for each in wanted]
            elif name in wanted:
                pairs.append((name, value))
        if not pairs and not is_animated:
            continue
        is_conditional = False
        group = rule.parent
        while group >= 0:
            if sheet.rules[group].kind != LAYER or sheet.rules[group].flags & IS_ODD:
                is_conditional = True
            group = sheet.rules[group].parent
        tell(sheet, rule, matcher, is_conditional, pairs, told, animated if is_animated else None)
    return 0


cdef int tell(
    Sheet sheet, Rule *rule, Matcher matcher, bint is_conditional, list pairs, list told, set animated
) except -1:
    """Notes the rows that each selector of a rule may match, and those that it surely does."""
    cdef int32_t whole, place, count, element
    cdef int32_t may_count, sure_count
    cdef int32_t *listed
    cdef Array may, surely
    cdef int found
    cdef bytes pseudo
    matcher.clear()
    matcher.base = sheet.base
    matcher.are_types_wild = sheet.last_import >= 0 and b"@namespace" in sheet.text  # rare, and then types say less
    whole = matcher.read_list(sheet.base + rule.start, sheet.base + rule.brace, False, 0)
    if whole < 0:
        return tell_unknown(sheet, rule.start, rule.end, matcher.page, frozenset(name for name, _ in pairs), told)
    while whole >= 0:
        listed = matcher.candidates(matcher.complexes[whole].last, &count)
        if matcher.complexes[whole].flags & IS_DEAD:
            count = 0
        may, surely = clone(TEMPLATE, count, False), clone(TEMPLATE, count, False)
        may_count = sure_count = 0
        matcher.steps = MOST_STEPS
        for place in range(count):
            element = listed[place] if listed != NULL else place
            found = matcher.matches(whole, element)
            if found == YES and not is_conditional:
                surely.data.as_ints[sure_count] = matcher.page.elements[element].row
                sure_count += 1
            elif found != NO:
                may.data.as_ints[may_count] = matcher.page.elements[element].row
                may_count += 1
        resize(may, may_count)
        resize(surely, sure_count)
        pseudo = sheet.text[matcher.complexes[whole].element : matcher.complexes[whole].element_end].lower()
        for name, value in pairs:
            if may:
                told.append((name, value, may, False, pseudo))
            if surely:
                told.append((name, value, surely, True, pseudo))
        if animated is not None:
            animated.update(may)
            animated.update(surely)
        whole = matcher.complexes[whole].next
    return 0


cdef int tell_unknown(
    Sheet sheet, uint32_t start, uint32_t end, PageIndex page, frozenset wanted, list told
) except -1:
    """Every property that a text names may come to any element, with any value."""
    cdef bytes text = sheet.text[start:end].lower()
    cdef int32_t element
    named = [name for name in sorted(wanted) if name in text or b"\\" in text]
    if named:
        rows = array("i", [page.elements[element].row for element in range(page.count)])
        told += [(name, UNKNOWN, rows, False, b"") for name in named]
    return 0


cdef int read_steps(Sheet sheet, Rule *rule, frozenset wanted, list stepped) except -1:
    """The properties that an animation names, with any value."""
    cdef bytes text = sheet.text[rule.brace : rule.end].lower()
    stepped += [(name, UNKNOWN) for name in sorted(wanted) if name in text or b"\\" in text]
    return 0


cdef int place_animated(PageIndex page, set animated) except -1:
    """Adds the elements whose own style names an animation."""
    cdef int32_t element
    cdef int place, row
    for element in range(page.count):
        row = page.elements[element].row
        for place in range(page.first_attributes[row], page.first_attributes[row + 1]):
            if page.tree.attribute_words[page.attribute_names[place]] == "style" and (
                b"animation" in page.tree.value(place).lower()
            ):
                animated.add(row)
    return 0


cdef tuple pair_of(bytes text, Declaration *declaration):
    cdef bytes name = text[declaration.start : declaration.name_end]
    cdef bytes value = text[declaration.value : declaration.value_end]
    if declaration.flags & IS_CUSTOM:
        return name, value
    if declaration.flags & IS_VERBATIM:
        return name.lower(), UNKNOWN
    return name.lower(), value.lower()
