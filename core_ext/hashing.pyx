"""Leaves and nodes of the three trees, hashed in batches so that the lanes of keccak stay full.

Every hash is tagged by its first byte and by its length, so that none can be taken for another. Both sums of a node
are hashed, not only their total: hashing the total is broken (ePrint 2018/1139).
"""

from core_ext.constants import STEP_BYTES
from core_ext.keccak cimport (
    LD_SHORT, hash_messages, hash_short, ld_keccak256, ld_message, ld_pad_short,
)
from libc.stdint cimport uint8_t, uint32_t, uint64_t
from libc.string cimport memcmp, memcpy, memset

cdef enum:
    BATCH = 128         # messages hashed at once; a multiple of the lanes
    ROOM = 96           # bytes kept for a message made here; the longest has 81
    LEAF = 38
    SUM_NODE = 81
    NODE = 65
    RATE = 136          # bytes that one call of Keccak-f takes in

cdef uint64_t MIX = 0x9E3779B97F4A7C15
cdef size_t step_bytes = STEP_BYTES
cdef uint8_t SUM_PADDING[DEEPEST_TREE + 1][HASH]
cdef uint8_t STEP_PADDING[DEEPEST_TREE + 1][HASH]

# Messages being gathered, each with room of its own.
cdef struct Batch:
    ld_message messages[BATCH]
    uint8_t bytes[BATCH * ROOM]


cdef inline uint8_t *add(Batch *batch, size_t at, size_t size, uint8_t *out) noexcept nogil:
    """Room for the message at that place of the batch; what stands behind it is there already."""
    cdef uint8_t *room = batch.bytes + at * ROOM
    ld_pad_short(room, size)
    batch.messages[at].data = room
    batch.messages[at].size = size
    batch.messages[at].out = out
    return room


cdef inline void send(Batch *batch, size_t count, size_t size) noexcept nogil:
    """Hashes the messages of a batch, which are of one size."""
    hash_short(batch.messages, count, size)


cdef inline void put32(uint8_t *to, uint32_t value) noexcept nogil:
    to[0] = value >> 24
    to[1] = (value >> 16) & 0xFF
    to[2] = (value >> 8) & 0xFF
    to[3] = value & 0xFF


cdef inline void put64(uint8_t *to, uint64_t value) noexcept nogil:
    put32(to, <uint32_t>(value >> 32))
    put32(to + 4, <uint32_t>value)


cdef inline void write_leaf(uint8_t *to, uint8_t kind, uint32_t size, const uint8_t *data_hash) noexcept nogil:
    """00 | kind u8 | size u32 | keccak256(token)."""
    to[0] = 0x00
    to[1] = kind
    put32(to + 2, size)
    memcpy(to + 6, data_hash, HASH)


cdef void hash_leaf(uint8_t kind, uint32_t size, const uint8_t *data_hash, uint8_t *out) noexcept nogil:
    cdef uint8_t leaf[LEAF]
    write_leaf(leaf, kind, size, data_hash)
    ld_keccak256(leaf, LEAF, out)


cdef inline size_t slot_of(uint8_t kind, const uint8_t *data, uint32_t size) noexcept nogil:
    """Where a memo keeps a token; a clash costs two hashes and nothing else."""
    cdef uint64_t mixed = (<uint64_t>size << 8 | kind) * MIX
    cdef uint64_t word
    cdef uint32_t at = 0
    while at + 8 <= size:
        memcpy(&word, data + at, 8)
        mixed = (mixed ^ word) * MIX
        mixed ^= mixed >> 29
        at += 8
    if at < size:
        word = 0
        if size >= 8:
            memcpy(&word, data + size - 8, 8)
        else:
            while at < size:
                word = word << 8 | data[at]
                at += 1
        mixed = (mixed ^ word) * MIX
    return (mixed >> 40) & (SLOTS - 1)


cdef void hash_tokens(
    Memo *memo, const uint8_t *page, const uint8_t *limit, const uint8_t *kinds, const uint32_t *starts, size_t count,
    const uint8_t *known, uint8_t *out
) noexcept nogil:
    """The leaf of each token page[starts[i]:starts[i + 1]], 32 bytes each, but for those whose `known` byte is set.

    `known` may be NULL. The bytes of every token that the memo was ever given must stay where they are.
    """
    cdef Batch batch
    cdef ld_message data[BATCH]
    cdef uint8_t digests[BATCH * HASH]
    cdef Slot *slots[BATCH]
    cdef uint32_t fresh[BATCH]  # tokens to hash
    cdef uint32_t again[BATCH]  # tokens that are the same as one to hash, and as which
    cdef uint32_t same[BATCH]
    cdef size_t i = 0, j, news, repeats
    cdef uint32_t size
    cdef const uint8_t *token
    cdef Slot *slot
    while i < count:
        news = 0
        repeats = 0
        memo.batch += 1
        while i < count and news < BATCH and repeats < BATCH:
            token = page + starts[i]
            size = starts[i + 1] - starts[i]
            if known != NULL and known[i]:
                i += 1
                continue
            slot = NULL
            if 0 < size <= MEMO_BYTES:
                slot = &memo.slots[slot_of(kinds[i], token, size)]
                if slot.size == size and slot.kind == kinds[i] and memcmp(slot.data, token, size) == 0:
                    if slot.batch == memo.batch:
                        again[repeats] = <uint32_t>i
                        same[repeats] = slot.place
                        repeats += 1
                    else:
                        memcpy(out + i * HASH, slot.leaf, HASH)
                    i += 1
                    continue
                slot.data = token
                slot.size = size
                slot.kind = kinds[i]
                slot.place = <uint32_t>news
                slot.batch = memo.batch
            slots[news] = slot
            fresh[news] = <uint32_t>i
            data[news].data = token
            data[news].size = size
            data[news].out = digests + news * HASH
            memo.calls += size // RATE + 2
            news += 1
            i += 1
        hash_messages(data, news, limit)
        for j in range(news):
            write_leaf(
                add(&batch, j, LEAF, out + <size_t>fresh[j] * HASH), kinds[fresh[j]], <uint32_t>data[j].size,
                digests + j * HASH,
            )
        send(&batch, news, LEAF)
        for j in range(news):
            # Unless a later token of this batch took the slot over.
            if slots[j] != NULL and slots[j].place == j:
                memcpy(slots[j].leaf, out + <size_t>fresh[j] * HASH, HASH)
        for j in range(repeats):
            memcpy(out + <size_t>again[j] * HASH, out + <size_t>fresh[same[j]] * HASH, HASH)


cdef void hash_steps(const uint8_t *steps, size_t count, uint8_t *out) noexcept nogil:
    """keccak256(0x02 | the record), 32 bytes each."""
    cdef Batch batch
    cdef uint8_t *room
    cdef size_t at = 0, i
    for i in range(count):
        room = add(&batch, at, 1 + step_bytes, out + i * HASH)
        room[0] = 0x02
        memcpy(room + 1, steps + i * step_bytes, step_bytes)
        at += 1
        if at == BATCH:
            send(&batch, at, 1 + step_bytes)
            at = 0
    send(&batch, at, 1 + step_bytes)


cdef void join_sums(
    const uint8_t *hashes, const uint64_t *sums, size_t width, const uint8_t *beside, uint8_t *out, uint64_t *out_sums
) noexcept nogil:
    """The level above: keccak256(0x01 | left | leftSum u64 | right | rightSum u64).

    `beside` stands in where the last node has no right neighbour. `out` may be `hashes`, and `out_sums` `sums`: what a
    batch writes lies behind what it has read.
    """
    cdef Batch batch
    cdef uint8_t *room
    cdef uint64_t left, right
    cdef size_t at = 0, i
    for i in range((width + 1) // 2):
        room = add(&batch, at, SUM_NODE, out + i * HASH)
        left = sums[2 * i]
        right = sums[2 * i + 1] if 2 * i + 1 < width else 0
        room[0] = 0x01
        memcpy(room + 1, hashes + 2 * i * HASH, HASH)
        put64(room + 33, left)
        memcpy(room + 41, hashes + (2 * i + 1) * HASH if 2 * i + 1 < width else beside, HASH)
        put64(room + 73, right)
        out_sums[i] = left + right
        at += 1
        if at == BATCH:
            send(&batch, at, SUM_NODE)
            at = 0
    send(&batch, at, SUM_NODE)


cdef void join(const uint8_t *hashes, size_t width, const uint8_t *beside, uint8_t *out) noexcept nogil:
    """The level above in T: keccak256(0x03 | left | right). `out` may be `hashes`."""
    cdef Batch batch
    cdef uint8_t *room
    cdef size_t at = 0, i
    for i in range((width + 1) // 2):
        room = add(&batch, at, NODE, out + i * HASH)
        room[0] = 0x03
        memcpy(room + 1, hashes + 2 * i * HASH, HASH)
        memcpy(room + 33, hashes + (2 * i + 1) * HASH if 2 * i + 1 < width else beside, HASH)
        at += 1
        if at == BATCH:
            send(&batch, at, NODE)
            at = 0
    send(&batch, at, NODE)


cdef const uint8_t *sum_padding(int height) noexcept nogil:
    """The root of a subtree of S or O that is padding alone."""
    return SUM_PADDING[height]


cdef const uint8_t *step_padding(int height) noexcept nogil:
    return STEP_PADDING[height]


def _fill() -> None:
    cdef uint8_t pair[2 * HASH]
    cdef uint64_t zeros[2]
    cdef uint8_t nothing[ROOM]
    cdef int height
    memset(nothing, 0, ROOM)
    memset(zeros, 0, sizeof(zeros))
    if step_bytes > ROOM - 2 or ROOM != LD_SHORT:
        raise SystemError(f"a step of {step_bytes} bytes does not fit a message of {ROOM}")
    hash_leaf(0, 0, nothing, SUM_PADDING[0])
    hash_steps(nothing, 1, STEP_PADDING[0])
    for height in range(DEEPEST_TREE):
        memcpy(pair, SUM_PADDING[height], HASH)
        join_sums(pair, zeros, 1, SUM_PADDING[height], SUM_PADDING[height + 1], zeros)
        memcpy(pair, STEP_PADDING[height], HASH)
        join(pair, 1, STEP_PADDING[height], STEP_PADDING[height + 1])


_fill()
