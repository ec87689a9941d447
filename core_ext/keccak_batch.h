/* Keccak-256 of many messages: four at a time where the processor has AVX2, one after the other elsewhere.
   Lengths may differ: a lane takes up the next message as soon as its own is finished, so no lane waits. */
#ifndef LIGHTDOM_KECCAK_BATCH_H
#define LIGHTDOM_KECCAK_BATCH_H

#include "keccak_lanes.h"

/* out receives 32 bytes; it may lie inside no message of the same batch. */
typedef struct {
    const uint8_t *data;
    size_t size;
    uint8_t *out;
} ld_message;

static inline void ld_keccak256_each(const ld_message *messages, size_t count) {
    for (size_t i = 0; i < count; ++i) ld_keccak256(messages[i].data, messages[i].size, messages[i].out);
}

#if LD_HAS_AVX2
/* From 136 - n on: n bytes of ones, then zeros. */
static const uint8_t LD_TAKEN[3 * LD_RATE] = {
#define LD_8(x) x, x, x, x, x, x, x, x
#define LD_136(x)                                                                                                  \
    LD_8(x), LD_8(x), LD_8(x), LD_8(x), LD_8(x), LD_8(x), LD_8(x), LD_8(x), LD_8(x), LD_8(x), LD_8(x), LD_8(x), \
        LD_8(x), LD_8(x), LD_8(x), LD_8(x), LD_8(x)
    LD_136(0xff)};
/* From 136 - n on: the padding's first byte behind n others. */
static const uint8_t LD_PADDED[3 * LD_RATE] = {LD_136(0), 0x01};

/* What one lane works on; `size` counts what is left of it. */
typedef struct {
    const uint8_t *data;
    size_t size;
    uint8_t *out; /* NULL: nothing left to do */
} ld_lane;

LD_AVX2 static inline __m256i ld_masked(const uint8_t *block, size_t from, size_t taken) {
    __m256i bytes = _mm256_loadu_si256((const __m256i *)(block + from));
    __m256i mask = _mm256_loadu_si256((const __m256i *)(LD_TAKEN + LD_RATE - taken + from));
    __m256i pad = _mm256_loadu_si256((const __m256i *)(LD_PADDED + LD_RATE - taken + from));
    return _mm256_or_si256(_mm256_and_si256(bytes, mask), pad);
}

static inline uint64_t ld_masked_word(const uint8_t *block, size_t from, size_t taken) {
    uint64_t word, mask, pad;
    memcpy(&word, block + from, 8);
    memcpy(&mask, LD_TAKEN + LD_RATE - taken + from, 8);
    memcpy(&pad, LD_PADDED + LD_RATE - taken + from, 8);
    return (word & mask) | pad;
}

/* Rows of four words become columns. */
LD_AVX2 static inline void ld_transpose(__m256i r[4]) {
    __m256i a = _mm256_unpacklo_epi64(r[0], r[1]), b = _mm256_unpackhi_epi64(r[0], r[1]);
    __m256i c = _mm256_unpacklo_epi64(r[2], r[3]), d = _mm256_unpackhi_epi64(r[2], r[3]);
    r[0] = _mm256_permute2x128_si256(a, c, 0x20);
    r[1] = _mm256_permute2x128_si256(b, d, 0x20);
    r[2] = _mm256_permute2x128_si256(a, c, 0x31);
    r[3] = _mm256_permute2x128_si256(b, d, 0x31);
}

/* Bytes up to `limit` may be read, whether they belong to a message or not; every message ends before it. */
LD_AVX2 static inline void ld_keccak256_four(const ld_message *messages, size_t count, const uint8_t *limit) {
    uint64_t s[25][4] __attribute__((aligned(32)));
    uint64_t keep[4] __attribute__((aligned(32)));  /* all ones where a lane goes on with its message */
    uint64_t end[4] __attribute__((aligned(32)));   /* the padding's last bit, where a lane's last block comes */
    uint8_t tails[4][LD_RATE];
    ld_lane lanes[4] = {{NULL, 0, NULL}};
    size_t next = 0;
    memset(s, 0, sizeof s);
    for (;;) {
        const uint8_t *blocks[4];
        size_t taken[4];
        int busy = 0;
        for (int j = 0; j < 4; ++j) {
            ld_lane *lane = &lanes[j];
            keep[j] = ~(uint64_t)0;
            if (!lane->out) {
                keep[j] = 0;
                if (next < count) {
                    lane->data = messages[next].data;
                    lane->size = messages[next].size;
                    lane->out = messages[next].out;
                    ++next;
                } else {
                    lane->data = limit;
                    lane->size = 0;
                }
            }
            busy |= lane->out != NULL;
            taken[j] = lane->size < LD_RATE ? lane->size : LD_RATE;
            end[j] = lane->size < LD_RATE ? (uint64_t)0x80 << 56 : 0;
            blocks[j] = lane->data;
            if ((size_t)(limit - lane->data) < LD_RATE) {
                if (taken[j]) memcpy(tails[j], lane->data, taken[j]);
                blocks[j] = tails[j];
            }
        }
        if (!busy) return;
        __m256i kept = _mm256_load_si256((const __m256i *)keep);
        for (int i = 0; i < 16; i += 4) {
            __m256i r[4];
            for (int j = 0; j < 4; ++j) r[j] = ld_masked(blocks[j], 8 * i, taken[j]);
            ld_transpose(r);
            for (int j = 0; j < 4; ++j) {
                __m256i *word = (__m256i *)s[i + j];
                _mm256_store_si256(word, _mm256_xor_si256(_mm256_and_si256(_mm256_load_si256(word), kept), r[j]));
            }
        }
        for (int j = 0; j < 4; ++j) s[16][j] = (s[16][j] & keep[j]) ^ ld_masked_word(blocks[j], 128, taken[j]) ^ end[j];
        for (int i = 17; i < 25; ++i) {
            __m256i *word = (__m256i *)s[i];
            _mm256_store_si256(word, _mm256_and_si256(_mm256_load_si256(word), kept));
        }
        ld_keccak_f1600_four(s);
        __m256i digests[4];
        for (int i = 0; i < 4; ++i) digests[i] = _mm256_load_si256((const __m256i *)s[i]);
        ld_transpose(digests);
        for (int j = 0; j < 4; ++j) {
            ld_lane *lane = &lanes[j];
            if (end[j]) {
                if (lane->out) _mm256_storeu_si256((__m256i *)lane->out, digests[j]);
                lane->out = NULL;
            } else {
                lane->data += LD_RATE;
                lane->size -= LD_RATE;
            }
        }
    }
}
#else
static inline void ld_keccak256_four(const ld_message *messages, size_t count, const uint8_t *limit) {
    (void)limit;
    ld_keccak256_each(messages, count);
}
#endif

/* Keccak-f alone. */
typedef union {
    uint64_t one[25];
    uint64_t four[25][4] __attribute__((aligned(32)));
} ld_states;

static inline void ld_permute(ld_states *states, int lanes, size_t times) {
    for (; times; --times) {
#if LD_HAS_AVX2
        if (lanes == 4) {
            ld_keccak_f1600_four(states->four);
            continue;
        }
#endif
        ld_keccak_f1600(states->one);
    }
    (void)lanes;
}

#endif
