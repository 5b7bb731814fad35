#include "md5_internal.h"

#if defined(__x86_64__)
#include <immintrin.h>

// ---- SSE2: four groups of four lanes, one after another.

#define F(b, c, d) _mm_xor_si128(d, _mm_and_si128(b, _mm_xor_si128(c, d)))
#define G(b, c, d) _mm_xor_si128(c, _mm_and_si128(d, _mm_xor_si128(b, c)))
#define H(b, c, d) _mm_xor_si128(b, _mm_xor_si128(c, d))
#define I(b, c, d) _mm_xor_si128(c, _mm_or_si128(b, _mm_xor_si128(d, ones)))
#define STEP(f, a, b, c, d, word, shift, constant)                                                                     \
    {                                                                                                                  \
        __m128i sum = _mm_add_epi32(_mm_add_epi32(a, f(b, c, d)),                                                      \
                                    _mm_add_epi32(w[word], _mm_set1_epi32((int)constant)));                            \
        sum = _mm_or_si128(_mm_slli_epi32(sum, shift), _mm_srli_epi32(sum, 32 - shift));                               \
        a = _mm_add_epi32(sum, b);                                                                                     \
    }

static void four_lanes(uint32_t state[4][APUS_LANES], const uint8_t *const *data, size_t first, size_t blocks) {
    const __m128i ones = _mm_set1_epi32(-1);
    __m128i a = _mm_loadu_si128((const __m128i *)&state[0][first]);
    __m128i b = _mm_loadu_si128((const __m128i *)&state[1][first]);
    __m128i c = _mm_loadu_si128((const __m128i *)&state[2][first]);
    __m128i d = _mm_loadu_si128((const __m128i *)&state[3][first]);
    for (size_t block = 0; block < blocks; block++) {
        __m128i w[16];
        for (int part = 0; part < 4; part++) {
            size_t offset = block * 64 + (size_t)part * 16;
            __m128i r0 = _mm_loadu_si128((const __m128i *)(data[first] + offset));
            __m128i r1 = _mm_loadu_si128((const __m128i *)(data[first + 1] + offset));
            __m128i r2 = _mm_loadu_si128((const __m128i *)(data[first + 2] + offset));
            __m128i r3 = _mm_loadu_si128((const __m128i *)(data[first + 3] + offset));
            __m128i t0 = _mm_unpacklo_epi32(r0, r1), t1 = _mm_unpacklo_epi32(r2, r3);
            __m128i t2 = _mm_unpackhi_epi32(r0, r1), t3 = _mm_unpackhi_epi32(r2, r3);
            w[part * 4] = _mm_unpacklo_epi64(t0, t1);
            w[part * 4 + 1] = _mm_unpackhi_epi64(t0, t1);
            w[part * 4 + 2] = _mm_unpacklo_epi64(t2, t3);
            w[part * 4 + 3] = _mm_unpackhi_epi64(t2, t3);
        }
        __m128i a0 = a, b0 = b, c0 = c, d0 = d;
        APUS_MD5_STEPS(STEP)
        a = _mm_add_epi32(a, a0);
        b = _mm_add_epi32(b, b0);
        c = _mm_add_epi32(c, c0);
        d = _mm_add_epi32(d, d0);
    }
    _mm_storeu_si128((__m128i *)&state[0][first], a);
    _mm_storeu_si128((__m128i *)&state[1][first], b);
    _mm_storeu_si128((__m128i *)&state[2][first], c);
    _mm_storeu_si128((__m128i *)&state[3][first], d);
}

void apus_md5_kernel_sse2(uint32_t state[4][APUS_LANES], const uint8_t *const data[APUS_LANES], size_t blocks) {
    for (size_t first = 0; first < APUS_LANES; first += 4) four_lanes(state, data, first, blocks);
}

#undef F
#undef G
#undef H
#undef I
#undef STEP

// ---- 256-bit registers: two groups of eight lanes, interleaved so that one group's steps hide the other's latency.

/// Turns eight lanes' 32 bytes into eight vectors, one for each word, lane by lane.
#define TRANSPOSE(data, first, offset, w)                                                                              \
    {                                                                                                                  \
        __m256i r0 = _mm256_loadu_si256((const __m256i *)((data)[(first)] + (offset)));                                \
        __m256i r1 = _mm256_loadu_si256((const __m256i *)((data)[(first) + 1] + (offset)));                            \
        __m256i r2 = _mm256_loadu_si256((const __m256i *)((data)[(first) + 2] + (offset)));                            \
        __m256i r3 = _mm256_loadu_si256((const __m256i *)((data)[(first) + 3] + (offset)));                            \
        __m256i r4 = _mm256_loadu_si256((const __m256i *)((data)[(first) + 4] + (offset)));                            \
        __m256i r5 = _mm256_loadu_si256((const __m256i *)((data)[(first) + 5] + (offset)));                            \
        __m256i r6 = _mm256_loadu_si256((const __m256i *)((data)[(first) + 6] + (offset)));                            \
        __m256i r7 = _mm256_loadu_si256((const __m256i *)((data)[(first) + 7] + (offset)));                            \
        __m256i t0 = _mm256_unpacklo_epi32(r0, r1), t1 = _mm256_unpackhi_epi32(r0, r1);                                \
        __m256i t2 = _mm256_unpacklo_epi32(r2, r3), t3 = _mm256_unpackhi_epi32(r2, r3);                                \
        __m256i t4 = _mm256_unpacklo_epi32(r4, r5), t5 = _mm256_unpackhi_epi32(r4, r5);                                \
        __m256i t6 = _mm256_unpacklo_epi32(r6, r7), t7 = _mm256_unpackhi_epi32(r6, r7);                                \
        r0 = _mm256_unpacklo_epi64(t0, t2);                                                                            \
        r1 = _mm256_unpackhi_epi64(t0, t2);                                                                            \
        r2 = _mm256_unpacklo_epi64(t1, t3);                                                                            \
        r3 = _mm256_unpackhi_epi64(t1, t3);                                                                            \
        r4 = _mm256_unpacklo_epi64(t4, t6);                                                                            \
        r5 = _mm256_unpackhi_epi64(t4, t6);                                                                            \
        r6 = _mm256_unpacklo_epi64(t5, t7);                                                                            \
        r7 = _mm256_unpackhi_epi64(t5, t7);                                                                            \
        (w)[0] = _mm256_permute2x128_si256(r0, r4, 0x20);                                                              \
        (w)[1] = _mm256_permute2x128_si256(r1, r5, 0x20);                                                              \
        (w)[2] = _mm256_permute2x128_si256(r2, r6, 0x20);                                                              \
        (w)[3] = _mm256_permute2x128_si256(r3, r7, 0x20);                                                              \
        (w)[4] = _mm256_permute2x128_si256(r0, r4, 0x31);                                                              \
        (w)[5] = _mm256_permute2x128_si256(r1, r5, 0x31);                                                              \
        (w)[6] = _mm256_permute2x128_si256(r2, r6, 0x31);                                                              \
        (w)[7] = _mm256_permute2x128_si256(r3, r7, 0x31);                                                              \
    }

#define LOAD(word, first) _mm256_loadu_si256((const __m256i *)&state[word][first])
#define STORE(word, first, value) _mm256_storeu_si256((__m256i *)&state[word][first], value)

#define SIXTEEN_LANES                                                                                                  \
    __m256i a = LOAD(0, 0), b = LOAD(1, 0), c = LOAD(2, 0), d = LOAD(3, 0);                                            \
    __m256i a_ = LOAD(0, 8), b_ = LOAD(1, 8), c_ = LOAD(2, 8), d_ = LOAD(3, 8);                                        \
    for (size_t block = 0; block < blocks; block++) {                                                                  \
        __m256i w[16], w_[16];                                                                                         \
        TRANSPOSE(data, 0, block * 64, w)                                                                              \
        TRANSPOSE(data, 0, block * 64 + 32, w + 8)                                                                     \
        TRANSPOSE(data, 8, block * 64, w_)                                                                             \
        TRANSPOSE(data, 8, block * 64 + 32, w_ + 8)                                                                    \
        __m256i a0 = a, b0 = b, c0 = c, d0 = d, a1 = a_, b1 = b_, c1 = c_, d1 = d_;                                    \
        APUS_MD5_STEPS(STEP)                                                                                           \
        a = _mm256_add_epi32(a, a0), b = _mm256_add_epi32(b, b0);                                                      \
        c = _mm256_add_epi32(c, c0), d = _mm256_add_epi32(d, d0);                                                      \
        a_ = _mm256_add_epi32(a_, a1), b_ = _mm256_add_epi32(b_, b1);                                                  \
        c_ = _mm256_add_epi32(c_, c1), d_ = _mm256_add_epi32(d_, d1);                                                  \
    }                                                                                                                  \
    STORE(0, 0, a), STORE(1, 0, b), STORE(2, 0, c), STORE(3, 0, d);                                                    \
    STORE(0, 8, a_), STORE(1, 8, b_), STORE(2, 8, c_), STORE(3, 8, d_);

#define STEP(f, a, b, c, d, word, shift, constant)                                                                     \
    {                                                                                                                  \
        const __m256i k = _mm256_set1_epi32((int)constant);                                                            \
        __m256i x = _mm256_add_epi32(_mm256_add_epi32(a, _mm256_add_epi32(w[word], k)), f(b, c, d));                   \
        __m256i y = _mm256_add_epi32(_mm256_add_epi32(a##_, _mm256_add_epi32(w_[word], k)), f(b##_, c##_, d##_));      \
        a = _mm256_add_epi32(ROTATE(x, shift), b);                                                                     \
        a##_ = _mm256_add_epi32(ROTATE(y, shift), b##_);                                                               \
    }

#define ROTATE(x, shift) _mm256_or_si256(_mm256_slli_epi32(x, shift), _mm256_srli_epi32(x, 32 - shift))
#define F(b, c, d) _mm256_xor_si256(d, _mm256_and_si256(b, _mm256_xor_si256(c, d)))
#define G(b, c, d) _mm256_xor_si256(c, _mm256_and_si256(d, _mm256_xor_si256(b, c)))
#define H(b, c, d) _mm256_xor_si256(b, _mm256_xor_si256(c, d))
#define I(b, c, d) _mm256_xor_si256(c, _mm256_or_si256(b, _mm256_xor_si256(d, ones)))

__attribute__((target("avx2"))) void
apus_md5_kernel_avx2(uint32_t state[4][APUS_LANES], const uint8_t *const data[APUS_LANES], size_t blocks) {
    const __m256i ones = _mm256_set1_epi32(-1);
    SIXTEEN_LANES
}

#undef ROTATE
#undef F
#undef G
#undef H
#undef I

#define ROTATE(x, shift) _mm256_rol_epi32(x, shift)
#define F(b, c, d) _mm256_ternarylogic_epi32(b, c, d, 0xca)
#define G(b, c, d) _mm256_ternarylogic_epi32(d, b, c, 0xca)
#define H(b, c, d) _mm256_ternarylogic_epi32(b, c, d, 0x96)
#define I(b, c, d) _mm256_ternarylogic_epi32(b, c, d, 0x39)

__attribute__((target("avx512f,avx512vl,avx512bw"))) void
apus_md5_kernel_avx512(uint32_t state[4][APUS_LANES], const uint8_t *const data[APUS_LANES], size_t blocks) {
    SIXTEEN_LANES
}

#endif
