"""The names that scripts, handlers and data may put on elements: every word of their text, wherever it stands.

A name built by joining strings is known by its parts: a string that ends or begins with a hyphen or underscore, or that
stands next to a `+` or a `${…}`, is taken for the beginning or end of names. What a page's scripts do not mention in
any of these ways they are held not to make.
"""

from libc.stdint cimport uint8_t, uint64_t
from libc.stdlib cimport calloc, free

from optimizer.css.scan cimport KINDS, LETTER, NAME, is_space, lower

cdef enum:
    SHORTEST_PART = 3       # of a name, where no hyphen tells that it is one

# What a script that we have not read most often puts on elements: states, and what libraries note about the browser.
STATES = (
    b"active in show shown hide hidden visible invisible open opened close closed collapse collapsed collapsing expand "
    b"expanded fade fadein fadeout loading loaded loader ready error success warning disabled enabled selected current "
    b"checked focus focused hover hovered on off sticky stuck fixed affix scrolled scrolling dragging first last prev "
    b"next js no-js touch no-touch touchevents no-touchevents svg no-svg flexbox no-flexbox webp no-webp avif "
    b"csstransforms csstransitions cssanimations opacity rgba dark light mobile desktop tablet ios android chrome "
    b"firefox safari ie edge mac win animate animated is-active is-open is-visible is-hidden is-loading is-loaded "
    b"is-selected is-sticky is-fixed is-current has-focus has-error menu-open nav-open modal-open no-scroll noscroll "
    b"overflow-hidden backdrop overlay lazyload lazyloaded lazyloading lazy wf-active wf-inactive wf-loading "
    b"fonts-loaded initialized slick-initialized swiper-initialized"
).split()


cdef class WordSet:
    """Hashes, open addressing; grows at half full."""

    def __cinit__(self):
        self.mask = 63
        self.slots = <uint64_t *>calloc(self.mask + 1, sizeof(uint64_t))
        if self.slots == NULL:
            raise MemoryError

    def __dealloc__(self):
        free(self.slots)

    def __len__(self):
        return self.count

    cdef int add(self, uint64_t hashed) except -1 nogil:
        cdef size_t place, old
        cdef uint64_t *grown
        hashed |= 1
        if self.count * 2 > self.mask:
            grown = <uint64_t *>calloc(4 * (self.mask + 1), sizeof(uint64_t))
            if grown == NULL:
                with gil:
                    raise MemoryError
            for old in range(self.mask + 1):
                if self.slots[old]:
                    place = (self.slots[old] >> 20) & (4 * self.mask + 3)
                    while grown[place]:
                        place = (place + 1) & (4 * self.mask + 3)
                    grown[place] = self.slots[old]
            free(self.slots)
            self.slots = grown
            self.mask = 4 * self.mask + 3
        place = (hashed >> 20) & self.mask
        while self.slots[place]:
            if self.slots[place] == hashed:
                return 0
            place = (place + 1) & self.mask
        self.slots[place] = hashed
        self.count += 1
        return 1

    cdef bint has(self, uint64_t hashed) noexcept nogil:
        cdef size_t place
        hashed |= 1
        place = (hashed >> 20) & self.mask
        while self.slots[place]:
            if self.slots[place] == hashed:
                return True
            place = (place + 1) & self.mask
        return False


cdef class ScriptNames:
    """Every name that these texts may put on an element. `unread`: further scripts run that are not among them."""

    def __init__(self, texts=(), *, bint unread=False):
        cdef bytes text
        cdef const uint8_t *start
        self.words = WordSet()
        self.folded = WordSet()
        self.markup = WordSet()
        self.heads = WordSet()
        self.tails = WordSet()
        self.texts = [bytes(text) for text in texts]
        self.is_unread = unread
        self.is_empty = not self.texts and not unread
        if unread:
            for text in STATES:
                start = text
                self.words.add(hash_of(start, len(text)))
                self.folded.add(hash_of(start, len(text)))
        for text in self.texts:
            start = text
            self.read(start, start + len(text))

    def mentions(self, bytes name):
        """Whether a class, id or attribute of this name may be put on an element or taken from it."""
        cdef const uint8_t *start = name
        return self.mentioned(start, len(name))

    def creates(self, bytes tag):
        """Whether elements of this name may be made."""
        cdef const uint8_t *start = tag
        return self.makes(start, len(tag))

    cdef bint any_has(self, bytes text):
        cdef bytes each
        for each in self.texts:
            if text in each:
                return True
        return False

    cdef bint any_has_folded(self, bytes text):
        """Whether a text, given in lower case, stands anywhere in what scripts say, case ignored."""
        cdef bytes each
        if self.folded_texts is None:
            self.folded_texts = [each.lower() for each in self.texts]
        for each in self.folded_texts:
            if text in each:
                return True
        return False

    cdef int read(self, const uint8_t *start, const uint8_t *end) except -1 nogil:
        cdef const uint8_t *cursor = start
        cdef const uint8_t *word
        cdef const uint8_t *after
        cdef uint64_t hashed, folded, back
        cdef uint8_t before
        while cursor < end:
            if not KINDS[cursor[0]] & NAME:
                # A backslash and what it escapes stand for no letter of a name that we could know.
                cursor += 2 if cursor[0] == 0x5C else 1
                continue
            word = cursor
            hashed = folded = seed()
            while cursor < end and KINDS[cursor[0]] & NAME:
                hashed = mixed(hashed, cursor[0])
                folded = mixed(folded, lower(cursor[0]))
                cursor += 1
            self.words.add(hashed)
            self.folded.add(folded)
            if is_digit(word[0]):
                self.read_behind_digits(word, cursor, end)
            before = word[-1] if word > start else 0
            if before == 0x3C or (is_quote(before) and cursor < end and (is_quote(cursor[0]) or cursor[0] == 0x3E)):
                self.markup.add(folded)
            if cursor < end and goes_on(word, cursor, end):
                self.heads.add(folded)
            if came_from(start, word, cursor):
                back = seed()
                after = cursor
                while after > word:
                    after -= 1
                    back = mixed(back, lower(after[0]))
                self.tails.add(back)
        return 0

    cdef int read_behind_digits(self, const uint8_t *word, const uint8_t *cursor, const uint8_t *end) except -1 nogil:
        """What a replacement such as "$1name$2" puts behind what it found: no name begins with a digit."""
        cdef uint64_t hashed = seed(), folded = seed()
        cdef Py_ssize_t place
        while word < cursor and is_digit(word[0]):
            word += 1
        if word == cursor:
            return 0
        for place in range(cursor - word):
            hashed = mixed(hashed, word[place])
            folded = mixed(folded, lower(word[place]))
        self.words.add(hashed)
        self.folded.add(folded)
        if cursor < end and goes_on(word, cursor, end):
            self.heads.add(folded)
        return 0

    cdef bint mentioned(self, const uint8_t *name, size_t size) noexcept nogil:
        return self.mentioned_folded(name, size)

    cdef bint mentioned_folded(self, const uint8_t *name, size_t size) noexcept nogil:
        cdef uint64_t hashed
        cdef size_t place
        if self.is_empty:
            return False
        hashed = seed()
        for place in range(size):
            hashed = mixed(hashed, lower(name[place]))
            if self.heads.count and self.heads.has(hashed):
                return True
        if self.folded.has(hashed):
            return True
        if self.tails.count:
            hashed = seed()
            for place in range(size):
                hashed = mixed(hashed, lower(name[size - 1 - place]))
                if self.tails.has(hashed):
                    return True
        # dataset.fooBar is the attribute data-foo-bar, ariaLabel aria-label.
        if size > 5 and name[4] == 0x2D:
            hashed = seed()
            for place in range(5, size):
                if name[place] != 0x2D:
                    hashed = mixed(hashed, lower(name[place]))
            if lower(name[0]) == 0x64 and lower(name[1]) == 0x61 and lower(name[2]) == 0x74 and self.folded.has(hashed):
                return True
        return False

    cdef bint makes(self, const uint8_t *tag, size_t size) noexcept nogil:
        cdef uint64_t hashed = seed()
        cdef size_t place
        if self.is_empty:
            return False
        for place in range(size):
            hashed = mixed(hashed, lower(tag[place]))
        return self.markup.has(hashed)


cdef inline bint is_digit(uint8_t byte) noexcept nogil:
    return 0x30 <= byte <= 0x39


cdef inline bint is_quote(uint8_t byte) noexcept nogil:
    return byte == 0x22 or byte == 0x27 or byte == 0x60


cdef bint goes_on(const uint8_t *word, const uint8_t *cursor, const uint8_t *end) noexcept nogil:
    """Whether this word, the end of a string, is joined with what follows."""
    cdef bint is_cut = cursor[-1] == 0x2D or cursor[-1] == 0x5F
    if cursor[0] == 0x24 and cursor + 1 < end and cursor[1] == 0x7B:
        return is_cut or cursor - word >= SHORTEST_PART
    if not is_quote(cursor[0]):
        return False
    if is_cut:
        return True
    cursor += 1
    while cursor < end and is_space(cursor[0]):
        cursor += 1
    return cursor < end and cursor[0] == 0x2B and cursor - word > SHORTEST_PART and KINDS[word[0]] & LETTER


cdef bint came_from(const uint8_t *start, const uint8_t *word, const uint8_t *cursor) noexcept nogil:
    """Whether this word, the beginning of a string, is joined with what comes before."""
    cdef bint is_cut = word[0] == 0x2D or word[0] == 0x5F
    cdef size_t size = cursor - word
    if word == start or (word[0] == 0x2D and size < 2):
        return False
    word -= 1
    if word[0] == 0x7D:
        return is_cut
    if not is_quote(word[0]):
        return False
    if is_cut and size > 1:
        return True
    while word > start and is_space(word[-1]):
        word -= 1
    return word > start and word[-1] == 0x2B and size >= SHORTEST_PART
