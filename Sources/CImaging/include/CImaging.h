// Decodes JPEG (libjpeg-turbo) and PNG (libpng) files that nobody vouches for.
#ifndef CIMAGING_H
#define CIMAGING_H

#include <stddef.h>
#include <stdint.h>

#define IMAGING_MESSAGE_SIZE 256

enum imaging_status {
    IMAGING_OK = 0,
    /// Neither JPEG nor PNG.
    IMAGING_UNKNOWN_FORMAT,
    /// Truncated or damaged, or a kind of file that cannot be read.
    IMAGING_DAMAGED,
    /// More pixels than allowed; `width` and `height` say how large.
    IMAGING_TOO_LARGE,
    IMAGING_OUT_OF_MEMORY,
};

struct imaging_options {
    size_t max_pixels;
    /// 1: grey; 3: red, green, blue.
    int channels;
    /// Take a JPEG's own luminance as its grey, which is quicker and differs by the rounding of its colours.
    int luminance;
};

struct imaging_image {
    /// `width * height * channels` bytes, top row first; to be freed by `imaging_free`.
    uint8_t *pixels;
    uint32_t width;
    uint32_t height;
};

/// Decodes an image as Pillow's `Image.open(file).convert("L" or "RGB")` does.
///
/// Alpha, gamma, colour profiles and the orientation are left out of account. When the status is not `IMAGING_OK`,
/// nothing has to be freed and `message`, of `IMAGING_MESSAGE_SIZE` bytes, has the decoder's words or is empty.
enum imaging_status imaging_decode(
    const void *bytes, size_t count, const struct imaging_options *options, struct imaging_image *image, char *message);

void imaging_free(struct imaging_image *image);

#endif
