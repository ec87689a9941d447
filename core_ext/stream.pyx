"""The proof of a page stretch by stretch, for pages that are larger than what may be held: give it a mapped file.

Beside the page, its rules and what replaces tokens, a few megabytes are held, however large the page is. What comes out
is what lex(), trace() and roots_of() give. Rules that ask for what stands around a token are not judged here: that
takes columns of the whole page (`misplaced`, `matched`), which may be mapped files too.
"""

from core_ext.errors import PageTooLarge, RuleViolation
from core_ext.lexer cimport lex_on
from core_ext.roots cimport Columns as Leaves
from core_ext.roots cimport Page, add_stretch, finish
from core_ext.state cimport Lexer, close_lexer, open_lexer, put
from core_ext.steps cimport STEP
from core_ext.trace import packed
from core_ext.trace cimport Ancestors, Columns, Output, Replacements, apply_rules
from libc.stdint cimport uint8_t, uint32_t, uint64_t
from libc.stdlib cimport calloc, free, realloc
from libc.string cimport memset

cdef enum:
    HASH = 32
    PIECE = 1024
    ROW = 5     # kind u8, size u32


cdef class Stretch:
    """Tokens of one stretch, their steps and what came out, as trace.bin has them (docs/PROTOCOL.md, 5).

    `kinds`, `starts` and `out_starts` (uint32 of this machine, without the page's end) are columns as others take them.
    """

    cdef readonly Py_ssize_t count
    cdef readonly bytes kinds
    cdef readonly bytes starts
    cdef readonly bytes out_starts
    cdef readonly bytes tokens
    cdef readonly bytes steps
    cdef readonly bytes optimized
    cdef readonly Py_ssize_t out_count
    cdef readonly bytes out_tokens

    def __init__(self):
        raise TypeError("a stretch comes from a ProofStream")


cdef class ProofStream:
    """Iterates over the stretches of a page; roots, totals and counts are there once they are exhausted.

    Raises RuleViolation where a rule may not be applied by its own token, ValueError for an empty page, an emptied
    one, or a wrong number of rules.
    """

    cdef const uint8_t[::1] page
    cdef const uint8_t[::1] rules
    cdef const uint8_t[::1] put_in
    cdef const uint32_t[::1] put_at
    cdef const uint32_t[::1] put_from
    cdef size_t most
    cdef Lexer lx
    cdef Output o
    cdef Replacements r
    cdef Ancestors *around
    cdef Page *trees
    cdef size_t room        # tokens that the output's columns have room for
    cdef size_t page_room   # and bytes
    cdef uint32_t out_bytes     # that came out of the stretches before
    cdef bint is_done
    cdef readonly bytes src
    cdef readonly bytes opt
    cdef readonly bytes trace
    cdef readonly object src_bytes
    cdef readonly object opt_bytes
    cdef readonly object attested_bytes
    cdef readonly object n
    cdef readonly object m
    cdef readonly int depth_s
    cdef readonly int depth_o

    def __cinit__(
        self,
        const uint8_t[::1] page not None,
        const uint8_t[::1] rules not None,
        replacements=None,
        *,
        size_t stretch_tokens=65536,
    ):
        if page.shape[0] > 0xFFFFFFFE:
            raise PageTooLarge(f"a page of {page.shape[0]} bytes: at most {0xFFFFFFFE} fit 32-bit offsets")
        if page.shape[0] == 0:
            raise ValueError("an empty page has no proof")
        if stretch_tokens == 0:
            raise ValueError("a stretch has at least 1 token")
        self.page = page
        self.rules = rules
        self.most = stretch_tokens
        self.put_in, self.put_at, self.put_from = packed(rules, replacements or {})
        self.r.put_in = &self.put_in[0]
        self.r.tokens = &self.put_at[0]
        self.r.starts = &self.put_from[0]
        self.r.count = self.put_from.shape[0] - 1
        self.around = <Ancestors *>calloc(1, sizeof(Ancestors))
        self.trees = <Page *>calloc(1, sizeof(Page))
        if not (open_lexer(&self.lx, &page[0], page.shape[0], 4096) and self.around and self.trees):
            raise MemoryError
        self.trees.source.has_sums = True
        self.trees.output.has_sums = True

    def __dealloc__(self):
        close_lexer(&self.lx)
        free(self.around)
        free(self.trees)
        free(self.o.page)
        free(self.o.kinds)
        free(self.o.starts)
        free(self.o.steps)

    def __iter__(self):
        return self

    def __next__(self) -> Stretch:
        cdef size_t count
        cdef Py_ssize_t refused
        cdef Columns t
        cdef Leaves source, output
        cdef const uint8_t *rules
        if self.is_done:
            raise StopIteration
        if self.lx.cursor == self.lx.end:
            self.close()
            raise StopIteration
        with nogil:
            lex_on(&self.lx, self.most)
            # Where the last token ends the next one begins; it is no token of this stretch.
            put(&self.lx, 0, self.lx.cursor, 0)
        if self.lx.failed:
            raise MemoryError
        count = self.lx.count - 1
        if <size_t>self.rules.shape[0] < self.o.before + count:
            raise ValueError(f"{self.rules.shape[0]} rules for at least {self.o.before + count} tokens")
        self.make_room(count)
        t.page = self.lx.page
        t.kinds = self.lx.kinds
        t.starts = self.lx.starts
        t.flags = self.lx.flags
        t.depths = self.lx.depths
        t.parents = self.lx.parents
        t.count = count
        rules = &self.rules[self.o.before]
        source.page = self.lx.page
        source.limit = self.lx.end
        source.kinds = self.lx.kinds
        source.starts = self.lx.starts
        with nogil:
            self.o.size = 0
            self.o.count = 0
            refused = apply_rules(&t, rules, &self.r, &self.o, self.around)
            if refused < 0:
                output.page = self.o.page
                output.limit = self.o.page + self.o.size
                output.kinds = self.o.kinds
                output.starts = self.o.starts
                # What it knows of optimized tokens points into what is overwritten by the next stretch.
                memset(&self.trees.memo, 0, sizeof(self.trees.memo))
                add_stretch(self.trees, &source, count, self.o.steps, &output)
        if refused >= 0:
            words = f"kind {t.kinds[refused]}, flags 0x{t.flags[refused]:04x}"
            raise RuleViolation(self.o.before + refused, rules[refused], words)
        return self.taken(count)

    cdef int make_room(self, size_t count) except -1:
        """Room for what may come out of the stretch in the lexer's columns."""
        cdef size_t i, size = self.lx.starts[count] - self.lx.starts[0]
        cdef void *moved
        # A replacement may be longer than its token, but not than a piece.
        for i in range(self.r.next, self.r.count):
            if self.r.tokens[i] >= self.o.before + count:
                break
            size += PIECE
        if size >= self.page_room:
            moved = realloc(self.o.page, size + 1)
            if moved == NULL:
                raise MemoryError
            self.o.page = <uint8_t *>moved
            self.page_room = size + 1
        if count >= self.room:
            moved = realloc(self.o.kinds, count + 1)
            if moved == NULL:
                raise MemoryError
            self.o.kinds = <uint8_t *>moved
            moved = realloc(self.o.starts, (count + 1) * 4)
            if moved == NULL:
                raise MemoryError
            self.o.starts = <uint32_t *>moved
            moved = realloc(self.o.steps, (count + 1) * STEP)
            if moved == NULL:
                raise MemoryError
            self.o.steps = <uint8_t *>moved
            self.room = count + 1
        return 0

    cdef Stretch taken(self, size_t count):
        """What the columns hold, which are empty then."""
        cdef size_t i
        cdef Stretch stretch = Stretch.__new__(Stretch)
        stretch.count = count
        stretch.tokens = rows(self.lx.kinds, self.lx.starts, count)
        stretch.steps = (<const char *>self.o.steps)[: count * STEP]
        stretch.optimized = (<const char *>self.o.page)[: self.o.size]
        stretch.out_count = self.o.count
        stretch.out_tokens = rows(self.o.kinds, self.o.starts, self.o.count)
        stretch.kinds = (<const char *>self.lx.kinds)[:count]
        stretch.starts = (<const char *>self.lx.starts)[: count * 4]
        for i in range(<size_t>self.o.count):
            self.o.starts[i] += self.out_bytes
        stretch.out_starts = (<const char *>self.o.starts)[: self.o.count * 4]
        self.out_bytes += <uint32_t>self.o.size
        self.o.before += count
        self.o.out_before += <uint32_t>self.o.count
        self.lx.base += <uint32_t>count
        self.lx.count = 0
        return stretch

    cdef int close(self) except -1:
        cdef uint8_t root[3 * HASH]
        cdef uint64_t totals[3]
        if <size_t>self.rules.shape[0] != self.o.before:
            raise ValueError(f"{self.rules.shape[0]} rules for {self.o.before} tokens")
        if self.o.out_before == 0:
            raise ValueError("a tree has at least 1 leaf, not 0")
        with nogil:
            self.depth_s = finish(&self.trees.source, root, totals)
            self.depth_o = finish(&self.trees.output, root + HASH, totals + 1)
            finish(&self.trees.trace, root + 2 * HASH, totals + 2)
        self.src, self.opt, self.trace = root[:HASH], root[HASH : 2 * HASH], root[2 * HASH : 3 * HASH]
        self.src_bytes, self.opt_bytes = totals[0], totals[1]
        self.attested_bytes = self.o.attested
        self.n, self.m = self.o.before, self.o.out_before
        self.is_done = True
        return 0


cdef bytes rows(const uint8_t *kinds, const uint32_t *starts, size_t count):
    """kind u8, size u32 of each token."""
    cdef bytes packed_rows = b"\0" * (ROW * count)
    cdef uint8_t *row = <uint8_t *><char *>packed_rows
    cdef size_t i
    cdef uint32_t size
    for i in range(count):
        size = starts[i + 1] - starts[i]
        row[0] = kinds[i]
        row[1] = size >> 24
        row[2] = (size >> 16) & 0xFF
        row[3] = (size >> 8) & 0xFF
        row[4] = size & 0xFF
        row += ROW
    return packed_rows
