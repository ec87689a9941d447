/* Keccak-256 as Ethereum uses it: Keccak-f[1600] (FIPS 202, 3.2 and 3.3), rate 136 bytes, padding 0x01 ... 0x80
   (the original Keccak padding, not SHA-3's 0x06). Portable C; the compiler unrolls the permutation's lanes. */
#ifndef LIGHTDOM_KECCAK_F1600_H
#define LIGHTDOM_KECCAK_F1600_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#error "lanes are loaded as little-endian words"
#endif

static const uint64_t LD_ROUND_CONSTANTS[24] = {
    0x0000000000000001ULL, 0x0000000000008082ULL, 0x800000000000808aULL, 0x8000000080008000ULL,
    0x000000000000808bULL, 0x0000000080000001ULL, 0x8000000080008081ULL, 0x8000000000008009ULL,
    0x000000000000008aULL, 0x0000000000000088ULL, 0x0000000080008009ULL, 0x000000008000000aULL,
    0x000000008000808bULL, 0x800000000000008bULL, 0x8000000000008089ULL, 0x8000000000008003ULL,
    0x8000000000008002ULL, 0x8000000000000080ULL, 0x000000000000800aULL, 0x800000008000000aULL,
    0x8000000080008081ULL, 0x8000000000008080ULL, 0x0000000080000001ULL, 0x8000000080008008ULL};

#define LD_WORD uint64_t
#define LD_XOR(a, b) ((a) ^ (b))
#define LD_ANDN(a, b) (~(a) & (b))
#define LD_ROL(a, n) (((a) << (n)) | ((a) >> (64 - (n))))
#define LD_ROL8(a) LD_ROL(a, 8)
#define LD_ROL56(a) LD_ROL(a, 56)
#define LD_LOAD(i) s[i]
#define LD_STORE(i, a) s[i] = a
#define LD_CONSTANT(round) LD_ROUND_CONSTANTS[round]
#include "keccak_round.h"

static inline void ld_keccak_f1600(uint64_t s[25]) { LD_PERMUTE(LD_CONSTANT); }

#undef LD_WORD
#undef LD_XOR
#undef LD_ANDN
#undef LD_ROL
#undef LD_ROL8
#undef LD_ROL56
#undef LD_LOAD
#undef LD_STORE
#undef LD_CONSTANT

#define LD_RATE 136

static inline void ld_absorb(uint64_t s[25], const uint8_t *block) {
    for (int i = 0; i < LD_RATE / 8; ++i) {
        uint64_t lane;
        memcpy(&lane, block + 8 * i, 8);
        s[i] ^= lane;
    }
    ld_keccak_f1600(s);
}

/* data may be NULL when length is 0; out receives 32 bytes. */
static inline void ld_keccak256(const uint8_t *data, size_t length, uint8_t *out) {
    uint64_t s[25] = {0};
    uint8_t last[LD_RATE] = {0};
    while (length >= LD_RATE) {
        ld_absorb(s, data);
        data += LD_RATE;
        length -= LD_RATE;
    }
    if (length) memcpy(last, data, length);
    last[length] = 0x01;
    last[LD_RATE - 1] |= 0x80;
    ld_absorb(s, last);
    memcpy(out, s, 32);
}

#endif
