#include "CDigests.h"

#include <stdatomic.h>
#include <string.h>
#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>
#elif defined(__aarch64__) && defined(__linux__)
#include <arm_neon.h>
#include <asm/hwcap.h>
#include <sys/auxv.h>
#endif

static const uint32_t constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

// ---- Kernels: each takes whole blocks of 64 bytes into the state (FIPS 180-4, 6.2.2)

typedef void (*kernel)(uint32_t state[8], const uint8_t *data, size_t blocks);

static uint32_t rotate(uint32_t x, int n) { return (x >> n) | (x << (32 - n)); }

static void portable(uint32_t state[8], const uint8_t *data, size_t blocks) {
    for (; blocks > 0; blocks--) {
        uint32_t w[64], v[8];
        for (int i = 0; i < 16; i++, data += 4)
            w[i] = (uint32_t)data[0] << 24 | (uint32_t)data[1] << 16 | (uint32_t)data[2] << 8 | data[3];
        for (int i = 16; i < 64; i++) {
            uint32_t s0 = rotate(w[i - 15], 7) ^ rotate(w[i - 15], 18) ^ (w[i - 15] >> 3);
            uint32_t s1 = rotate(w[i - 2], 17) ^ rotate(w[i - 2], 19) ^ (w[i - 2] >> 10);
            w[i] = w[i - 16] + s0 + w[i - 7] + s1;
        }
        memcpy(v, state, sizeof v);
        // The variables change their names rather than their places: what is h in this round is a in the next.
#pragma GCC unroll 64
        for (int i = 0; i < 64; i++) {
#define V(n) v[((n) - i) & 7]
            uint32_t s1 = rotate(V(4), 6) ^ rotate(V(4), 11) ^ rotate(V(4), 25);
            uint32_t t1 = V(7) + s1 + (V(6) ^ (V(4) & (V(5) ^ V(6)))) + constants[i] + w[i];
            uint32_t s0 = rotate(V(0), 2) ^ rotate(V(0), 13) ^ rotate(V(0), 22);
            V(3) += t1;
            V(7) = t1 + s0 + ((V(0) & V(1)) | (V(2) & (V(0) | V(1))));
#undef V
        }
        for (int i = 0; i < 8; i++) state[i] += v[i];
    }
}

#if defined(__x86_64__)

/// The processor's own instructions want the variables as (a, b, e, f) and (c, d, g, h), the first in the highest place.
__attribute__((target("sha,ssse3,sse4.1"))) static void accelerated(uint32_t state[8], const uint8_t *data,
                                                                     size_t blocks) {
    const __m128i big_endian = _mm_set_epi8(12, 13, 14, 15, 8, 9, 10, 11, 4, 5, 6, 7, 0, 1, 2, 3);
    __m128i abcd = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)state), 0x1b);
    __m128i efgh = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)(state + 4)), 0x1b);
    __m128i abef = _mm_unpackhi_epi64(efgh, abcd);
    __m128i cdgh = _mm_unpacklo_epi64(efgh, abcd);
    for (; blocks > 0; blocks--, data += 64) {
        __m128i w[4], first = abef, second = cdgh;
        for (int i = 0; i < 4; i++)
            w[i] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(data + 16 * i)), big_endian);
#pragma GCC unroll 16
        for (int i = 0; i < 16; i++) {
            __m128i *now = &w[i & 3], *last = &w[(i + 3) & 3];
            if (i >= 4) {
                __m128i middle = _mm_alignr_epi8(*last, w[(i + 2) & 3], 4);
                *now = _mm_sha256msg2_epu32(_mm_add_epi32(_mm_sha256msg1_epu32(*now, w[(i + 1) & 3]), middle), *last);
            }
            __m128i sums = _mm_add_epi32(*now, _mm_loadu_si128((const __m128i *)(constants + 4 * i)));
            cdgh = _mm_sha256rnds2_epu32(cdgh, abef, sums);
            abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(sums, 0x0e));
        }
        abef = _mm_add_epi32(abef, first);
        cdgh = _mm_add_epi32(cdgh, second);
    }
    abcd = _mm_unpackhi_epi64(cdgh, abef);
    efgh = _mm_unpacklo_epi64(cdgh, abef);
    _mm_storeu_si128((__m128i *)state, _mm_shuffle_epi32(abcd, 0x1b));
    _mm_storeu_si128((__m128i *)(state + 4), _mm_shuffle_epi32(efgh, 0x1b));
}

static int is_accelerated(void) {
    unsigned a, b, c, d;
    if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_SSSE3) || !(c & bit_SSE4_1)) return 0;
    return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & bit_SHA);
}

#elif defined(__aarch64__) && defined(__linux__)

__attribute__((target("sha2"))) static void accelerated(uint32_t state[8], const uint8_t *data, size_t blocks) {
    uint32x4_t abcd = vld1q_u32(state), efgh = vld1q_u32(state + 4);
    for (; blocks > 0; blocks--, data += 64) {
        uint32x4_t w[4], first = abcd, second = efgh;
        for (int i = 0; i < 4; i++) w[i] = vreinterpretq_u32_u8(vrev32q_u8(vld1q_u8(data + 16 * i)));
#pragma GCC unroll 16
        for (int i = 0; i < 16; i++) {
            uint32x4_t *now = &w[i & 3], before = abcd;
            uint32x4_t sums = vaddq_u32(*now, vld1q_u32(constants + 4 * i));
            *now = vsha256su1q_u32(vsha256su0q_u32(*now, w[(i + 1) & 3]), w[(i + 2) & 3], w[(i + 3) & 3]);
            abcd = vsha256hq_u32(abcd, efgh, sums);
            efgh = vsha256h2q_u32(efgh, before, sums);
        }
        abcd = vaddq_u32(abcd, first);
        efgh = vaddq_u32(efgh, second);
    }
    vst1q_u32(state, abcd);
    vst1q_u32(state + 4, efgh);
}

static int is_accelerated(void) { return (getauxval(AT_HWCAP) & HWCAP_SHA2) != 0; }

#else

static int is_accelerated(void) { return 0; }
#define accelerated portable

#endif

static _Atomic(kernel) chosen;

int apus_sha256_accelerate(int wanted) {
    int found = wanted && is_accelerated();
    atomic_store(&chosen, found ? accelerated : portable);
    return found;
}

static void take(apus_sha256_context *context, const uint8_t *data, size_t blocks) {
    kernel kernel = atomic_load_explicit(&chosen, memory_order_relaxed);
    if (kernel == NULL) {
        apus_sha256_accelerate(1);
        kernel = atomic_load(&chosen);
    }
    kernel(context->state, data, blocks);
}

// ---- Messages

void apus_sha256_init(apus_sha256_context *context) {
    static const uint32_t initial[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                        0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    memcpy(context->state, initial, sizeof initial);
    context->length = 0;
    context->buffered = 0;
}

void apus_sha256_update(apus_sha256_context *context, const uint8_t *data, size_t length) {
    context->length += length;
    while (length > 0) {
        if (context->buffered == 0 && length >= 64) {
            take(context, data, length / 64);
            data += length / 64 * 64, length %= 64;
            continue;
        }
        size_t room = 64 - context->buffered;
        size_t taken = length < room ? length : room;
        memcpy(context->block + context->buffered, data, taken);
        context->buffered += (uint32_t)taken;
        data += taken, length -= taken;
        if (context->buffered == 64) take(context, context->block, 1), context->buffered = 0;
    }
}

void apus_sha256_final(apus_sha256_context *context, uint8_t out[32]) {
    uint64_t bits = context->length << 3;
    uint8_t padding[72] = {0x80};
    size_t zeros = (context->buffered < 56 ? 56 : 120) - context->buffered;
    for (int i = 0; i < 8; i++) padding[zeros + (size_t)i] = (uint8_t)(bits >> (56 - 8 * i));
    apus_sha256_update(context, padding, zeros + 8);
    for (int i = 0; i < 32; i++) out[i] = (uint8_t)(context->state[i / 4] >> (24 - 8 * (i % 4)));
}
