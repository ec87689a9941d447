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

#define LD_ROL(x, n) (((x) << (n)) | ((x) >> (64 - (n))))

static const uint64_t LD_ROUND_CONSTANTS[24] = {
    0x0000000000000001ULL, 0x0000000000008082ULL, 0x800000000000808aULL, 0x8000000080008000ULL,
    0x000000000000808bULL, 0x0000000080000001ULL, 0x8000000080008081ULL, 0x8000000000008009ULL,
    0x000000000000008aULL, 0x0000000000000088ULL, 0x0000000080008009ULL, 0x000000008000000aULL,
    0x000000008000808bULL, 0x800000000000008bULL, 0x8000000000008089ULL, 0x8000000000008003ULL,
    0x8000000000008002ULL, 0x8000000000000080ULL, 0x000000000000800aULL, 0x800000008000000aULL,
    0x8000000080008081ULL, 0x8000000000008080ULL, 0x0000000080000001ULL, 0x8000000080008008ULL};

static inline void ld_keccak_f1600(uint64_t s[25]) {
    uint64_t a0 = s[0], a1 = s[1], a2 = s[2], a3 = s[3], a4 = s[4], a5 = s[5], a6 = s[6], a7 = s[7], a8 = s[8],
             a9 = s[9], a10 = s[10], a11 = s[11], a12 = s[12], a13 = s[13], a14 = s[14], a15 = s[15], a16 = s[16],
             a17 = s[17], a18 = s[18], a19 = s[19], a20 = s[20], a21 = s[21], a22 = s[22], a23 = s[23], a24 = s[24];
    for (int round = 0; round < 24; ++round) {
        /* theta */
        uint64_t c0 = a0 ^ a5 ^ a10 ^ a15 ^ a20, c1 = a1 ^ a6 ^ a11 ^ a16 ^ a21, c2 = a2 ^ a7 ^ a12 ^ a17 ^ a22,
                 c3 = a3 ^ a8 ^ a13 ^ a18 ^ a23, c4 = a4 ^ a9 ^ a14 ^ a19 ^ a24;
        uint64_t d0 = c4 ^ LD_ROL(c1, 1), d1 = c0 ^ LD_ROL(c2, 1), d2 = c1 ^ LD_ROL(c3, 1), d3 = c2 ^ LD_ROL(c4, 1),
                 d4 = c3 ^ LD_ROL(c0, 1);
        /* rho and pi: b[y, 2x + 3y] = rol(a[x, y]) */
        uint64_t b0 = a0 ^ d0, b10 = LD_ROL(a1 ^ d1, 1), b20 = LD_ROL(a2 ^ d2, 62), b5 = LD_ROL(a3 ^ d3, 28),
                 b15 = LD_ROL(a4 ^ d4, 27), b16 = LD_ROL(a5 ^ d0, 36), b1 = LD_ROL(a6 ^ d1, 44),
                 b11 = LD_ROL(a7 ^ d2, 6), b21 = LD_ROL(a8 ^ d3, 55), b6 = LD_ROL(a9 ^ d4, 20),
                 b7 = LD_ROL(a10 ^ d0, 3), b17 = LD_ROL(a11 ^ d1, 10), b2 = LD_ROL(a12 ^ d2, 43),
                 b12 = LD_ROL(a13 ^ d3, 25), b22 = LD_ROL(a14 ^ d4, 39), b23 = LD_ROL(a15 ^ d0, 41),
                 b8 = LD_ROL(a16 ^ d1, 45), b18 = LD_ROL(a17 ^ d2, 15), b3 = LD_ROL(a18 ^ d3, 21),
                 b13 = LD_ROL(a19 ^ d4, 8), b14 = LD_ROL(a20 ^ d0, 18), b24 = LD_ROL(a21 ^ d1, 2),
                 b9 = LD_ROL(a22 ^ d2, 61), b19 = LD_ROL(a23 ^ d3, 56), b4 = LD_ROL(a24 ^ d4, 14);
        /* chi and iota */
        a0 = b0 ^ (~b1 & b2) ^ LD_ROUND_CONSTANTS[round];
        a1 = b1 ^ (~b2 & b3);
        a2 = b2 ^ (~b3 & b4);
        a3 = b3 ^ (~b4 & b0);
        a4 = b4 ^ (~b0 & b1);
        a5 = b5 ^ (~b6 & b7);
        a6 = b6 ^ (~b7 & b8);
        a7 = b7 ^ (~b8 & b9);
        a8 = b8 ^ (~b9 & b5);
        a9 = b9 ^ (~b5 & b6);
        a10 = b10 ^ (~b11 & b12);
        a11 = b11 ^ (~b12 & b13);
        a12 = b12 ^ (~b13 & b14);
        a13 = b13 ^ (~b14 & b10);
        a14 = b14 ^ (~b10 & b11);
        a15 = b15 ^ (~b16 & b17);
        a16 = b16 ^ (~b17 & b18);
        a17 = b17 ^ (~b18 & b19);
        a18 = b18 ^ (~b19 & b15);
        a19 = b19 ^ (~b15 & b16);
        a20 = b20 ^ (~b21 & b22);
        a21 = b21 ^ (~b22 & b23);
        a22 = b22 ^ (~b23 & b24);
        a23 = b23 ^ (~b24 & b20);
        a24 = b24 ^ (~b20 & b21);
    }
    s[0] = a0, s[1] = a1, s[2] = a2, s[3] = a3, s[4] = a4, s[5] = a5, s[6] = a6, s[7] = a7, s[8] = a8, s[9] = a9;
    s[10] = a10, s[11] = a11, s[12] = a12, s[13] = a13, s[14] = a14, s[15] = a15, s[16] = a16, s[17] = a17;
    s[18] = a18, s[19] = a19, s[20] = a20, s[21] = a21, s[22] = a22, s[23] = a23, s[24] = a24;
}

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
static void ld_keccak256(const uint8_t *data, size_t length, uint8_t *out) {
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
