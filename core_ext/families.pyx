"""The table of families, filled once when the module is loaded."""

from core_ext.elements cimport LONGEST_NAME, Name, read_name
from libc.stdint cimport uint8_t, uint64_t

cdef enum:
    SLOTS = 256  # a power of two, about four times the names

cdef struct Slot:
    uint64_t low
    uint64_t high
    size_t size
    Family family

cdef Slot TABLE[SLOTS]


cdef inline size_t slot_of(uint64_t low, uint64_t high, size_t size) noexcept nogil:
    return ((low ^ (high << 1) ^ size) * <uint64_t>0x9E3779B97F4A7C15 >> 56) & (SLOTS - 1)


cdef Family family_of(const Name *name) noexcept nogil:
    """The family of a name; all zero for one that is in none."""
    cdef Family none
    cdef size_t slot
    none.traits = 0
    none.own = 0
    none.starts = 0
    none.ends = 0
    if name.size > LONGEST_NAME:
        return none
    slot = slot_of(name.low, name.high, name.size)
    while TABLE[slot].size != 0:
        if TABLE[slot].low == name.low and TABLE[slot].high == name.high and TABLE[slot].size == name.size:
            return TABLE[slot].family
        slot = (slot + 1) & (SLOTS - 1)
    return none


def _fill() -> None:
    block = (
        "address article aside blockquote center dd details dir div dl dt fieldset figcaption figure footer h1 h2 h3 "
        "h4 h5 h6 header hgroup hr li main menu nav ol p pre section summary table ul"
    )
    part = "caption colgroup col tbody tfoot thead tr td th"
    traits = {
        BLOCK: block,
        EDGE: f"{part} html head body form script style link meta base template noscript title",
        PART: part,
        WRAP: "colgroup tbody tfoot thead tr",
        HEAD: "html head body base link meta title style script",
    }
    own = "li dt dd p option optgroup tr td thead tbody tfoot caption colgroup head rt".split()
    bits = {name: 1 << place for place, name in enumerate(own)}
    bits["th"] = bits["td"]
    bits["rp"] = bits["rt"]
    # An end tag may be left out before one of these start tags,
    starts = {
        "li": "li",
        "dt": "dt dd",
        "dd": "dt dd",
        "p": " ".join(sorted(set(block.split()) - {"table", "summary"})),
        "option": "option optgroup",
        "optgroup": "optgroup",
        "tr": "tr",
        "td": "td th",
        "thead": "tbody tfoot",
        "tbody": "tbody tfoot",
        "tfoot": "tbody",
        "caption": "colgroup thead tbody tfoot tr",
        "colgroup": "colgroup thead tbody tfoot tr",
        "head": "body",
    }
    # or where the element around it ends.
    ends = {
        "li": "ul ol menu dir",
        "dd": "dl",
        "p": " ".join(sorted(set(block.split()) - {"p", "hr", "table", "summary"})) + " td th",
        "option": "select optgroup",
        "optgroup": "select",
        "tr": "tbody thead tfoot table",
        "td": "tr",
        "tbody": "table",
        "tfoot": "table",
        "rt": "ruby",
    }
    entries = {}

    def entry(name):
        return entries.setdefault(name, [0, bits.get(name, 0), 0, 0])

    for trait, names in traits.items():
        for name in names.split():
            entry(name)[0] |= trait
    for name in bits:
        entry(name)
    for place, table in ((2, starts), (3, ends)):
        for name, closers in table.items():
            for closer in closers.split():
                entry(closer)[place] |= bits[name]
    cdef Name read
    cdef size_t slot
    cdef bytes encoded
    for text in sorted(entries):
        encoded = text.encode()
        read = read_name(<const uint8_t *>encoded, <const uint8_t *>encoded + len(encoded))
        slot = slot_of(read.low, read.high, read.size)
        while TABLE[slot].size != 0:
            slot = (slot + 1) & (SLOTS - 1)
        TABLE[slot].low = read.low
        TABLE[slot].high = read.high
        TABLE[slot].size = read.size
        TABLE[slot].family.traits = entries[text][0]
        TABLE[slot].family.own = entries[text][1]
        TABLE[slot].family.starts = entries[text][2]
        TABLE[slot].family.ends = entries[text][3]


_fill()
