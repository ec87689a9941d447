"""Perfect binary trees over a page's tokens and steps: a Merkle-sum tree and a plain one (docs/PROTOCOL.md, "Trees").

Every level is kept, so that any place can be opened; `roots` has what needs the roots alone.
"""

from core_ext.hashing cimport (
    HASH, Memo, hash_leaf, hash_steps, hash_tokens, join, join_sums, step_bytes, step_padding,
    sum_padding,
)
from libc.stdint cimport uint8_t, uint32_t, uint64_t
from libc.stdlib cimport calloc, free, malloc
from libc.string cimport memcpy


cdef int depth_of(size_t count) noexcept nogil:
    cdef int depth = 0
    while (<size_t>1 << depth) < count:
        depth += 1
    return depth


cdef class Levels:
    """All levels of a tree, leaves first; what lies right of a level is the padding subtree of its height."""

    cdef uint8_t *hashes
    cdef uint64_t *sums
    cdef size_t *begins      # where each level begins, in nodes
    cdef size_t *widths      # nodes of each level that are not padding
    cdef const uint8_t *(*padding)(int) noexcept nogil  # the padding subtree's root at a height
    cdef readonly int depth
    cdef readonly Py_ssize_t count

    def __init__(self):
        raise TypeError("a tree comes from its from_... functions")

    def __dealloc__(self):
        free(self.hashes)
        free(self.sums)
        free(self.begins)
        free(self.widths)

    cdef int allocate(self, size_t count) except -1:
        cdef size_t total = 0, width = count
        cdef int height
        if count < 1 or count > 0xFFFFFFFE:
            raise ValueError(f"a tree has 1 to {0xFFFFFFFE} leaves, not {count}")
        self.count = count
        self.depth = depth_of(count)
        self.begins = <size_t *>malloc((self.depth + 1) * sizeof(size_t))
        self.widths = <size_t *>malloc((self.depth + 1) * sizeof(size_t))
        if not (self.begins and self.widths):
            raise MemoryError
        for height in range(self.depth + 1):
            self.begins[height] = total
            self.widths[height] = width
            total += width
            width = (width + 1) // 2
        self.hashes = <uint8_t *>malloc(total * HASH)
        self.sums = <uint64_t *>malloc(total * sizeof(uint64_t))
        if not (self.hashes and self.sums):
            raise MemoryError
        return 0

    cdef inline const uint8_t *hash_at(self, int height, size_t index) noexcept nogil:
        if index < self.widths[height]:
            return self.hashes + (self.begins[height] + index) * HASH
        return self.padding(height)

    cdef inline uint64_t sum_at(self, int height, size_t index) noexcept nogil:
        return self.sums[self.begins[height] + index] if index < self.widths[height] else 0

    cdef int check_place(self, int height, Py_ssize_t index) except -1:
        if not 0 <= height <= self.depth:
            raise IndexError(f"height {height} of a tree of depth {self.depth}")
        if not 0 <= index < <Py_ssize_t>1 << (self.depth - height):
            raise IndexError(f"node {index} at height {height} of a tree of depth {self.depth}")
        return 0

    cdef object entry(self, int height, size_t index):
        """What a path says of a node."""
        raise NotImplementedError

    def path(self, Py_ssize_t index):
        """The siblings of a leaf from the bottom up: 32 bytes each, with its sum where the tree has sums."""
        cdef int height
        self.check_place(0, index)
        return [self.entry(height, (index >> height) ^ 1) for height in range(self.depth)]

    def multipath(self, indices):
        """What opens several leaves at once: the nodes beside their paths, each once, bottom-up and left to right.

        A node whose sibling lies on another of the paths is computed by whoever checks, and left out. Raises
        ValueError unless the indices rise.
        """
        cdef int height
        cdef list known = list(indices)
        if not known or any(left >= right for left, right in zip(known, known[1:])):
            raise ValueError("the indices of the leaves to open have to rise, and there has to be one")
        for index in known:
            self.check_place(0, index)
        beside = []
        for height in range(self.depth):
            there = set(known)
            beside += [self.entry(height, index ^ 1) for index in known if index ^ 1 not in there]
            known = sorted({index >> 1 for index in known})
        return beside

    @property
    def root(self):
        """32 bytes."""
        return <bytes>(<const char *>self.hash_at(self.depth, 0))[:HASH]


cdef class SumTree(Levels):
    """The tree of a page's tokens. It sums their sizes, in bytes."""

    @staticmethod
    def from_tokens(const uint8_t[::1] kinds not None, starts not None, const uint8_t[::1] page not None):
        """The tree of tokens page[starts[i]:starts[i + 1]]; `starts` has one entry more than `kinds`."""
        cdef SumTree tree = SumTree.__new__(SumTree)
        cdef size_t count = kinds.shape[0], i
        cdef const uint8_t *base = &page[0] if page.shape[0] else NULL
        cdef const uint8_t *limit = base + page.shape[0]
        cdef uint32_t *bounds
        cdef Memo *memo
        tree.allocate(count)
        bounds = offsets(starts, count, page.shape[0])
        memo = <Memo *>calloc(1, sizeof(Memo))
        try:
            if memo == NULL:
                raise MemoryError
            with nogil:
                hash_tokens(memo, base, limit, &kinds[0], bounds, count, NULL, tree.hashes)
                for i in range(count):
                    tree.sums[i] = bounds[i + 1] - bounds[i]
                tree.build()
        finally:
            free(memo)
            free(bounds)
        return tree

    @staticmethod
    def from_leaves(leaves):
        """The tree of (kind, size, keccak256 of the token) leaves, as they are."""
        cdef SumTree tree = SumTree.__new__(SumTree)
        cdef list rows = list(leaves)
        cdef size_t i
        cdef bytes data_hash
        tree.allocate(len(rows))
        for i in range(<size_t>tree.count):
            kind, size, data_hash = rows[i]
            if len(data_hash) != HASH:
                raise ValueError(f"leaf {i}: a hash has 32 bytes, not {len(data_hash)}")
            hash_leaf(kind, size, data_hash, tree.hashes + i * HASH)
            tree.sums[i] = size
        with nogil:
            tree.build()
        return tree

    cdef void build(self) noexcept nogil:
        cdef int height
        cdef size_t below, above
        self.padding = sum_padding
        for height in range(self.depth):
            below, above = self.begins[height], self.begins[height + 1]
            join_sums(
                self.hashes + below * HASH, self.sums + below, self.widths[height], sum_padding(height),
                self.hashes + above * HASH, self.sums + above,
            )

    @property
    def total(self):
        """Bytes of the page."""
        return self.sum_at(self.depth, 0)

    cdef object entry(self, int height, size_t index):
        return <bytes>(<const char *>self.hash_at(height, index))[:HASH], self.sum_at(height, index)

    def node(self, int height, Py_ssize_t index):
        """The children of an inner node, height 1 or more: (left, left sum, right, right sum)."""
        self.check_place(height, index)
        if height == 0:
            raise IndexError("a leaf has no children")
        return (*self.entry(height - 1, 2 * index), *self.entry(height - 1, 2 * index + 1))


cdef uint32_t *offsets(starts, size_t count, size_t size) except NULL:
    """A checked copy of token bounds: rising, from 0 to the page's size."""
    cdef uint32_t *bounds
    cdef size_t i
    cdef const uint32_t[::1] view
    if len(starts) != count + 1:
        raise ValueError(f"{count} tokens need {count + 1} starts, not {len(starts)}")
    bounds = <uint32_t *>malloc((count + 1) * sizeof(uint32_t))
    if bounds == NULL:
        raise MemoryError
    try:
        if isinstance(starts, memoryview):
            view = starts
            memcpy(bounds, &view[0], (count + 1) * sizeof(uint32_t))
        else:
            for i in range(count + 1):
                bounds[i] = starts[i]
        for i in range(count):
            if bounds[i] > bounds[i + 1]:
                raise ValueError(f"token {i} ends before it starts")
        if bounds[0] != 0 or bounds[count] != size:
            raise ValueError("the tokens do not cover the page")
    except BaseException:
        free(bounds)
        raise
    return bounds


cdef class StepTree(Levels):
    """The tree of a page's step records."""

    @staticmethod
    def from_steps(const uint8_t[::1] steps not None):
        """The tree of packed records, STEP_BYTES each (docs/PROTOCOL.md, "Leaf of T")."""
        cdef StepTree tree = StepTree.__new__(StepTree)
        if steps.shape[0] % step_bytes:
            raise ValueError(f"{steps.shape[0]} bytes are no whole number of {step_bytes}-byte steps")
        tree.allocate(steps.shape[0] // step_bytes)
        with nogil:
            hash_steps(&steps[0], <size_t>tree.count, tree.hashes)
            tree.build()
        return tree

    cdef void build(self) noexcept nogil:
        cdef int height
        self.padding = step_padding
        for height in range(self.depth):
            join(
                self.hashes + self.begins[height] * HASH, self.widths[height], step_padding(height),
                self.hashes + self.begins[height + 1] * HASH,
            )

    cdef object entry(self, int height, size_t index):
        return <bytes>(<const char *>self.hash_at(height, index))[:HASH]
