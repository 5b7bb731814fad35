#include "imaging_internal.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>
#include <jerror.h>

// A file may ask for far more work than its size: each scan of a progressive image goes over all of it.
enum { scan_limit = 100, scanned_images_limit = 16, rows_at_once = 8 };

struct jpeg_job {
    struct jpeg_decompress_struct decoder;
    struct jpeg_error_mgr errors;
    struct jpeg_progress_mgr progress;
    jmp_buf escape;
    char *message;
    const struct imaging_options *options;
    uint8_t *rows;
};

static struct jpeg_job *job_of(j_common_ptr decoder) {
    return decoder->client_data;
}

static void give_up(j_common_ptr decoder) {
    struct jpeg_job *job = job_of(decoder);
    job->errors.format_message(decoder, job->message);
    longjmp(job->escape, 1);
}

static void say_nothing(j_common_ptr decoder) {
    (void)decoder;
}

// The library would go on with grey blocks after these; a prediction from them is worth nothing.
static void judge_warning(j_common_ptr decoder, int level) {
    if (level >= 0) return;
    switch (decoder->err->msg_code) {
    case JWRN_JPEG_EOF:
    case JWRN_HUFF_BAD_CODE:
    case JWRN_ARITH_BAD_CODE:
    case JWRN_HIT_MARKER:
    case JWRN_MUST_RESYNC:
        give_up(decoder);
    default:
        break;
    }
}

static void fail(struct jpeg_job *job, const char *message) {
    snprintf(job->message, IMAGING_MESSAGE_SIZE, "%s", message);
    longjmp(job->escape, 1);
}

static void count_scans(j_common_ptr common) {
    struct jpeg_job *job = job_of(common);
    uint64_t scans = (uint64_t)job->decoder.input_scan_number;
    uint64_t pixels = (uint64_t)job->decoder.image_width * job->decoder.image_height;
    if (scans > scan_limit || scans * pixels > (uint64_t)job->options->max_pixels * scanned_images_limit) {
        fail(job, "too many scans");
    }
}

static void choose_colours(struct jpeg_job *job) {
    struct jpeg_decompress_struct *decoder = &job->decoder;
    int is_grey = job->options->channels == 1;
    switch (decoder->num_components) {
    case 1:
        decoder->out_color_space = JCS_GRAYSCALE;
        break;
    case 3:
        decoder->out_color_space = is_grey ? JCS_EXT_RGBX : JCS_RGB;
        if (is_grey && job->options->luminance && decoder->jpeg_color_space == JCS_YCbCr) {
            decoder->out_color_space = JCS_GRAYSCALE;
        }
        break;
    case 4:
        decoder->out_color_space = JCS_CMYK;
        break;
    default:
        fail(job, "an image of neither 1, 3 nor 4 components");
    }
}

// As Pillow: every image of four components is taken for Adobe's, which has its inks inverted.
static void convert_cmyk(uint8_t *pixels, size_t count) {
    for (size_t i = 0; i < count; i++) {
        uint8_t *pixel = pixels + i * 4;
        uint32_t white = pixel[3];
        for (int c = 0; c < 3; c++) {
            uint32_t product = (255u - pixel[c]) * white + 128;
            pixel[c] = (uint8_t)(white - (((product >> 8) + product) >> 8));
        }
    }
}

static void convert_rows(struct jpeg_job *job, uint8_t *from, uint8_t *to, size_t count) {
    if (job->decoder.output_components == 1) {
        imaging_convert_grey(from, to, count, 1, job->options->channels);
        return;
    }
    if (job->decoder.out_color_space == JCS_CMYK) convert_cmyk(from, count);
    imaging_convert_colour(from, to, count, (size_t)job->decoder.output_components, job->options->channels);
}

/// Reads rows of grey into the image, and others into a few rows that are converted while the cache has them.
static enum imaging_status read_rows(struct jpeg_job *job, struct imaging_image *image) {
    struct jpeg_decompress_struct *decoder = &job->decoder;
    size_t channels = (size_t)job->options->channels;
    int is_direct = decoder->output_components == 1 && channels == 1;
    size_t source_row = (size_t)image->width * (size_t)decoder->output_components;
    // The library writes colours past the cache when a row is aligned, so that reading them has to wait for memory.
    size_t misalignment = 1;
    if (!is_direct) {
        job->rows = malloc(source_row * rows_at_once + misalignment);
        if (job->rows == NULL) return IMAGING_OUT_OF_MEMORY;
    }
    while (decoder->output_scanline < decoder->output_height) {
        uint8_t *to = image->pixels + (size_t)decoder->output_scanline * image->width * channels;
        JDIMENSION wanted = decoder->output_height - decoder->output_scanline;
        if (wanted > rows_at_once) wanted = rows_at_once;
        JSAMPROW rows[rows_at_once];
        for (JDIMENSION i = 0; i < wanted; i++) {
            rows[i] = (is_direct ? to : job->rows + misalignment) + i * source_row;
        }
        JDIMENSION count = jpeg_read_scanlines(decoder, rows, wanted);
        if (count == 0) fail(job, "no more rows");
        if (!is_direct) convert_rows(job, job->rows + misalignment, to, (size_t)count * image->width);
    }
    return IMAGING_OK;
}

/// All that may jump; `job` and `image` are the caller's, so that they are whole afterwards.
static enum imaging_status decode(
    struct jpeg_job *job, const uint8_t *bytes, size_t count, struct imaging_image *image
) {
    struct jpeg_decompress_struct *decoder = &job->decoder;
    if (setjmp(job->escape)) {
        return job->errors.msg_code == JERR_OUT_OF_MEMORY ? IMAGING_OUT_OF_MEMORY : IMAGING_DAMAGED;
    }
    jpeg_create_decompress(decoder);
    jpeg_mem_src(decoder, bytes, count);
    jpeg_read_header(decoder, TRUE);
    enum imaging_status status = imaging_prepare(decoder->image_width, decoder->image_height, job->options, image);
    if (status != IMAGING_OK) return status;
    choose_colours(job);
    decoder->dct_method = JDCT_ISLOW;
    decoder->progress = &job->progress;
    jpeg_start_decompress(decoder);
    status = read_rows(job, image);
    if (status == IMAGING_OK) jpeg_finish_decompress(decoder);
    return status;
}

enum imaging_status imaging_decode_jpeg(
    const uint8_t *bytes, size_t count, const struct imaging_options *options, struct imaging_image *image,
    char *message
) {
    _Static_assert(IMAGING_MESSAGE_SIZE >= JMSG_LENGTH_MAX, "the library's messages have room");
    struct jpeg_job job = {.message = message, .options = options, .progress.progress_monitor = count_scans};
    job.decoder.err = jpeg_std_error(&job.errors);
    job.decoder.client_data = &job;
    job.errors.error_exit = give_up;
    job.errors.output_message = say_nothing;
    job.errors.emit_message = judge_warning;
    enum imaging_status status = decode(&job, bytes, count, image);
    free(job.rows);
    jpeg_destroy_decompress(&job.decoder);
    return status;
}
