// Decodes JPEG (libjpeg-turbo) and PNG (libpng) files that nobody vouches for, and mixes pixels.
#ifndef CIMAGING_H
#define CIMAGING_H

#include <stddef.h>
#include <stdint.h>

#define IMAGING_MESSAGE_SIZE 256
/// Bytes after the last pixel that may be read, not used.
#define IMAGING_SLACK 4
/// Weights are whole numbers of 2^-22, as in Pillow.
#define IMAGING_PRECISION 22

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
    /// `width * height * channels` bytes, top row first, and `IMAGING_SLACK` more; to be freed by `free`.
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

/// The pixels that one of the result is made of.
struct imaging_span {
    int32_t first;
    int32_t count;
};

/// Makes a row of `count` pixels, each the sum of a span of the given row's by the `stride` weights at its place.
void imaging_mix_grey_columns(
    const uint8_t *from, uint8_t *to, const struct imaging_span *spans, const int32_t *weights, size_t stride,
    size_t count);
/// The same for pixels of three channels.
void imaging_mix_colour_columns(
    const uint8_t *from, uint8_t *to, const struct imaging_span *spans, const int32_t *weights, size_t stride,
    size_t count);
/// Makes a row of `count` bytes, each the sum of the bytes at its place in `taps` rows by a weight for each row.
void imaging_mix_rows(
    const uint8_t *from, size_t row_size, uint8_t *to, size_t count, const int32_t *factors, size_t taps);

#endif
