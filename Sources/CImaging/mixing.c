#include "imaging_internal.h"

#include <string.h>

// The same code for processors of today and for all others; which one runs is settled when the program starts.
#if defined(__x86_64__) && defined(__linux__) && !defined(IMAGING_PORTABLE)
#define FOR_EACH_PROCESSOR __attribute__((target_clones("avx2", "default")))
#else
#define FOR_EACH_PROCESSOR
#endif

typedef int32_t four_numbers __attribute__((vector_size(16)));
typedef uint8_t four_bytes __attribute__((vector_size(4)));
typedef int32_t eight_numbers __attribute__((vector_size(32)));
typedef uint8_t eight_bytes __attribute__((vector_size(8)));

enum { half = 1 << (IMAGING_PRECISION - 1) };

static inline uint8_t pixel(int32_t sum) {
    int32_t level = sum >> IMAGING_PRECISION;
    return (uint8_t)(level < 0 ? 0 : level > 255 ? 255 : level);
}

FOR_EACH_PROCESSOR
void imaging_mix_grey_columns(
    const uint8_t *from, uint8_t *to, const struct imaging_span *spans, const int32_t *weights, size_t stride,
    size_t count
) {
    for (size_t x = 0; x < count; x++) {
        const uint8_t *pixels = from + spans[x].first;
        const int32_t *factors = weights + x * stride;
        int32_t sum = 0;
        for (int32_t tap = 0; tap < spans[x].count; tap++) sum += pixels[tap] * factors[tap];
        to[x] = pixel(sum + half);
    }
}

FOR_EACH_PROCESSOR
void imaging_mix_colour_columns(
    const uint8_t *from, uint8_t *to, const struct imaging_span *spans, const int32_t *weights, size_t stride,
    size_t count
) {
    for (size_t x = 0; x < count; x++) {
        const uint8_t *pixels = from + (size_t)spans[x].first * 3;
        const int32_t *factors = weights + x * stride;
        four_numbers sums = {half, half, half, half};
        for (int32_t tap = 0; tap < spans[x].count; tap++) {
            // The fourth is a byte of the next pixel, or beyond the last one.
            four_bytes levels;
            memcpy(&levels, pixels + tap * 3, 4);
            sums += __builtin_convertvector(levels, four_numbers) * factors[tap];
        }
        for (int c = 0; c < 3; c++) to[x * 3 + (size_t)c] = pixel(sums[c]);
    }
}

FOR_EACH_PROCESSOR
void imaging_mix_rows(
    const uint8_t *from, size_t row_size, uint8_t *to, size_t count, const int32_t *factors, size_t taps
) {
    size_t x = 0;
    for (; x + 16 <= count; x += 16) {
        eight_numbers low = {0}, high = {0};
        for (size_t tap = 0; tap < taps; tap++) {
            eight_bytes levels[2];
            memcpy(levels, from + tap * row_size + x, 16);
            low += __builtin_convertvector(levels[0], eight_numbers) * factors[tap];
            high += __builtin_convertvector(levels[1], eight_numbers) * factors[tap];
        }
        for (int i = 0; i < 8; i++) {
            to[x + (size_t)i] = pixel(low[i] + half);
            to[x + 8 + (size_t)i] = pixel(high[i] + half);
        }
    }
    for (; x < count; x++) {
        int32_t sum = half;
        for (size_t tap = 0; tap < taps; tap++) sum += from[tap * row_size + x] * factors[tap];
        to[x] = pixel(sum);
    }
}
