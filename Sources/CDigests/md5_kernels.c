#include "md5_internal.h"

#include <string.h>

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__

// ---- Vectors of four, on any processor: four groups of four lanes, one after another.

typedef uint32_t vector __attribute__((vector_size(16)));

#define F(b, c, d) (d ^ (b & (c ^ d)))
#define G(b, c, d) (c ^ (d & (b ^ c)))
#define H(b, c, d) (b ^ c ^ d)
#define I(b, c, d) (c ^ (b | ~d))
#define STEP(f, a, b, c, d, word, shift, constant)                                                                     \
    {                                                                                                                  \
        vector sum = a + f(b, c, d) + w[word] + (uint32_t)constant;                                                    \
        a = ((sum << shift) | (sum >> (32 - shift))) + b;                                                              \
    }

static vector load(const void *from) {
    vector value;
    memcpy(&value, from, sizeof value);
    return value;
}

static void four_lanes(uint32_t state[4][APUS_LANES], const uint8_t *const *data, size_t first, size_t blocks) {
    vector a = load(&state[0][first]), b = load(&state[1][first]);
    vector c = load(&state[2][first]), d = load(&state[3][first]);
    for (size_t block = 0; block < blocks; block++) {
        vector w[16];
        for (int part = 0; part < 4; part++) {
            size_t offset = block * 64 + (size_t)part * 16;
            vector r0 = load(data[first] + offset), r1 = load(data[first + 1] + offset);
            vector r2 = load(data[first + 2] + offset), r3 = load(data[first + 3] + offset);
            vector t0 = __builtin_shufflevector(r0, r1, 0, 4, 1, 5), t1 = __builtin_shufflevector(r2, r3, 0, 4, 1, 5);
            vector t2 = __builtin_shufflevector(r0, r1, 2, 6, 3, 7), t3 = __builtin_shufflevector(r2, r3, 2, 6, 3, 7);
            w[part * 4] = __builtin_shufflevector(t0, t1, 0, 1, 4, 5);
            w[part * 4 + 1] = __builtin_shufflevector(t0, t1, 2, 3, 6, 7);
            w[part * 4 + 2] = __builtin_shufflevector(t2, t3, 0, 1, 4, 5);
            w[part * 4 + 3] = __builtin_shufflevector(t2, t3, 2, 3, 6, 7);
        }
        vector a0 = a, b0 = b, c0 = c, d0 = d;
        APUS_MD5_STEPS(STEP)
        a += a0, b += b0, c += c0, d += d0;
    }
    memcpy(&state[0][first], &a, sizeof a), memcpy(&state[1][first], &b, sizeof b);
    memcpy(&state[2][first], &c, sizeof c), memcpy(&state[3][first], &d, sizeof d);
}

void apus_md5_kernel_four(uint32_t state[4][APUS_LANES], const uint8_t *const data[APUS_LANES], size_t blocks) {
    for (size_t first = 0; first < APUS_LANES; first += 4) four_lanes(state, data, first, blocks);
}

#undef F
#undef G
#undef H
#undef I
#undef STEP

#endif

#if defined(__x86_64__)
#include <immintrin.h>

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
