#ifndef CDIGESTS_H
#define CDIGESTS_H

#include <stddef.h>
#include <stdint.h>

/// State of one MD5 computation. `buffered` bytes of an unfinished block wait in `block`.
typedef struct {
    uint32_t state[4];
    uint64_t length;
    uint32_t buffered;
    uint8_t block[64];
} apus_md5_context;

void apus_md5_init(apus_md5_context *context);
void apus_md5_update(apus_md5_context *context, const uint8_t *data, size_t length);
void apus_md5_final(apus_md5_context *context, uint8_t out[16]);

/// Hashes `count` independent buffers, many at a time where the processor can. `out` receives 16 bytes a buffer.
void apus_md5_batch(const uint8_t *const *data, const size_t *lengths, size_t count, uint8_t *out);

/// Appends one buffer to each of `count` independent computations, many at a time where the processor can.
void apus_md5_update_many(
    apus_md5_context *const *contexts, const uint8_t *const *data, const size_t *lengths, size_t count);

/// Chooses the kernel: 0 the best, 1 scalar, 2 vectors of four, 3 AVX2, 4 AVX-512VL. One the processor lacks is not chosen.
/// Returns the kernel now in use. For tests and measurements.
int apus_md5_select_kernel(int kernel);

typedef struct {
    uint32_t state[8];
    uint64_t length;
    uint32_t buffered;
    uint8_t block[64];
} apus_sha256_context;

/// Turns the processor's own instructions for SHA-256 on or off; returns whether they are used. For tests.
int apus_sha256_accelerate(int wanted);

void apus_sha256_init(apus_sha256_context *context);
void apus_sha256_update(apus_sha256_context *context, const uint8_t *data, size_t length);
void apus_sha256_final(apus_sha256_context *context, uint8_t out[32]);

/// Tells whether a chunk looks like text: no NUL and at most 30 % unusual bytes among the first 512.
int apus_is_text(const uint8_t *data, size_t length);

/// Copies `length` bytes with every CR LF made LF; returns the bytes written. `out` may equal `data`.
size_t apus_dos2unix(const uint8_t *data, size_t length, uint8_t *out);

/// Parses 32 lower-case hexadecimal digits into two numbers, the first digit most significant; 0 for any other bytes.
int apus_parse_hex(const uint8_t *digits, uint64_t words[2]);

/// Writes the 32 lower-case hexadecimal digits of two numbers.
void apus_write_hex(uint64_t high, uint64_t low, uint8_t *out);

/// The number of bytes at the start that stand for themselves in a JSON string: printable ASCII but quote and backslash.
size_t apus_plain_length(const uint8_t *text, size_t length);

/// The number of bytes, of `limit`, at the start that are alike.
size_t apus_shared_length(const uint8_t *first, const uint8_t *second, size_t limit);

/// A fast checksum against damage, not against malice.
uint64_t apus_checksum(const uint8_t *data, size_t length, uint64_t seed);

#endif
