#include "imaging_internal.h"

#include <stdlib.h>
#include <string.h>

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
    if (status != IMAGING_OK) imaging_free(image);
    return status;
}

void imaging_free(struct imaging_image *image) {
    free(image->pixels);
    image->pixels = NULL;
}

enum imaging_status imaging_prepare(
    uint32_t width, uint32_t height, const struct imaging_options *options, struct imaging_image *image
) {
    image->width = width;
    image->height = height;
    if (width == 0 || height == 0) return IMAGING_DAMAGED;
    if ((uint64_t)width * height > options->max_pixels) return IMAGING_TOO_LARGE;
    image->pixels = malloc((size_t)width * height * (size_t)options->channels);
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

void imaging_convert_colour(const uint8_t *from, uint8_t *to, size_t count, size_t stride, int channels) {
    if (channels == 1 && stride == 4) {
        // A loop of its own, which the compiler can do for several pixels at once.
        for (size_t i = 0; i < count; i++) to[i] = imaging_grey(from[i * 4], from[i * 4 + 1], from[i * 4 + 2]);
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
