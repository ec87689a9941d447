/* Keccak-256 of many short messages of one length, four at a time: leaves and nodes, which fit one block each.
   Nothing is asked of each message but its words, so that little is left beside Keccak-f itself. */
#ifndef LIGHTDOM_KECCAK_SHORT_H
#define LIGHTDOM_KECCAK_SHORT_H

#include "keccak_batch.h"

/* Bytes kept for a short message, padding's first byte included. */
#define LD_SHORT 96

/* Zeros and the padding's first byte behind a message of `size` < 96 bytes, up to the end of its room. */
static inline void ld_pad_short(uint8_t *room, size_t size) {
    memset(room + size, 0, LD_SHORT - size);
    room[size] = 0x01;
}

#if LD_HAS_AVX2
/* Every message is `size` bytes, padded by ld_pad_short(). */
LD_AVX2 static inline void ld_keccak256_short(const ld_message *messages, size_t count, size_t size) {
    uint64_t s[25][4] __attribute__((aligned(32)));
    int used = size < 32 ? 4 : size < 64 ? 8 : 12; /* words that are not zero in every message, but for the last */
    for (size_t first = 0; first < count; first += 4) {
        size_t held = count - first < 4 ? count - first : 4;
        const ld_message *four[4];
        /* Idle lanes work on the last message again. */
        for (size_t j = 0; j < 4; ++j) four[j] = &messages[first + (j < held ? j : held - 1)];
        for (int i = 0; i < used; i += 4) {
            __m256i r[4];
            for (int j = 0; j < 4; ++j) r[j] = _mm256_loadu_si256((const __m256i *)(four[j]->data + 8 * i));
            ld_transpose(r);
            for (int j = 0; j < 4; ++j) _mm256_store_si256((__m256i *)s[i + j], r[j]);
        }
        memset(s[used], 0, (size_t)(25 - used) * 32);
        _mm256_store_si256((__m256i *)s[LD_RATE / 8 - 1], _mm256_set1_epi64x((long long)((uint64_t)0x80 << 56)));
        ld_keccak_f1600_four(s);
        __m256i digests[4];
        for (int i = 0; i < 4; ++i) digests[i] = _mm256_load_si256((const __m256i *)s[i]);
        ld_transpose(digests);
        for (size_t j = 0; j < held; ++j) _mm256_storeu_si256((__m256i *)four[j]->out, digests[j]);
    }
}
#else
static inline void ld_keccak256_short(const ld_message *messages, size_t count, size_t size) {
    (void)size;
    ld_keccak256_each(messages, count);
}
#endif

#endif
