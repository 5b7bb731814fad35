#ifndef IMAGING_INTERNAL_H
#define IMAGING_INTERNAL_H

#include "CImaging.h"

enum imaging_status imaging_decode_jpeg(
    const uint8_t *bytes, size_t count, const struct imaging_options *options, struct imaging_image *image,
    char *message);
enum imaging_status imaging_decode_png(
    const uint8_t *bytes, size_t count, const struct imaging_options *options, struct imaging_image *image,
    char *message);

/// Checks the size and allocates the pixels.
enum imaging_status imaging_prepare(
    uint32_t width, uint32_t height, const struct imaging_options *options, struct imaging_image *image);

/// The grey of ITU-R 601-2, rounded.
static inline uint8_t imaging_grey(uint32_t red, uint32_t green, uint32_t blue) {
    return (uint8_t)((red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16);
}

/// Rows of pixels of 1 byte (grey), 3 or 4 bytes (colour, the 4th left out) as 1 or 3 channels.
void imaging_convert_grey(const uint8_t *from, uint8_t *to, size_t count, size_t stride, int channels);
void imaging_convert_colour(const uint8_t *from, uint8_t *to, size_t count, size_t stride, int channels);

#endif
