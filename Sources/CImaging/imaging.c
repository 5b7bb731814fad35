#include "imaging_internal.h"

#include <stdlib.h>
#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

static const uint8_t png_signature[8] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

enum imaging_status imaging_decode(
    const void *bytes, size_t count, const struct imaging_options *options, struct imaging_image *image, char *message
) {
    const uint8_t *first = bytes;
    *image = (struct imaging_image){0};
    message[0] = 0;
    enum imaging_status status = IMAGING_UNKNOWN_FORMAT;
    if (count >= 3 && first[0] == 0xFF && first[1] == 0xD8 && first[2] == 0xFF) {
        status = imaging_decode_jpeg(first, count, options, image, message);
    } else if (count >= 8 && memcmp(first, png_signature, 8) == 0) {
        status = imaging_decode_png(first, count, options, image, message);
    }
    if (status != IMAGING_OK) {
        free(image->pixels);
        image->pixels = NULL;
    }
    return status;
}

enum imaging_status imaging_prepare(
    uint32_t width, uint32_t height, const struct imaging_options *options, struct imaging_image *image
) {
    image->width = width;
    image->height = height;
    if (width == 0 || height == 0) return IMAGING_DAMAGED;
    if ((uint64_t)width * height > options->max_pixels) return IMAGING_TOO_LARGE;
    image->pixels = malloc((size_t)width * height * (size_t)options->channels + IMAGING_SLACK);
    return image->pixels == NULL ? IMAGING_OUT_OF_MEMORY : IMAGING_OK;
}

void imaging_convert_grey(const uint8_t *from, uint8_t *to, size_t count, size_t stride, int channels) {
    if (channels == 1) {
        for (size_t i = 0; i < count; i++) to[i] = from[i * stride];
        return;
    }
    for (size_t i = 0; i < count; i++) {
        uint8_t grey = from[i * stride];
        to[i * 3] = grey;
        to[i * 3 + 1] = grey;
        to[i * 3 + 2] = grey;
    }
}

#ifdef __SSE2__
/// The sums of four pixels for ``imaging_grey``; the factor of green, too large for 16 bits, is halved.
static inline __m128i grey_sums(const uint8_t *from) {
    __m128i pixels = _mm_loadu_si128((const __m128i *)from);
    __m128i red_blue = _mm_and_si128(pixels, _mm_set1_epi32(0x00FF00FF));
    __m128i green = _mm_and_si128(_mm_srli_epi32(pixels, 8), _mm_set1_epi32(0xFF));
    __m128i sum = _mm_madd_epi16(red_blue, _mm_set1_epi32(7471 << 16 | 19595));
    sum = _mm_add_epi32(sum, _mm_slli_epi32(_mm_madd_epi16(green, _mm_set1_epi32(19235)), 1));
    return _mm_srli_epi32(_mm_add_epi32(sum, _mm_set1_epi32(0x8000)), 16);
}
#endif

/// Grey of pixels of 4 bytes.
static void convert_quads(const uint8_t *from, uint8_t *to, size_t count) {
    size_t i = 0;
#ifdef __SSE2__
    for (; i + 16 <= count; i += 16) {
        __m128i low = _mm_packs_epi32(grey_sums(from + i * 4), grey_sums(from + i * 4 + 16));
        __m128i high = _mm_packs_epi32(grey_sums(from + i * 4 + 32), grey_sums(from + i * 4 + 48));
        _mm_storeu_si128((__m128i *)(to + i), _mm_packus_epi16(low, high));
    }
#endif
    for (; i < count; i++) to[i] = imaging_grey(from[i * 4], from[i * 4 + 1], from[i * 4 + 2]);
}

void imaging_convert_colour(const uint8_t *from, uint8_t *to, size_t count, size_t stride, int channels) {
    if (channels == 1 && stride == 4) {
        convert_quads(from, to, count);
        return;
    }
    if (channels == 3 && stride == 3) {
        memcpy(to, from, count * 3);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        const uint8_t *pixel = from + i * stride;
        if (channels == 1) {
            to[i] = imaging_grey(pixel[0], pixel[1], pixel[2]);
        } else {
            memcpy(to + i * 3, pixel, 3);
        }
    }
}
