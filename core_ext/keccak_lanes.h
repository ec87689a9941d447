/* Keccak-f[1600] on four states at once, one in each 64-bit lane of an AVX2 register.
   Whether the processor can is asked at run time, so one build serves every x86-64; others have the portable code. */
#ifndef LIGHTDOM_KECCAK_LANES_H
#define LIGHTDOM_KECCAK_LANES_H

#include "keccak_f1600.h"

#if defined(__x86_64__) && (defined(__GNUC__) || defined(__clang__))
#define LD_HAS_AVX2 1
#include <immintrin.h>

#define LD_AVX2 __attribute__((target("avx2")))
#define LD_WORD __m256i
#define LD_XOR(a, b) _mm256_xor_si256(a, b)
#define LD_ANDN(a, b) _mm256_andnot_si256(a, b)
#define LD_ROL(a, n) _mm256_or_si256(_mm256_slli_epi64(a, n), _mm256_srli_epi64(a, 64 - (n)))
/* Whole bytes turn in one shuffle instead of three operations. */
#define LD_ROL8(a) _mm256_shuffle_epi8(a, turn8)
#define LD_ROL56(a) _mm256_shuffle_epi8(a, turn56)
#define LD_LOAD(i) _mm256_load_si256((const __m256i *)s[i])
#define LD_STORE(i, a) _mm256_store_si256((__m256i *)s[i], a)
#define LD_CONSTANT(round) _mm256_set1_epi64x((long long)LD_ROUND_CONSTANTS[round])

static inline int ld_has_avx2(void) { return __builtin_cpu_supports("avx2") != 0; }

/* Word i of state j is s[i][j]; s lies at a multiple of 32 bytes. */
LD_AVX2 static inline void ld_keccak_f1600_four(uint64_t s[25][4]) {
    const __m256i turn8 = _mm256_set_epi64x(0x0e0d0c0b0a09080f, 0x0605040302010007, 0x0e0d0c0b0a09080f,
                                            0x0605040302010007);
    const __m256i turn56 = _mm256_set_epi64x(0x080f0e0d0c0b0a09, 0x0007060504030201, 0x080f0e0d0c0b0a09,
                                             0x0007060504030201);
    LD_PERMUTE(LD_CONSTANT);
}

#undef LD_WORD
#undef LD_XOR
#undef LD_ANDN
#undef LD_ROL
#undef LD_ROL8
#undef LD_ROL56
#undef LD_LOAD
#undef LD_STORE
#undef LD_CONSTANT
#else
#define LD_HAS_AVX2 0
static inline int ld_has_avx2(void) { return 0; }
#endif

#endif
