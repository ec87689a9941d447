"""Perfect binary trees over a page's tokens and steps: a Merkle-sum tree and a plain one (docs/PROTOCOL.md, "Trees").

Both sums of a node are hashed, not only their total: hashing the total is broken (ePrint 2018/1139).
"""

from core_ext.keccak cimport ld_keccak256
from libc.stdint cimport uint8_t, uint32_t, uint64_t
from libc.stdlib cimport free, malloc
from libc.string cimport memcpy, memset

cdef enum:
    STEP = 14
    HASH = 32


cdef int depth_of(size_t count) noexcept nogil:
    cdef int depth = 0
    while (<size_t>1 << depth) < count:
        depth += 1
    return depth


cdef inline void put64(uint8_t *to, uint64_t value) noexcept nogil:
    cdef int i
    for i in range(8):
        to[i] = (value >> (56 - 8 * i)) & 0xFF


cdef inline void hash_leaf(uint8_t kind, uint32_t size, const uint8_t *data_hash, uint8_t *out) noexcept nogil:
    """keccak256(0x00 | kind u8 | size u32 | keccak256(token))."""
    cdef uint8_t leaf[38]
    leaf[0] = 0x00
    leaf[1] = kind
    leaf[2] = size >> 24
    leaf[3] = (size >> 16) & 0xFF
    leaf[4] = (size >> 8) & 0xFF
    leaf[5] = size & 0xFF
    memcpy(leaf + 6, data_hash, HASH)
    ld_keccak256(leaf, 38, out)


cdef inline void hash_sum_node(
    const uint8_t *left, uint64_t left_sum, const uint8_t *right, uint64_t right_sum, uint8_t *out
) noexcept nogil:
    """keccak256(0x01 | left | leftSum u64 | right | rightSum u64)."""
    cdef uint8_t node[81]
    node[0] = 0x01
    memcpy(node + 1, left, HASH)
    put64(node + 33, left_sum)
    memcpy(node + 41, right, HASH)
    put64(node + 73, right_sum)
    ld_keccak256(node, 81, out)


cdef class Levels:
    """All levels of a tree, leaves first; what lies right of a level is the padding subtree of its height."""

    cdef uint8_t *hashes
    cdef uint64_t *sums
    cdef size_t *begins      # where each level begins, in nodes
    cdef size_t *widths      # nodes of each level that are not padding
    cdef uint8_t *padding    # the padding subtree's root at each height
    cdef readonly int depth
    cdef readonly Py_ssize_t count

    def __init__(self):
        raise TypeError("a tree comes from its from_... functions")

    def __dealloc__(self):
        free(self.hashes)
        free(self.sums)
        free(self.begins)
        free(self.widths)
        free(self.padding)

    cdef int allocate(self, size_t count) except -1:
        cdef size_t total = 0, width = count
        cdef int height
        if count < 1 or count > 0xFFFFFFFE:
            raise ValueError(f"a tree has 1 to {0xFFFFFFFE} leaves, not {count}")
        self.count = count
        self.depth = depth_of(count)
        self.begins = <size_t *>malloc((self.depth + 1) * sizeof(size_t))
        self.widths = <size_t *>malloc((self.depth + 1) * sizeof(size_t))
        self.padding = <uint8_t *>malloc((self.depth + 1) * HASH)
        if not (self.begins and self.widths and self.padding):
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

    cdef inline uint8_t *hash_at(self, int height, size_t index) noexcept nogil:
        if index < self.widths[height]:
            return self.hashes + (self.begins[height] + index) * HASH
        return self.padding + height * HASH

    cdef inline uint64_t sum_at(self, int height, size_t index) noexcept nogil:
        return self.sums[self.begins[height] + index] if index < self.widths[height] else 0

    cdef int check_place(self, int height, Py_ssize_t index) except -1:
        if not 0 <= height <= self.depth:
            raise IndexError(f"height {height} of a tree of depth {self.depth}")
        if not 0 <= index < <Py_ssize_t>1 << (self.depth - height):
            raise IndexError(f"node {index} at height {height} of a tree of depth {self.depth}")
        return 0

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
        cdef uint32_t *bounds
        cdef uint8_t digest[HASH]
        cdef const uint8_t *base = &page[0] if page.shape[0] else NULL
        tree.allocate(count)
        bounds = offsets(starts, count, page.shape[0])
        try:
            with nogil:
                for i in range(count):
                    ld_keccak256(base + bounds[i], bounds[i + 1] - bounds[i], digest)
                    hash_leaf(kinds[i], bounds[i + 1] - bounds[i], digest, tree.hashes + i * HASH)
                    tree.sums[i] = bounds[i + 1] - bounds[i]
                tree.build()
        finally:
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
        cdef size_t i
        cdef uint8_t zero[HASH]
        memset(zero, 0, HASH)
        hash_leaf(0, 0, zero, self.padding)
        for height in range(self.depth):
            hash_sum_node(
                self.padding + height * HASH, 0, self.padding + height * HASH, 0, self.padding + (height + 1) * HASH
            )
            for i in range(self.widths[height + 1]):
                hash_sum_node(
                    self.hash_at(height, 2 * i), self.sum_at(height, 2 * i),
                    self.hash_at(height, 2 * i + 1), self.sum_at(height, 2 * i + 1),
                    self.hashes + (self.begins[height + 1] + i) * HASH,
                )
                self.sums[self.begins[height + 1] + i] = self.sum_at(height, 2 * i) + self.sum_at(height, 2 * i + 1)

    @property
    def total(self):
        """Bytes of the page."""
        return self.sum_at(self.depth, 0)

    def path(self, Py_ssize_t index):
        """The siblings of a leaf from the bottom up: (hash, sum) each."""
        cdef int height
        self.check_place(0, index)
        siblings = []
        for height in range(self.depth):
            siblings.append((
                <bytes>(<const char *>self.hash_at(height, index ^ 1))[:HASH], self.sum_at(height, index ^ 1),
            ))
            index >>= 1
        return siblings

    def node(self, int height, Py_ssize_t index):
        """The children of an inner node, height 1 or more: (left, left sum, right, right sum)."""
        self.check_place(height, index)
        if height == 0:
            raise IndexError("a leaf has no children")
        return (
            <bytes>(<const char *>self.hash_at(height - 1, 2 * index))[:HASH], self.sum_at(height - 1, 2 * index),
            <bytes>(<const char *>self.hash_at(height - 1, 2 * index + 1))[:HASH],
            self.sum_at(height - 1, 2 * index + 1),
        )


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
        """The tree of packed records, 14 bytes each (docs/PROTOCOL.md, "Leaf of T")."""
        cdef StepTree tree = StepTree.__new__(StepTree)
        cdef size_t i
        if steps.shape[0] % STEP:
            raise ValueError(f"{steps.shape[0]} bytes are no whole number of 14-byte steps")
        tree.allocate(steps.shape[0] // STEP)
        with nogil:
            for i in range(<size_t>tree.count):
                hash_step(&steps[i * STEP], tree.hashes + i * HASH)
            tree.build()
        return tree

    cdef void build(self) noexcept nogil:
        cdef int height
        cdef size_t i
        cdef uint8_t zero[STEP]
        memset(zero, 0, STEP)
        hash_step(zero, self.padding)
        for height in range(self.depth):
            hash_node(self.padding + height * HASH, self.padding + height * HASH, self.padding + (height + 1) * HASH)
            for i in range(self.widths[height + 1]):
                hash_node(
                    self.hash_at(height, 2 * i), self.hash_at(height, 2 * i + 1),
                    self.hashes + (self.begins[height + 1] + i) * HASH,
                )

    def path(self, Py_ssize_t index):
        """The siblings of a leaf from the bottom up, 32 bytes each."""
        cdef int height
        self.check_place(0, index)
        siblings = []
        for height in range(self.depth):
            siblings.append(<bytes>(<const char *>self.hash_at(height, index ^ 1))[:HASH])
            index >>= 1
        return siblings


cdef inline void hash_step(const uint8_t *step, uint8_t *out) noexcept nogil:
    """keccak256(0x02 | the 14 bytes)."""
    cdef uint8_t leaf[1 + STEP]
    leaf[0] = 0x02
    memcpy(leaf + 1, step, STEP)
    ld_keccak256(leaf, 1 + STEP, out)


cdef inline void hash_node(const uint8_t *left, const uint8_t *right, uint8_t *out) noexcept nogil:
    """keccak256(0x03 | left | right)."""
    cdef uint8_t node[65]
    node[0] = 0x03
    memcpy(node + 1, left, HASH)
    memcpy(node + 33, right, HASH)
    ld_keccak256(node, 65, out)
