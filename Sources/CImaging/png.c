#include "imaging_internal.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <png.h>

enum { chunk_memory_limit = 1 << 20, chunk_count_limit = 64 };

// All that is known and not needed. What is skipped is neither kept nor unpacked.
static const uint8_t skipped_chunks[] =
    "bKGD\0cHRM\0eXIf\0gAMA\0hIST\0iCCP\0iTXt\0oFFs\0pCAL\0pHYs\0sBIT\0sCAL\0sPLT\0sRGB\0tEXt\0tIME\0tRNS\0zTXt";

struct png_job {
    png_structp reader;
    png_infop info;
    const uint8_t *bytes;
    size_t left;
    const struct imaging_options *options;
    struct imaging_image *image;
    char *message;
    /// The rows as the library gives them: one, or all of an interlaced image.
    uint8_t *rows;
    /// As in the file, before transformations.
    int depth, type;
    uint8_t palette[256 * 3];
};

static void give_up(png_structp reader, png_const_charp message) {
    struct png_job *job = png_get_error_ptr(reader);
    snprintf(job->message, IMAGING_MESSAGE_SIZE, "%s", message);
    png_longjmp(reader, 1);
}

static void say_nothing(png_structp reader, png_const_charp message) {
    (void)reader;
    (void)message;
}

static void take(png_structp reader, png_bytep to, size_t count) {
    struct png_job *job = png_get_io_ptr(reader);
    if (count > job->left) png_error(reader, "the file is truncated");
    memcpy(to, job->bytes, count);
    job->bytes += count;
    job->left -= count;
}

static void set_limits(png_structp reader) {
    png_set_chunk_malloc_max(reader, chunk_memory_limit);
    png_set_chunk_cache_max(reader, chunk_count_limit);
    png_set_keep_unknown_chunks(
        reader, PNG_HANDLE_CHUNK_NEVER, skipped_chunks, (int)(sizeof skipped_chunks / 5));
    png_set_benign_errors(reader, 1);
}

static void copy_palette(struct png_job *job) {
    png_colorp entries = NULL;
    int count = 0;
    if (!png_get_PLTE(job->reader, job->info, &entries, &count)) png_error(job->reader, "the palette is missing");
    for (int i = 0; i < count && i < 256; i++) {
        job->palette[i * 3] = entries[i].red;
        job->palette[i * 3 + 1] = entries[i].green;
        job->palette[i * 3 + 2] = entries[i].blue;
    }
}

static void convert_palette(const struct png_job *job, const uint8_t *from, uint8_t *to, size_t count) {
    for (size_t i = 0; i < count; i++) {
        imaging_convert_colour(
            job->palette + from[i] * 3, to + i * (size_t)job->options->channels, 1, 3, job->options->channels);
    }
}

// As Pillow: more than 255 of 65535 is white.
static void saturate(uint8_t *row, size_t count) {
    for (size_t i = 0; i < count; i++) row[i] = row[i * 2] != 0 ? 255 : row[i * 2 + 1];
}

static void widen(uint8_t *row, size_t count, int depth) {
    unsigned factor = 255u / ((1u << depth) - 1);
    for (size_t i = 0; i < count; i++) row[i] = (uint8_t)(row[i] * factor);
}

static void convert_row(struct png_job *job, uint8_t *from, uint8_t *to) {
    size_t count = job->image->width;
    int channels = job->options->channels;
    switch (job->type) {
    case PNG_COLOR_TYPE_PALETTE:
        convert_palette(job, from, to, count);
        break;
    case PNG_COLOR_TYPE_GRAY:
        if (job->depth == 16) saturate(from, count);
        if (job->depth < 8) widen(from, count, job->depth);
        imaging_convert_grey(from, to, count, 1, channels);
        break;
    case PNG_COLOR_TYPE_GRAY_ALPHA:
        imaging_convert_grey(from, to, count, 2, channels);
        break;
    case PNG_COLOR_TYPE_RGB:
        imaging_convert_colour(from, to, count, 3, channels);
        break;
    default:
        imaging_convert_colour(from, to, count, 4, channels);
        break;
    }
}

static size_t row_size(const struct png_job *job) {
    size_t bytes = job->depth == 16 && job->type == PNG_COLOR_TYPE_GRAY ? 2 : png_get_channels(job->reader, job->info);
    return bytes * job->image->width;
}

/// Settles that rows come as whole bytes, all but grey with 8 bits a channel; gives the number of passes.
static int set_transformations(struct png_job *job) {
    job->depth = png_get_bit_depth(job->reader, job->info);
    job->type = png_get_color_type(job->reader, job->info);
    if (job->depth < 8) png_set_packing(job->reader);
    if (job->depth == 16 && job->type != PNG_COLOR_TYPE_GRAY) png_set_strip_16(job->reader);
    if (job->type == PNG_COLOR_TYPE_PALETTE) copy_palette(job);
    int passes = png_set_interlace_handling(job->reader);
    png_read_update_info(job->reader, job->info);
    if (png_get_rowbytes(job->reader, job->info) != row_size(job)) png_error(job->reader, "rows of unexpected size");
    return passes;
}

static enum imaging_status read_rows(struct png_job *job) {
    int passes = set_transformations(job);
    size_t height = job->image->height, size = row_size(job);
    size_t row_out = (size_t)job->image->width * (size_t)job->options->channels;
    job->rows = malloc(passes > 1 ? size * height : size);
    if (job->rows == NULL) return IMAGING_OUT_OF_MEMORY;
    for (int pass = 0; pass < passes; pass++) {
        for (size_t y = 0; y < height; y++) {
            uint8_t *row = passes > 1 ? job->rows + y * size : job->rows;
            png_read_row(job->reader, row, NULL);
            if (pass == passes - 1) convert_row(job, row, job->image->pixels + y * row_out);
        }
    }
    return IMAGING_OK;
}

/// All that may jump; `job` is the caller's, so that it is whole afterwards.
static enum imaging_status decode(struct png_job *job) {
    if (setjmp(png_jmpbuf(job->reader))) return IMAGING_DAMAGED;
    png_set_read_fn(job->reader, job, take);
    set_limits(job->reader);
    png_read_info(job->reader, job->info);
    enum imaging_status status = imaging_prepare(
        png_get_image_width(job->reader, job->info), png_get_image_height(job->reader, job->info), job->options,
        job->image);
    if (status != IMAGING_OK) return status;
    status = read_rows(job);
    if (status == IMAGING_OK) png_read_end(job->reader, NULL);
    return status;
}

enum imaging_status imaging_decode_png(
    const uint8_t *bytes, size_t count, const struct imaging_options *options, struct imaging_image *image,
    char *message
) {
    struct png_job job = {.bytes = bytes, .left = count, .options = options, .image = image, .message = message};
    job.reader = png_create_read_struct(PNG_LIBPNG_VER_STRING, &job, give_up, say_nothing);
    if (job.reader == NULL) return IMAGING_OUT_OF_MEMORY;
    job.info = png_create_info_struct(job.reader);
    enum imaging_status status = job.info == NULL ? IMAGING_OUT_OF_MEMORY : decode(&job);
    png_destroy_read_struct(&job.reader, &job.info, NULL);
    free(job.rows);
    return status;
}
