"""The three roots of a page and its trace, without the trees: what a prover needs, in memory that does not grow.

Leaves are joined in windows while they are in the cache, and windows on a stack of subtree roots, one for each set bit
of their number. The roots are those of the trees that `tree` keeps whole.
"""

from core_ext.hashing cimport (
    HASH, Memo, hash_steps, hash_tokens, join, join_sums, step_bytes, step_padding, sum_padding,
)
from core_ext.lexer cimport Tokens
from libc.stdint cimport uint8_t, uint32_t, uint64_t
from libc.stdlib cimport calloc, free
from libc.string cimport memcmp, memcpy, memset


cdef void join_level(Growing *tree, uint8_t *hashes, uint64_t *sums, size_t width, int height) noexcept nogil:
    """One level up, in place."""
    tree.calls += (width + 1) // 2
    if tree.has_sums:
        join_sums(hashes, sums, width, sum_padding(height), hashes, sums)
    else:
        join(hashes, width, step_padding(height), hashes)


cdef void join_pair(
    Growing *tree, int height, const uint8_t *left, uint64_t left_sum, uint8_t *node, uint64_t *total
) noexcept nogil:
    """The node above `left` and `node`, in place of `node`."""
    cdef uint8_t pair[2 * HASH]
    cdef uint64_t sums[2]
    memcpy(pair, left, HASH)
    memcpy(pair + HASH, node, HASH)
    sums[0] = left_sum
    sums[1] = total[0]
    join_level(tree, pair, sums, 2, height)
    memcpy(node, pair, HASH)
    total[0] = sums[0]


cdef void close_window(Growing *tree) noexcept nogil:
    """Joins the window that is being filled and puts its root on the stack."""
    cdef size_t width = tree.held
    cdef uint64_t rest = tree.windows
    cdef int height
    for height in range(HEIGHT):
        join_level(tree, tree.leaves, tree.sums, width, height)
        width = (width + 1) // 2
    height = HEIGHT
    while rest & 1:
        join_pair(tree, height, tree.stack + height * HASH, tree.totals[height], tree.leaves, tree.sums)
        rest >>= 1
        height += 1
    memcpy(tree.stack + height * HASH, tree.leaves, HASH)
    tree.totals[height] = tree.sums[0]
    tree.windows += 1
    tree.held = 0


cdef int finish(Growing *tree, uint8_t *root, uint64_t *total) noexcept nogil:
    """Root and total of a tree with at least one leaf; gives its depth."""
    cdef uint64_t width = tree.held
    cdef uint64_t nothing = 0
    cdef uint8_t beside[HASH]
    cdef int height = 0
    if tree.windows == 0:
        while width > 1:
            join_level(tree, tree.leaves, tree.sums, width, height)
            width = (width + 1) // 2
            height += 1
        memcpy(root, tree.leaves, HASH)
        total[0] = tree.sums[0]
        return height
    if tree.held:
        close_window(tree)
    width = tree.windows
    height = HEIGHT
    while not width & 1:
        width >>= 1
        height += 1
    memcpy(root, tree.stack + height * HASH, HASH)
    total[0] = tree.totals[height]
    # The last node of a level is a right child if their number is even; what is left of it is on the stack then.
    while width > 1:
        if width & 1:
            memcpy(beside, sum_padding(height) if tree.has_sums else step_padding(height), HASH)
            nothing = 0
            join_pair(tree, height, root, total[0], beside, &nothing)
            memcpy(root, beside, HASH)
        else:
            join_pair(tree, height, tree.stack + height * HASH, tree.totals[height], root, total)
        width = (width + 1) // 2
        height += 1
    return height


cdef inline void measure(Growing *tree, const uint32_t *starts, size_t count) noexcept nogil:
    cdef size_t i
    for i in range(count):
        tree.sums[tree.held + i] = starts[i + 1] - starts[i]


cdef void add_output(Page *p, const Columns *output, size_t first, size_t count) noexcept nogil:
    """Appends `count` optimized tokens from `first` on, whose leaves are in p.leaves where they are known."""
    cdef size_t i = 0, room, taken
    cdef Growing *tree = &p.output
    hash_tokens(
        &p.memo, output.page, output.limit, output.kinds + first, output.starts + first, count, p.known, p.leaves
    )
    while i < count:
        room = WINDOW - tree.held
        taken = room if count - i > room else count - i
        memcpy(tree.leaves + tree.held * HASH, p.leaves + i * HASH, taken * HASH)
        for room in range(taken):
            tree.sums[tree.held + room] = output.starts[first + i + room + 1] - output.starts[first + i + room]
        tree.held += taken
        i += taken
        if tree.held == WINDOW:
            close_window(tree)


cdef void add_stretch(
    Page *p, const Columns *source, size_t count, const uint8_t *steps, const Columns *output
) noexcept nogil:
    """Appends tokens, their steps and what came out of them to the three trees."""
    cdef size_t first = 0, out_first = 0, at, held, out_held, i
    cdef const uint8_t *a
    cdef const uint8_t *b
    cdef uint32_t size
    while first < count:
        at = p.source.held
        held = WINDOW - at if count - first > WINDOW - at else count - first
        hash_tokens(
            &p.memo, source.page, source.limit, source.kinds + first, source.starts + first, held, NULL,
            p.source.leaves + at * HASH,
        )
        measure(&p.source, source.starts + first, held)
        hash_steps(steps + first * step_bytes, held, p.trace.leaves + at * HASH)
        p.trace.calls += held
        # A token that a rule left as it was has the leaf that it had.
        out_held = 0
        for i in range(held):
            if not steps[(first + i) * step_bytes + 1]:
                continue
            size = source.starts[first + i + 1] - source.starts[first + i]
            a = source.page + source.starts[first + i]
            b = output.page + output.starts[out_first + out_held]
            p.known[out_held] = (
                output.starts[out_first + out_held + 1] - output.starts[out_first + out_held] == size
                and memcmp(a, b, size) == 0
            )
            if p.known[out_held]:
                memcpy(p.leaves + out_held * HASH, p.source.leaves + (at + i) * HASH, HASH)
            out_held += 1
        add_output(p, output, out_first, out_held)
        out_first += out_held
        p.source.held += held
        p.trace.held += held
        if p.source.held == WINDOW:
            close_window(&p.source)
            close_window(&p.trace)
        first += held


cdef Columns columns_of(const uint8_t[::1] page, bytes kinds, const uint32_t[::1] starts) except *:
    """The columns of tokens that cover the page."""
    cdef Columns c
    cdef Py_ssize_t i
    if starts.shape[0] != len(kinds) + 1:
        raise ValueError(f"{len(kinds)} tokens need {len(kinds) + 1} starts, not {starts.shape[0]}")
    for i in range(len(kinds)):
        if starts[i] > starts[i + 1]:
            raise ValueError(f"token {i} ends before it starts")
    if starts[0] != 0 or starts[len(kinds)] != page.shape[0]:
        raise ValueError("the tokens do not cover the page")
    c.page = &page[0] if page.shape[0] else NULL
    c.limit = c.page + page.shape[0]
    c.kinds = kinds
    c.starts = &starts[0]
    return c


cdef class Roots:
    """Roots (32 bytes each), totals in bytes and depths of S, O and T; calls of Keccak-f that they took."""

    cdef readonly bytes src
    cdef readonly bytes opt
    cdef readonly bytes trace
    cdef readonly object src_bytes
    cdef readonly object opt_bytes
    cdef readonly int depth_s
    cdef readonly int depth_o
    cdef readonly object permutations

    def __init__(self):
        raise TypeError("roots come from roots_of()")


def roots_of(const uint8_t[::1] page not None, Tokens tokens not None, traced) -> Roots:
    """The three roots of a page and the trace of its tokens. Raises ValueError where either page has no tokens."""
    cdef Columns source = columns_of(page, tokens.kinds, tokens.starts)
    cdef Columns output = columns_of(traced.optimized, traced.out_kinds, traced.out_starts)
    cdef const uint8_t *steps = traced.steps
    cdef size_t count = tokens.count
    cdef uint8_t root[3 * HASH]
    cdef uint64_t totals[3]
    cdef int depths[3]
    cdef Roots roots
    cdef Page *p
    if count == 0 or len(traced.out_kinds) == 0:
        raise ValueError("a tree has at least 1 leaf, not 0")
    if <size_t>len(traced.steps) != count * step_bytes:
        raise ValueError("this trace is of another page")
    p = <Page *>calloc(1, sizeof(Page))
    if p == NULL:
        raise MemoryError
    try:
        p.source.has_sums = True
        p.output.has_sums = True
        with nogil:
            add_stretch(p, &source, count, steps, &output)
            depths[0] = finish(&p.source, root, totals)
            depths[1] = finish(&p.output, root + HASH, totals + 1)
            depths[2] = finish(&p.trace, root + 2 * HASH, totals + 2)
        roots = Roots.__new__(Roots)
        roots.src = root[:HASH]
        roots.opt = root[HASH : 2 * HASH]
        roots.trace = root[2 * HASH : 3 * HASH]
        roots.src_bytes, roots.opt_bytes = totals[0], totals[1]
        roots.depth_s, roots.depth_o = depths[0], depths[1]
        roots.permutations = p.memo.calls + p.source.calls + p.output.calls + p.trace.calls
        return roots
    finally:
        free(p)


cdef class RootBuilder:
    """The root of S or O, or of T, built from tokens or steps as they come, in half a megabyte.

    For pages that are not to be held whole: what was added may be thrown away at once.
    """

    cdef Page *page
    cdef Growing *tree
    cdef readonly object count

    def __cinit__(self, *, bint has_sums):
        self.page = <Page *>calloc(1, sizeof(Page))
        if self.page == NULL:
            raise MemoryError
        self.tree = &self.page.output
        self.tree.has_sums = has_sums
        self.count = 0

    def __dealloc__(self):
        free(self.page)

    def add_tokens(self, bytes kinds not None, const uint32_t[::1] starts not None, const uint8_t[::1] data not None):
        """Appends the tokens data[starts[i]:starts[i + 1]]; `starts` has one entry more than `kinds`."""
        cdef Columns tokens = columns_of(data, kinds, starts)
        cdef size_t count = len(kinds), first = 0, taken
        if not self.tree.has_sums:
            raise ValueError("a tree of steps has no tokens")
        with nogil:
            # The memo points into data that may be gone.
            memset(&self.page.memo, 0, sizeof(Memo))
            while first < count:
                taken = WINDOW if count - first > WINDOW else count - first
                add_output(self.page, &tokens, first, taken)
                first += taken
        self.count += count

    def add_steps(self, const uint8_t[::1] steps not None):
        """Appends packed records."""
        cdef size_t count = steps.shape[0] // step_bytes, first = 0, taken
        if self.tree.has_sums:
            raise ValueError("a tree of tokens has no steps")
        if steps.shape[0] % step_bytes:
            raise ValueError(f"{steps.shape[0]} bytes are no whole number of {step_bytes}-byte steps")
        with nogil:
            while first < count:
                taken = WINDOW - self.tree.held
                if taken > count - first:
                    taken = count - first
                hash_steps(&steps[first * step_bytes], taken, self.tree.leaves + self.tree.held * HASH)
                self.tree.held += taken
                first += taken
                if self.tree.held == WINDOW:
                    close_window(self.tree)
        self.count += count

    def finish(self) -> tuple[bytes, int, int]:
        """Root, total in bytes (0 for steps) and depth; nothing can be added to what came before any more."""
        cdef uint8_t root[HASH]
        cdef uint64_t total = 0
        cdef int depth
        if self.count == 0:
            raise ValueError("a tree has at least 1 leaf, not 0")
        with nogil:
            depth = finish(self.tree, root, &total)
        self.count = 0
        self.tree.held = 0
        self.tree.windows = 0
        return root[:HASH], total, depth
