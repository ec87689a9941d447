/* Where a byte comes next: sixteen at a time where SSE2 is (every x86-64), by a table elsewhere.
   Nothing is read at or past `end`. */
#ifndef LIGHTDOM_SCAN_BYTES_H
#define LIGHTDOM_SCAN_BYTES_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__SSE2__) && (defined(__GNUC__) || defined(__clang__))
#define LD_HAS_SSE2 1
#include <emmintrin.h>
#else
#define LD_HAS_SSE2 0
#endif

/* Bytes that a rule of a style sheet is not simply passed over at: braces, parentheses that open, strings, escapes and
   slashes; a semicolon for some (2). */
static const uint8_t LD_CSS_STOPS[256] = {
    ['{'] = 1, ['}'] = 1, ['('] = 1, ['"'] = 1, ['\''] = 1, ['\\'] = 1, ['/'] = 1, [';'] = 2};
/* In a tag: white-space and ">" (1), "/" (2), "=" (4). */
static const uint8_t LD_TAG_STOPS[256] = {['\t'] = 1, ['\n'] = 1, ['\f'] = 1, ['\r'] = 1,
                                          [' '] = 1,  ['>'] = 1,  ['/'] = 2,  ['='] = 4};

static inline const uint8_t *ld_find(const uint8_t *at, const uint8_t *end, uint8_t wanted) {
#if LD_HAS_SSE2
    const __m128i every = _mm_set1_epi8((char)wanted);
    /* Most of what is looked for is near; memchr is better for the rest. */
    for (int i = 0; i < 4 && end - at >= 16; ++i) {
        int hits = _mm_movemask_epi8(_mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)at), every));
        if (hits) return at + __builtin_ctz((unsigned)hits);
        at += 16;
    }
#endif
    if (at >= end) return end;
    const void *hit = memchr(at, wanted, (size_t)(end - at));
    return hit ? (const uint8_t *)hit : end;
}

static inline const uint8_t *ld_css_stop(const uint8_t *at, const uint8_t *end, int at_semicolon) {
    const uint8_t stops = at_semicolon ? 3 : 1;
#if LD_HAS_SSE2
    const __m128i open = _mm_set1_epi8('{'), close = _mm_set1_epi8('}'), parenthesis = _mm_set1_epi8('('),
                  two = _mm_set1_epi8('"'), one = _mm_set1_epi8('\''), back = _mm_set1_epi8('\\'),
                  slash = _mm_set1_epi8('/'), semicolon = _mm_set1_epi8(at_semicolon ? ';' : '{');
    while (end - at >= 16) {
        const __m128i bytes = _mm_loadu_si128((const __m128i *)at);
        const __m128i braces = _mm_or_si128(_mm_cmpeq_epi8(bytes, open), _mm_cmpeq_epi8(bytes, close));
        const __m128i quotes = _mm_or_si128(_mm_cmpeq_epi8(bytes, two), _mm_cmpeq_epi8(bytes, one));
        const __m128i slashes = _mm_or_si128(_mm_cmpeq_epi8(bytes, back), _mm_cmpeq_epi8(bytes, slash));
        const __m128i rest = _mm_or_si128(_mm_cmpeq_epi8(bytes, parenthesis), _mm_cmpeq_epi8(bytes, semicolon));
        const int hits = _mm_movemask_epi8(_mm_or_si128(_mm_or_si128(braces, quotes), _mm_or_si128(slashes, rest)));
        if (hits) return at + __builtin_ctz((unsigned)hits);
        at += 16;
    }
#endif
    while (at < end && !(LD_CSS_STOPS[*at] & stops)) ++at;
    return at;
}

/* The next byte of one of these classes of LD_TAG_STOPS. */
static inline const uint8_t *ld_tag_stop(const uint8_t *at, const uint8_t *end, int classes) {
    while (at < end && !(LD_TAG_STOPS[*at] & classes)) ++at;
    return at;
}

#endif
